"""The least-squares problems, the walks on them and the figures made of these, against linear algebra."""

import numpy as np
import pytest

from steepest.course.figures import minibatch_cost, minibatch_paths, schedules, standardised, zigzag
from steepest.course.walks import clipped, walk
from steepest.course.weather import UNITS, high_from_low, tomorrow
from steepest.engine.order import epoch_order


@pytest.mark.parametrize("problem", [tomorrow(), *map(high_from_low, UNITS)], ids=["tomorrow", *UNITS])
def test_cost_and_best_weights_are_those_of_least_squares(problem) -> None:
    best, residual, *_ = np.linalg.lstsq(problem.x, problem.y)
    assert problem.best == pytest.approx(best, rel=1e-6)
    assert problem.cost(problem.best) == pytest.approx(residual[0] / 2 / len(problem.y))
    w = np.array([0.3, -0.2])
    assert problem.cost(w) == pytest.approx(np.mean((problem.x @ w - problem.y) ** 2) / 2, rel=1e-6)


def test_each_mini_batch_has_its_own_cost_and_the_short_last_one_counts_what_it_has() -> None:
    problem = tomorrow()
    order = epoch_order(0, 0, 730, 64)
    moments = problem.batches(order)
    w = np.tile([0.3, -0.2], (len(order), 1))
    for cost, batch in zip(moments.cost(w), order, strict=True):
        mine = batch[batch >= 0]
        assert cost == pytest.approx(np.mean((problem.x[mine] @ w[0] - problem.y[mine]) ** 2) / 2)
    assert (order[-1] >= 0).sum() == 730 % 64


def test_plain_descent_shrinks_each_eigendirection_by_its_own_factor() -> None:
    problem = tomorrow()
    (_, _, _, path), *_ = minibatch_cost.descents(64, 0.3, 50, 0)
    lam, Q = np.linalg.eigh(problem.hessian)
    start = Q.T @ (np.array(minibatch_cost.START) - problem.best)
    expected = problem.best + (start * (1 - 0.3 * lam) ** np.arange(51)[:, None]) @ Q.T
    assert path == pytest.approx(expected)


def test_adam_walks_as_its_formula_says() -> None:
    H, c = np.array([[2.0, 0.5], [0.5, 1.0]]), np.array([1.0, -1.0])
    w, v, s = np.array([3.0, 2.0]), np.zeros(2), np.zeros(2)
    path = walk("adam", H, c, w, 0.1, 40, beta1=0.8)
    for t in range(1, 41):
        g = H @ w - c
        v, s = 0.8 * v + 0.2 * g, 0.999 * s + 0.001 * g**2
        w = w - 0.1 * (v / (1 - 0.8**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        assert path[t] == pytest.approx(w, rel=1e-9)


def test_a_clipped_path_ends_with_its_first_step_outside() -> None:
    path = np.array([[0.0, 0.0], [1.0, 1.0], [5.0, 1.0], [0.0, 0.0]])
    assert clipped(path, (-2, -2), (2, 2)).tolist() == [[0, 0], [1, 1], [2, 1]]
    assert clipped(path, (-9, -9), (9, 9)) is path
    assert len(clipped(np.array([[0.0, 0.0], [np.inf, 0.0]]), (-1, -1), (1, 1))) == 1


def test_the_three_kinds_read_what_they_say() -> None:
    chart = minibatch_paths.FIGURE.chart(batch_size="32", steps=20)
    facts = {fact["label"]["en"]: fact["value"] for fact in chart["facts"]}
    assert facts["whole batch: samples read"] == 20 * 730
    assert facts["mini-batch: samples read"] == 20 * 32
    assert facts["stochastic (1): samples read"] == 20
    assert facts["condition number"] == pytest.approx(tomorrow().condition, rel=1e-4)


def test_whole_batch_is_smooth_and_stochastic_is_not() -> None:
    marks = minibatch_cost.FIGURE.chart(rate=0.2, steps=200)["panels"][0]["marks"]
    rises = [np.mean(np.diff(mark["y"]) > 0) for mark in marks]
    assert rises[0] == 0
    assert 0 < rises[1] < 1
    assert rises[2] > 0.3


@pytest.mark.parametrize(("unit", "rate"), [("celsius", 0.4), ("celsius", 0.9), ("standardised", 0.1)])
def test_steps_needed_are_those_of_the_closed_form(unit: str, rate: float) -> None:
    problem = high_from_low(unit)
    lam, Q = np.linalg.eigh(problem.hessian)
    share = lam * (Q.T @ problem.best) ** 2
    t = np.arange(standardised.MOST + 1)[:, None]
    left = (share * (1 - 2 * rate / lam[-1] * lam) ** (2 * t)).sum(axis=1) / share.sum()
    _, needed = standardised.descent(problem, rate)
    assert needed == int((left <= standardised.SMALL).argmax())


def test_standardising_makes_a_circle_whatever_the_unit_was() -> None:
    assert high_from_low("standardised").hessian == pytest.approx(np.eye(2), abs=1e-12)
    for unit, more in (("celsius", 100), ("fahrenheit", 1e4), ("kelvin", 1e7)):
        facts = standardised.FIGURE.chart(unit=unit)["facts"]
        assert facts[0]["value"] > more
        assert facts[2]["value"] == pytest.approx(1)
        assert facts[3]["value"] <= 5
    assert facts[1]["value"]["en"] == f"more than {standardised.MOST}"


NUMBERS = {"rate": 0.2, "epochs": 40, "decay_rate": 1.0, "base": 0.95}


def test_the_schedules_are_the_formulas_of_the_chapter() -> None:
    plain, _, _ = schedules.descend("constant", 0, **NUMBERS)
    epoch = np.arange(40)
    rates = dict(zip(schedules.NAMES, plain[:, :40], strict=False))
    assert rates["inverse_time"] == pytest.approx(0.2 / (1 + epoch))
    assert rates["exponential"] == pytest.approx(0.95**epoch * 0.2)
    assert rates["cosine"] == pytest.approx(0.1 * (1 + np.cos(np.pi * epoch / 40)), abs=1e-7)
    assert rates["step"] == pytest.approx(0.2 * 0.1 ** (epoch // (40 / 3)))
    assert rates["warmup"].argmax() == 4
    assert rates["one_cycle"].argmax() == 12


def test_a_falling_rate_settles_where_a_constant_one_does_not() -> None:
    left = {name: schedules.descend(name, 0, **NUMBERS)[2][:40] for name in schedules.NAMES}
    noise = left["constant"][-8:].mean()
    assert all(left[name][-8:].mean() < noise / 5 for name in schedules.NAMES if name != "constant")


def test_reduce_on_plateau_falls_by_its_factor_when_the_cost_stands() -> None:
    _, used, _ = schedules.descend("reduce_on_plateau", 0, **NUMBERS)
    ratios = np.unique((used[1:].astype(float) / used[:-1]).round(4))
    assert ratios.tolist() == [0.3, 1.0]


@pytest.mark.parametrize(("condition", "tilt"), [(1, 0), (25, 0), (25, 45), (100, 10)])
def test_the_valley_has_the_curvatures_that_are_asked_for(condition: float, tilt: float) -> None:
    assert np.linalg.eigvalsh(zigzag.valley(condition, tilt)) == pytest.approx([1, condition])


def test_momentum_bears_a_rate_that_throws_plain_descent_out() -> None:
    facts = zigzag.FIGURE.chart(rate=0.2, beta=0.8, condition=25)["facts"]
    assert facts[0]["value"] > 1e6
    assert facts[1]["value"] < 1e-2
    assert facts[2]["value"] == pytest.approx(2 / 25)


def test_a_tilt_costs_rmsprop_its_advantage_and_plain_descent_nothing() -> None:
    def ends(tilt: float) -> list[float]:
        return [f["value"] for f in zigzag.FIGURE.chart(optimizer="rmsprop", rate=0.05, beta=0.9, tilt=tilt)["facts"]]

    assert zigzag.valley(25, 45)[0, 1] != 0
    straight, tilted = ends(0), ends(45)
    assert straight[1] < tilted[1]
