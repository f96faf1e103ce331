"""What chapter 2.2 says of its figures and recorded outputs, held against them.

Figures are held as the chapter ships them: their defaults and what it fixes.

Each comment quotes the sentence that is tested; a figure that is moved in the text is moved here.
"""

import re
from functools import cache
from typing import Any

import numpy as np
import pytest

from steepest.course.blocks import Code, FigureBlock
from steepest.course.chapter import chapter
from steepest.course.figures.registry import figure
from steepest.course.weather import high_from_low


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
    assert ends(between=0.49)[1] == pytest.approx(-1, abs=0.02)  # "At 0.49 B still ends in the left minimum"
    assert 0.9 < ends(between=0.51)[1] < 1  # "at 0.51 it is on its way into the right one"
    between = shipped("critical-points", between=0.5)["facts"][1]["value"]["en"]
    assert between.startswith("saddle at (0.25, 0.00), curvatures -0.94, 1.00")  # "exactly 0.50 … on the saddle point"
    plateau = shipped("critical-points", surface="plateau")["facts"]
    assert plateau[0]["value"]["en"].startswith("plateau at (-2.60, 2.00)")  # "has not moved after 120 steps"
    moved = shipped("critical-points", surface="plateau", optimizer="adam")["facts"]
    assert all(fact["value"]["en"].startswith("minimum at (0.00, 0.00)") for fact in moved)  # "all three starts arrive"


def test_initialisation_he_is_level_and_one_over_n_loses_a_root_of_two_a_layer() -> None:
    ratio = facts(shipped("initialisation", depth=50))
    assert 0.5 < ratio["He: variance 2/n: dZ of layer 1 / of layer 50"] < 2
    xavier = next(v for k, v in ratio.items() if k.startswith("Xavier"))
    assert 1e7 < 1 / xavier < 4e7  # "cost about twenty million together"


def test_minibatch_cost_smooth_jittering_never_settling_and_reversed_by_samples_read() -> None:
    seen, whole = shipped("minibatch-cost")["panels"]
    rises = {name: np.mean(np.diff(y) > 0) for name, y in lines(seen).items()}
    assert rises["whole batch"] == 0 < rises["mini-batch"]  # "falls smoothly", "falls and jitters"
    cost = lines(whole)
    assert cost["stochastic (1)"][199] < cost["whole batch"][0] / 5  # "before the whole batch has finished its first"
    last = cost["stochastic (1)"][-50:]
    assert (np.diff(last) > 0).mean() > 0.2  # "never settles"

    def wandering(rate: float) -> float:
        cost = lines(shipped("minibatch-cost", steps=730, rate=rate)["panels"][1])["stochastic (1)"]
        return float(np.std(cost[-300:]))

    assert wandering(0.05) < wandering(0.2)  # "the more widely, the larger α is"


def test_minibatch_paths_long_tilted_ellipses() -> None:
    told = facts(shipped("minibatch-paths"))
    assert told["condition number"] > 20
    kinds = ("whole batch", "mini-batch", "stochastic (1)")
    assert [told[f"{kind}: samples read"] for kind in kinds] == [87600, 1920, 120]
    assert all(0.265 < told[f"{kind}: distance from the minimum"] < 0.305 for kind in kinds)  # "between 0.27 and 0.30"


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
    day_30 = [lines(shipped("ewma", start="zero", correction=on)["panels"][0])["β = 0.98"][29] for on in (False, True)]
    assert day_30 == pytest.approx([-2.5, -5.5], abs=0.05)  # "has only come down to −2.5 °C on day 30"
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


def test_the_range_of_complex_roots_and_the_best_of_momentum() -> None:
    def sizes(curvature: float, rate: float, beta: float) -> np.ndarray:
        return np.abs(np.roots([1, (1 - beta) * rate * curvature - 1 - beta, beta]))

    def complex_in_both(rate: float) -> bool:
        return all(sizes(k, rate, 0.8) == pytest.approx(0.8**0.5) for k in (1, 25))

    assert all(map(complex_in_both, (0.056, 0.717)))  # "from α = 0.056 to 0.718"
    assert not any(map(complex_in_both, (0.055, 0.7185)))
    for k in (1, 25):  # a double root is found to the square root of float64's precision
        assert sizes(k, 0.2, 4 / 9) == pytest.approx(4 / 6, abs=1e-6)  # "a step leaves 4/6", at α = 1/√(λ₁λ₂)


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
    assert tilted[100] == pytest.approx(1.0, abs=0.05)  # "At this rate RMSProp ends at 1.0, behind it"
    faster = facts(shipped("zigzag", 1, tilt=45, rate=0.2))["RMSProp: distance after 100 steps"]
    assert faster == pytest.approx(0.25, abs=0.005)  # "Raise its rate to 0.2, and it ends at 0.25, ahead …"
    untilted = facts(shipped("zigzag", 1, tilt=0, rate=0.2))["RMSProp: distance after 100 steps"]
    assert untilted == pytest.approx(0.12, abs=0.005)  # "still behind its own untilted run (0.12 at the same rate)"
    assert (distances(10)[1] > 0.01).all()  # "Even at 10° it does not come within 0.01"
    assert rms[85] < 1e-4  # "by step 85 the weights are within 0.0001 of the minimum"
    assert rms[90] == pytest.approx(0.079, abs=0.001)  # "one α"


def test_a_tilted_valley_slows_adam_too() -> None:
    def ends(**moved: Any) -> float:
        return float(facts(shipped("zigzag", 2, **moved))["Adam: distance after 100 steps"])

    assert ends() == pytest.approx(0.028, abs=0.0005)
    assert ends(tilt=45) == pytest.approx(1.9, abs=0.05)  # "even behind RMSProp"
    assert ends(tilt=45, rate=1) == pytest.approx(0.36, abs=0.005)  # "ahead of plain descent", which ends at 0.57
    assert ends(rate=1) == pytest.approx(0.013, abs=0.0005)  # "untilted 0.013"


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
    assert 17 < floor[0] / floor[1] < 19  # "about eighteenfold from 0.2 to 0.02"


def test_standardised_circles_and_a_step_count_that_kelvins_ruin() -> None:
    told = facts(shipped("standardised"))
    assert told["standardised: condition number"] == pytest.approx(1)
    assert told["as measured: steps needed"] > 100 * told["standardised: steps needed"]
    assert told["standardised: steps needed"] == 3  # "the figure has 0.4 of the largest stable rate and needs three"
    assert facts(shipped("standardised", rate=0.5))["standardised: steps needed"] == 1  # "at the best rate, … one step"
    fahrenheit = facts(shipped("standardised", unit="fahrenheit"))
    for name in ("as measured: condition number", "steps that shrink the slow direction tenfold"):
        assert fahrenheit[name] / told[name] == pytest.approx(55, abs=0.5)  # "κ becomes 55 times as large"
    for unit, share in (("celsius", 0.25), ("fahrenheit", 0.005)):  # "0.5 % in °F, 25 % in °C"
        problem = high_from_low(unit)
        curvatures, directions = np.linalg.eigh(problem.hessian)
        cost = curvatures * (directions.T @ problem.best) ** 2
        assert cost[0] / cost.sum() == pytest.approx(share, rel=0.1)
    needed = dict(re.findall(r"(\S+) +condition number.*steps (\d+)", recorded("standardise")))
    assert int(needed["°F"]) / int(needed["°C"]) == pytest.approx(27, abs=0.5)
    assert needed["standardised"] == "1"
    assert facts(shipped("standardised", unit="kelvin"))["steps that shrink the slow direction tenfold"] > 1e8


def test_the_race_at_one_rate() -> None:
    heights = lines(shipped("descent")["panels"][1])
    assert heights["RMSProp"][110] < 1e-3 < heights["RMSProp"][90]  # "at the minimum after some 110 steps"
    assert heights["Adam"][110] < 0.1  # "Adam follows"
    for stuck, height in (("plain descent", 0.4), ("momentum", 0.5), ("Adagrad", 1.9)):
        assert heights[stuck][150] == pytest.approx(height, abs=0.02)  # "still 0.4 and 0.5 above the minimum"


def test_the_race_at_the_best_rates() -> None:
    def winner(surface: str) -> str:
        return min((value, label) for label, value in facts(shipped("descent", 1, surface=surface)).items())[1]

    assert winner("rosenbrock").startswith("momentum")
    assert winner("beale").startswith("Adam")
    assert max(facts(shipped("descent", 1, surface="saddle")).values()) < 1e-5  # "all of them arrive"
    for surface, rate in (("rosenbrock", "1"), ("beale", "0.464"), ("saddle", "4.64")):
        assert f"Adam, α = {rate}" in facts(shipped("descent", 1, surface=surface))  # "were 1, 0.46 and 4.6"
    ends = facts(shipped("descent", 1, adadelta=True))
    assert max((value, label) for label, value in ends.items())[1] == "Adadelta, α = 10"  # "it comes in last"


def recorded(cell: str) -> str:
    """What the chapter shows under a cell."""
    return next(b.output for b in chapter("2.2").blocks if isinstance(b, Code) and b.name == cell)


def intervals(cell: str) -> dict[str, tuple[float, float]]:
    found = re.findall(r"^(\w+) .*interval ([\d.]+) … ([\d.]+)", recorded(cell), re.MULTILINE)
    return {name: (float(low), float(high)) for name, low, high in found}


def test_the_intervals_of_the_newer_optimisers_overlap_and_are_wide() -> None:
    found = intervals("newer")
    assert len(found) == 7
    assert max(low for low, _ in found.values()) < min(high for _, high in found.values())  # "the intervals overlap"
    widths = [100 * (high - low) for low, high in found.values()]
    assert (min(widths), max(widths)) == pytest.approx((1.8, 8.3), abs=0.05)  # "from 1.8 to 8.3 points"


def test_adam_is_ahead_at_the_common_rate_and_level_at_the_best() -> None:
    found = intervals("moons")
    adam, others = found.pop("adam"), found.values()
    assert adam[0] > max(high for _, high in others)  # "its interval does not overlap the other two"
    told = recorded("moons-tuned")
    assert {round(float(mean), 2) for mean in re.findall(r"accuracy ([\d.]+)", told)} == {0.97}  # "level at 97 %"
    rates = np.geomspace(1e-3, 10, 9)
    reach = {}
    for name, row in re.findall(r"^(\w+) +((?:\d\.\d\d ?){9})$", told, re.MULTILINE):
        good = rates[np.array(row.split(), float) >= 0.93]
        reach[name] = (good.min(), good.max())
    assert reach["adam"] == pytest.approx((10**-2.5, 10**-0.5))  # "from 0.003 to 0.3, two decades"
    assert reach["sgd"] == pytest.approx((0.1, 1))  # "one decade, from 0.1 to 1"
    assert re.search(r"rosenbrock\n +sgd +best rate +0.00215", recorded("closing"))  # "the best rate was 0.002"
