"""What chapter 2.2 says of its figures, held against the figures as it ships them: their defaults and what it fixes.

Each comment quotes the sentence that is tested; a figure that is moved in the text is moved here.
"""

from functools import cache
from typing import Any

import numpy as np
import pytest

from steepest.course.blocks import FigureBlock
from steepest.course.chapter import chapter
from steepest.course.figures.registry import figure


@cache
def fixed(name: str, number: int = 0) -> dict[str, Any]:
    """What the chapter fixes of the `number`-th figure called `name`."""
    blocks = [b for b in chapter("2.2").blocks if isinstance(b, FigureBlock) and b.name == name]
    return dict(blocks[number].fixed)


def shipped(name: str, number: int = 0, **moved: Any) -> dict[str, Any]:
    """The chart that a reader sees, after moving some of its controls."""
    assert not set(moved) & set(fixed(name, number)), "the reader has no such control"
    return figure(name).chart(**fixed(name, number), **moved)


def facts(chart: dict[str, Any]) -> dict[str, Any]:
    return {fact["label"]["en"]: fact["value"] for fact in chart["facts"]}


def lines(panel: dict[str, Any]) -> dict[str, np.ndarray]:
    """name -> y of every mark that has a name."""
    named = [mark for mark in panel["marks"] if mark.get("name") and "y" in mark and mark["kind"] != "rule"]
    return {mark["name"]["en"]: np.array(mark["y"], float) for mark in named}


def test_vanishing_two_curves() -> None:
    layers = lines(shipped("vanishing")["panels"][0])
    da, dW = layers["∂J/∂a[l], measured"], layers["∂J/∂W[l], measured"]
    assert (np.diff(da) > 0).all()  # "shrinks from the last layer towards the first"
    assert dW == pytest.approx(dW[0], rel=1e-4)  # "the same in every layer"
    level = lines(shipped("vanishing", w=1.0)["panels"][0])  # "at w = 1 everything is level"
    assert level["∂J/∂a[l], measured"] == pytest.approx(level["∂J/∂a[l], measured"][0])
    kept = lines(shipped("vanishing", w=1.0, activation="sigmoid")["panels"][0])["∂J/∂a[l], measured"]
    assert (kept[:-1] / kept[1:] < 0.25).all()  # "each layer keeps less than a quarter"


def test_critical_points_the_jump_and_the_plateau() -> None:
    def ends(**moved: Any) -> list[float]:
        marks = shipped("critical-points", **moved)["panels"][0]["marks"]
        return [mark["x"][-1] for mark in marks if mark["kind"] == "path"]

    a, _, c = ends()
    assert (a, c) == (pytest.approx(-1, abs=0.01), pytest.approx(1, abs=0.01))
    assert ends(between=0.49)[1] < 0 < ends(between=0.51)[1]  # "At 0.5 its end jumps from one minimum to the other"
    plateau = shipped("critical-points", surface="plateau")["facts"]
    assert plateau[0]["value"]["en"].startswith("plateau at (-2.60, 2.00)")  # "has not moved after 120 steps"
    moved = shipped("critical-points", surface="plateau", optimizer="adam")["facts"]
    assert all(fact["value"]["en"].startswith("minimum at (0.00, 0.00)") for fact in moved)  # "all three starts arrive"


def test_initialisation_he_is_level_and_one_over_n_loses_a_root_of_two_a_layer() -> None:
    ratio = facts(shipped("initialisation", depth=50))
    assert 0.5 < ratio["He: variance 2/n: dZ of layer 1 / of layer 50"] < 2
    xavier = next(v for k, v in ratio.items() if k.startswith("Xavier"))
    assert 1e7 < 1 / xavier < 4e7  # "over 50 layers makes some twenty million"


def test_minibatch_cost_smooth_jittering_never_settling_and_reversed_by_samples_read() -> None:
    seen, whole = shipped("minibatch-cost")["panels"]
    rises = {name: np.mean(np.diff(y) > 0) for name, y in lines(seen).items()}
    assert rises["whole batch"] == 0 < rises["mini-batch"]  # "falls smoothly", "falls and jitters"
    cost = lines(whole)
    assert cost["stochastic (1)"][199] < cost["whole batch"][0] / 5  # 200 samples read, and 730
    last = cost["stochastic (1)"][-50:]
    assert (np.diff(last) > 0).mean() > 0.2  # "never settles"

    def wandering(rate: float) -> float:
        cost = lines(shipped("minibatch-cost", steps=730, rate=rate)["panels"][1])["stochastic (1)"]
        return float(np.std(cost[-300:]))

    assert wandering(0.05) < wandering(0.2)  # "the more widely, the larger α is"


def test_minibatch_paths_long_tilted_ellipses() -> None:
    told = facts(shipped("minibatch-paths"))
    assert told["condition number"] > 20
    assert told["stochastic (1): samples read"] < told["mini-batch: samples read"] < told["whole batch: samples read"]


def test_batch_time_steps_fall_and_epochs_rise() -> None:
    steps_and_epochs = lines(shipped("batch-time")["panels"][1])
    steps, epochs = steps_and_epochs["steps"], steps_and_epochs["epochs"]  # of 1, 8, 64, 512, 1078 samples
    assert len(steps) == 5
    assert steps[0] > 3 * steps[1] > 6 * steps[2]  # "8 against 1: many more steps", "64 against 8: several times"
    assert steps[4] > steps[2] / 3  # "1078 against 64: hardly fewer"
    assert epochs[0] > epochs[1] / 2  # "no fewer passes over the data"
    assert epochs[4] > 5 * epochs[2]


def test_ewma_smoother_and_later() -> None:
    curves = lines(shipped("ewma")["panels"][0])
    jumps = [np.abs(np.diff(curves[f"β = {beta}"])).mean() for beta in (0.5, 0.9, 0.98)]
    assert jumps[0] > jumps[1] > jumps[2]
    measured = curves["measured"]

    def lag(curve: np.ndarray) -> int:  # by which the measured year fits the curve best
        return max(range(80), key=lambda k: np.corrcoef(measured[: 600 - k], curve[k:600])[0, 1])

    lags = [lag(curves[f"β = {beta}"]) for beta in (0.5, 0.9, 0.98)]
    assert lags[0] < lags[1] < lags[2]
    assert 30 <= lags[2] <= 55  # "a month and a half"
    zero = facts(shipped("ewma", start="zero"))
    assert abs(zero["first day: averaged, °C"]) < 0.1  # "starts near 0 °C whatever the weather is"
    right = facts(shipped("ewma", start="zero", correction=True))
    assert right["first day: averaged, °C"] == right["first day: measured, °C"]


def test_ewma_weights_about_the_window() -> None:
    told = facts(shipped("ewma-weights"))
    assert told["of which within 1/(1−β) days"] == pytest.approx(2 / 3, abs=0.03)  # "a third lies outside the window"
    assert told["mean age of the values, days"] == pytest.approx(9, abs=0.2)  # β/(1 − β)


def test_momentum_damps_the_zigzag_and_bears_a_rate_beyond_the_limit() -> None:
    chart = shipped("zigzag")
    paths = {mark["name"]["en"]: np.array(mark["y"]) for mark in chart["panels"][0]["marks"] if mark["kind"] == "path"}
    plain, heavy = (np.mean(y[1:] * y[:-1] < 0) for y in paths.values())
    assert plain == 1  # "zigzags": every step crosses the floor
    assert heavy < 0.5
    assert np.abs(paths["momentum"][30:]).max() < np.abs(paths["plain descent"][30:]).min()  # "damps"
    told = facts(chart)
    assert told["largest stable rate of plain descent, 2/λ"] == 0.08
    assert told["that of momentum, 2(1+β)/((1−β)λ)"] == pytest.approx(0.72)
    assert facts(shipped("zigzag", beta=0.9))["that of momentum, 2(1+β)/((1−β)λ)"] == pytest.approx(1.52)
    beyond = facts(shipped("zigzag", rate=0.1))
    assert beyond["plain descent: distance after 100 steps"] > 1e3  # "leaves the picture"
    assert beyond["momentum: distance after 100 steps"] < 0.01

    def turns(beta: float) -> int:
        path = next(mark for mark in shipped("zigzag", beta=beta)["panels"][0]["marks"] if mark["kind"] == "path"
                    and mark["name"]["en"] == "momentum")  # fmt: skip
        return int((np.array(path["x"]) > 0.5).sum())

    assert turns(0.97) > 0 == turns(0.8)  # "overshoots", from −4 to beyond 0.5


def test_momentum_replaces_the_condition_number_by_its_root() -> None:
    told = lines(shipped("zigzag", rate=0.2, beta=0.45, plain="best")["panels"][1])  # 0.45: nearest to 4/9

    def steps_a_digit(distance: np.ndarray) -> float:
        steps = np.arange(10, 80)
        return -1 / np.polyfit(steps, np.log10(distance[steps]), 1)[0]

    assert steps_a_digit(told["plain descent"]) == pytest.approx(29, abs=1)
    assert steps_a_digit(told["momentum"]) == pytest.approx(6, abs=0.5)


def test_rmsprop_is_ahead_until_the_valley_is_tilted() -> None:
    def distances(tilt: float) -> tuple[np.ndarray, np.ndarray]:
        told = lines(shipped("zigzag", 1, tilt=tilt)["panels"][1])
        return told["plain descent"], told["RMSProp"]

    plain, rms = distances(0)
    assert int(np.argmax(rms < 0.01)) == 73  # "within 0.01 of the minimum in 73 steps"
    assert plain[73] == pytest.approx(1, abs=0.05)  # "still a whole unit away"
    tilted_plain, tilted = distances(45)
    assert plain[100] == pytest.approx(0.57, abs=0.005)
    assert tilted_plain == pytest.approx(plain, rel=0.05)  # "ends where it did"
    assert tilted[100] == pytest.approx(1.0, abs=0.05)  # "RMSProp ends at 1.0"
    assert (distances(10)[1] > 0.01).all()  # "Even at 10° it does not come within 0.01"
    assert rms[85] < 1e-4  # "by step 85 the weights are within 0.0001 of the minimum"
    assert rms[90] == pytest.approx(0.079, abs=0.001)  # "one α"


def test_schedules_cross_at_epoch_88_and_go_below_the_floor() -> None:
    chart = shipped("schedules")
    rates = lines(chart["panels"][0])
    inverse, exponential = rates["α₀/(1 + decay_rate·epoch)"], rates["base^epoch·α₀"]
    assert int(np.argmax(exponential[1:] < inverse[1:])) + 1 == 88
    assert exponential[40] == pytest.approx(5 * inverse[40], rel=0.1)  # "still five times as high"
    assert np.diff(np.log(exponential), 2) == pytest.approx(0, abs=1e-3)  # "a straight line"
    names = dict(figure("schedules").controls[0].choices)
    gains = {}
    for name in names:
        told = facts(shipped("schedules", schedule=name))
        gains[name] = told["the same at a constant rate"] / told["mean excess over the last fifth"]
    assert gains.pop("constant") == 1
    assert 20 < min(gains.values()) < 50  # "by a factor of thirty to several thousand"
    assert 2000 < max(gains.values()) < 9000


def test_schedules_a_decay_too_early_and_the_floor_that_falls_with_the_rate() -> None:
    early = facts(shipped("schedules", schedule="exponential", base=0.7, rate=0.02))
    gain = early["mean excess over the last fifth"] / early["the same at a constant rate"]
    assert 500 < gain < 2000  # "comes to rest a thousand times as high"
    floor = [facts(shipped("schedules", rate=rate))["the same at a constant rate"] for rate in (0.2, 0.02)]
    assert 10 < floor[0] / floor[1] < 30  # "about twentyfold from 0.2 to 0.02"


def test_standardised_circles_and_a_step_count_that_kelvins_ruin() -> None:
    told = facts(shipped("standardised"))
    assert told["standardised: condition number"] == pytest.approx(1)
    assert told["as measured: steps needed"] > 100 * told["standardised: steps needed"]
    assert facts(shipped("standardised", unit="kelvin"))["steps that shrink the slow direction tenfold"] > 1e8


def test_the_race_at_one_rate() -> None:
    heights = lines(shipped("descent")["panels"][1])
    assert heights["RMSProp"][110] < 1e-3 < heights["RMSProp"][90]  # "at the minimum after some 110 steps"
    assert heights["Adam"][110] < 0.1  # "Adam follows"
    for stuck in ("plain descent", "momentum"):
        assert 0.35 < heights[stuck][150] < heights[stuck][60] < 0.53  # "half a unit above the minimum"


def test_the_race_at_the_best_rates() -> None:
    def winner(surface: str) -> str:
        return min((value, label) for label, value in facts(shipped("descent", 1, surface=surface)).items())[1]

    assert winner("rosenbrock").startswith("momentum")
    assert winner("beale").startswith("Adam")
    assert max(facts(shipped("descent", 1, surface="saddle")).values()) < 1e-5  # "all of them arrive"
    ends = facts(shipped("descent", 1, adadelta=True))
    assert max((value, label) for label, value in ends.items())[1] == "Adadelta, α = 10"  # "it comes in last"
