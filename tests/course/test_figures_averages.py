"""The figures of the exponentially weighted average, against its closed form."""

import numpy as np
import pytest

from steepest.course.figures import ewma, ewma_weights
from steepest.data.temperatures import temperatures


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9, 0.98])
@pytest.mark.parametrize("day", [1, 2, 60])
def test_weights_from_zero_are_geometric_and_sum_to_one_less_a_power(beta: float, day: int) -> None:
    w = ewma_weights.weights(beta, day, "zero", False)
    assert w == pytest.approx((1 - beta) * beta ** np.arange(day), abs=1e-15)
    assert w.sum() == pytest.approx(1 - beta**day)
    assert ewma_weights.weights(beta, day, "zero", True).sum() == pytest.approx(1)


@pytest.mark.parametrize("day", [1, 2, 60])
def test_weights_from_the_first_value_sum_to_one(day: int) -> None:
    w = ewma_weights.weights(0.9, day, "first", False)
    assert w.sum() == pytest.approx(1)
    assert w[-1] == pytest.approx(0.9 ** (day - 1))


@pytest.mark.parametrize(("start", "correction"), [("first", False), ("zero", False), ("zero", True)])
def test_the_weights_make_the_average_of_the_other_figure(start: str, correction: bool) -> None:
    chart = ewma.FIGURE.chart(beta=0.9, start=start, correction=correction, compare=False)
    drawn = chart["panels"][0]["marks"][-1]["y"]
    w = ewma_weights.weights(0.9, 100, start, correction)
    assert drawn[99] == pytest.approx(w @ temperatures().average[99::-1], rel=1e-4)  # charts keep five digits


def test_the_data_come_first_and_the_three_betas_are_beside_it() -> None:
    marks = ewma.FIGURE.chart()["panels"][0]["marks"]
    assert [mark["kind"] for mark in marks] == ["dots", "line", "line", "line", "line"]
    assert len(marks[0]["x"]) == 731
    assert marks[0]["x"][0] == "2016-01-01"
    assert len(ewma.FIGURE.chart(compare=False)["panels"][0]["marks"]) == 2


def test_a_larger_beta_jumps_less_and_lags_more() -> None:
    jumps = [ewma.FIGURE.chart(beta=beta)["facts"][2]["value"] for beta in (0.0, 0.5, 0.9, 0.98)]
    assert jumps[0] == 1
    assert jumps == sorted(jumps, reverse=True)
