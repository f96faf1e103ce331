"""Verdicts on places that are known: by hand, and where a descent would have stopped short of them."""

import numpy as np
import pytest

from steepest.core.errors import BadValue
from steepest.surfaces.loading import surface
from steepest.surfaces.verdict import judge


@pytest.mark.parametrize(
    ("text", "x", "y", "kind"),
    [
        ("saddle", 0, 0, "saddle"),
        ("saddle", 0.001, -0.002, "saddle"),
        ("saddle", 0, 1.001, "minimum"),
        ("saddle", 0, 0.5, "slope"),
        ("two-minima", 0.25, 0, "saddle"),
        ("himmelblau", -0.270845, -0.923039, "maximum"),
        ("himmelblau", 0.086678, 2.884255, "saddle"),
        ("plateau", -2.3, 1.9, "plateau"),
        ("plateau", 2.9, -2.9, "plateau"),
        ("plateau", 0.5, 0.5, "slope"),
        ("plateau", 30, 30, "plateau"),  # exp underflows: no slope and no curvature at all
        ("rosenbrock", 0.5, 0.25, "slope"),  # in the flat valley, but far from its end
        ("rosenbrock", 0.999, 0.998, "minimum"),
        ("beale", 0, 0, "slope"),
        ("tilted-bowl:condition=1e6", 0.001, 0.001, "minimum"),
        ("tilted-bowl:condition=1e6", 0.5, 0.2887, "slope"),
        ("x^4 + y^4", 0, 0, "minimum"),  # the Hessian is silent, the values beside it are not
        ("x^2 + y^3", 0, 0, "saddle"),
        ("x^2 - y^4", 0, 0, "saddle"),
        ("-x^4-y^2", 0, 0, "maximum"),
        ("x^2", 0, 1, "minimum"),  # a trough
        ("3", 1, 1, "plateau"),
        ("x", 0, 0, "slope"),
    ],
)
def test_known_places(text: str, x: float, y: float, kind: str) -> None:
    assert judge(surface(text), x, y).kind == kind


def test_the_evidence() -> None:
    verdict = judge(surface("x^2 - 3*y^2"), 0.1, 0.0)
    assert verdict.kind == "slope"
    assert np.allclose(verdict.eigenvalues, (-6, 2))
    assert verdict.gradient_norm == pytest.approx(0.2)
    assert verdict.distance == pytest.approx(0.1)
    assert judge(surface("x^2 - 3*y^2"), 0.1, 0.0, tolerance=0.1).kind == "saddle"


def test_a_point_without_derivatives_is_refused() -> None:
    with pytest.raises(BadValue, match="no finite value or"):
        judge(surface("log(x)"), -1, 0)
