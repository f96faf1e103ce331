"""A surface as a workload: its start, its loss, and what it refuses."""

import jax
import numpy as np
import pytest

from steepest.core.errors import UserError
from steepest.surfaces.registry import SURFACES
from steepest.workloads.loading import workload


def starts(race, n=200):
    return np.array([race.network(jax.random.key(i)).point for i in range(n)])


@pytest.mark.parametrize("name", SURFACES)
def test_the_loss_is_the_height_of_the_point(name: str) -> None:
    race = workload(f"surface:{name}")
    model = race.network(jax.random.key(0))
    x, y = (float(v) for v in model.point)
    expected = SURFACES.load(name)().value(x, y)
    outputs = model(race.data().train.x)
    assert race.loss(outputs, None) == pytest.approx(expected, rel=1e-4, abs=1e-5)
    assert race.metrics["height"](outputs, None) == pytest.approx(expected, rel=1e-4, abs=1e-5)


def test_starts_are_spread_over_the_domain() -> None:
    drawn = starts(workload("surface:ravine"))
    assert np.allclose(drawn.min(0), (-5, -2.5), atol=0.2)
    assert np.allclose(drawn.max(0), (5, 2.5), atol=0.2)
    assert np.array_equal(drawn, starts(workload("surface:ravine")))


def test_a_start_that_is_given_is_every_runs() -> None:
    race = workload("surface:x^2+3*y^2", start="1,-0.5")
    assert np.array_equal(starts(race, 3), [[1, -0.5]] * 3)
    assert race.id == "surface:x^2+3*y^2"


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("surface:sadle", {}, "did you mean 'saddle'"),
        ("surface:", {}, "unexpected end"),
        ("surface:x^", {}, "unexpected end"),
        ("saddle", {}, "the surface is surface:saddle"),
        ("surface:saddle", {"start": "1"}, "start needs two numbers"),
        ("surface:log(x)", {"start": (-1, 0)}, "start where it has a value"),
        ("surface:x^2", {"start": (1e30, 0)}, "start where it has a value"),
        ("digits-mlp", {"start": (1, 0)}, "no surface"),
    ],
)
def test_what_is_refused(name: str, options: dict, said: str) -> None:
    with pytest.raises(UserError, match=said):
        workload(name, **options)
