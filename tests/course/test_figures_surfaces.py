"""The figures of descents on surfaces, against what is known of the surfaces."""

import numpy as np
import pytest

from steepest.course.figures import critical_points, descent


def ends(**values: object) -> list[str]:
    return [fact["value"]["en"] for fact in critical_points.FIGURE.chart(**values)["facts"]]


@pytest.mark.parametrize(("between", "x"), [(0.0, -1), (0.49, -1), (0.51, 1), (1.0, 1)])
def test_the_saddle_at_a_quarter_parts_the_two_minima(between: float, x: int) -> None:
    a, b = critical_points.STARTS["two-minima"]
    assert (a[0] + b[0]) / 2 == pytest.approx(
        0.25
    )  # the slope along x is (x + 1)(x − 1/4)(x − 1), and x and y do not mix
    first, middle, last = ends(surface="two-minima", between=between, steps=400)
    curvatures = {-1: "1.00, 2.50", 1: "1.00, 1.50"}[x]  # 3x² − x/2 − 1 along x, 1 along y
    assert middle == f"minimum at ({x}.00, 0.00), curvatures {curvatures}"
    assert first.startswith("minimum at (-1.00")
    assert last.startswith("minimum at (1.00")


def test_a_start_on_the_ridge_stays_in_the_saddle() -> None:
    low, on, high = ends(surface="saddle", between=0.5, steps=400)
    assert on == "saddle at (0.00, 0.00), curvatures -2.00, 2.00"
    assert low == "minimum at (0.00, -1.00), curvatures 2.00, 4.00"
    assert high == "minimum at (0.00, 1.00), curvatures 2.00, 4.00"


def test_plain_descent_stands_on_the_plateau_and_adam_does_not() -> None:
    assert ends(surface="plateau", optimizer="sgd")[0].startswith("plateau at (-2.60, 2.00)")
    assert ends(surface="plateau", optimizer="adam")[0].startswith("minimum at (0.00, 0.00)")


@pytest.mark.parametrize("surface", descent.SURFACES)
def test_the_best_of_many_rates_ends_no_higher_than_one_of_them(surface: str) -> None:
    only = dict.fromkeys(descent.OPTIMIZERS, False) | {"sgd": True, "adam": True}
    same = descent.FIGURE.chart(surface=surface, rates="same", rate=0.01, **only)["facts"]  # 0.01 is among the sixteen
    best = descent.FIGURE.chart(surface=surface, rates="best", **only)["facts"]
    assert len(same) == len(best) == 2
    for one, other in zip(same, best, strict=True):
        at_most = one["value"] if isinstance(one["value"], float | int) else np.inf
        assert other["value"] <= at_most * 1.0001 + 1e-12


def test_paths_start_together_and_their_last_height_is_the_fact() -> None:
    chart = descent.FIGURE.chart(surface="beale")
    plane, heights = chart["panels"]
    paths = [mark for mark in plane["marks"] if mark["kind"] == "path"]
    assert len({(mark["x"][0], mark["y"][0]) for mark in paths}) == 1
    for mark, fact in zip(heights["marks"], chart["facts"], strict=True):
        assert mark["y"][-1] == pytest.approx(fact["value"])
    x, y = paths[0]["x"][-1], paths[0]["y"][-1]
    beale = (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2
    assert beale == pytest.approx(chart["facts"][0]["value"], rel=1e-2)  # five digits of x and y


def test_with_no_optimizer_chosen_plain_descent_is_shown() -> None:
    chart = descent.FIGURE.chart(**dict.fromkeys(descent.OPTIMIZERS, False))
    assert len(chart["facts"]) == 1
