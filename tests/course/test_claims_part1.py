"""What chapters 1.1 to 1.4 say of their figures holds at the settings that they ship with.

Numbers are those of the text; a margin is left where another processor may add in another order.
"""

from functools import cache
from typing import Any

import numpy as np
import pytest

from steepest.course.blocks import LANGUAGES, FigureBlock
from steepest.course.chapter import chapter
from steepest.course.figures.registry import figure
from steepest.course.histories import history
from steepest.course.samples import samples

from .shipped import shipped


@cache
def shown(name: str, **moved: Any) -> dict[str, Any]:
    """The chart as its chapter ships it, the last time it does, but for the controls that a reader has moved."""
    fixed = [
        block.fixed
        for id in ("1.1", "1.2", "1.3", "1.4")
        for block in chapter(id).blocks
        if isinstance(block, FigureBlock) and block.name == name
    ][-1]
    return figure(name).chart(**{**fixed, **moved}) if fixed or moved else shipped(name)


def facts(name: str, **moved: Any) -> dict[str, Any]:
    return {f["label"]["en"]: f["value"] for f in shown(name, **moved)["facts"]}


def lines(name: str, panel: int, **moved: Any) -> dict[str, Any]:
    return {
        m["name"]["en"].split(":")[0]: m["y"] for m in shown(name, **moved)["panels"][panel]["marks"] if m.get("name")
    }


# 1.1 --------------------------------------------------------------------------------------------------------------


def test_four_networks_on_all_digits() -> None:
    chart = shown("digits-compare")
    dots = [m for m in chart["panels"][0]["marks"] if m["kind"] == "dots"]
    logistic, shallow, deep, cnn = ((m["x"][0], float(np.mean(m["y"]))) for m in dots)
    assert deep[0] == pytest.approx(20 * logistic[0], rel=0.02)  # "twenty times as many"
    assert 0.35 < (1 - deep[1]) / (1 - logistic[1]) < 0.65  # "about half as many mistakes"
    assert cnn[0] < shallow[0]
    assert abs(cnn[1] - shallow[1]) < 0.01  # "does about as well"
    assert deep[1] == max(logistic[1], shallow[1], deep[1], cnn[1])
    assert all(len(set(m["y"])) > 1 for m in dots)  # "dots of one colour differ"


def test_four_networks_on_a_hundred_digits_change_their_order() -> None:
    all_digits, few = facts("digits-compare"), facts("digits-compare", samples="100")
    assert all(few[name] < all_digits[name] for name in few)
    order = sorted(few, key=lambda name: few[name])
    assert order[0].startswith("three hidden")
    assert order[-1].startswith("CNN")


def test_weights_that_learn_nothing_are_drawn_to_zero_and_without_a_decay_stay_as_they_started() -> None:
    edges, right = {}, {}
    for decay in ("0.003", "0"):
        chart = shown("digit-features", decay=decay)
        pictures = np.array([panel["marks"][0]["pixels"] for panel in chart["panels"]])
        assert len(pictures) == 10  # "the ten neurons"
        edges[decay] = np.abs(pictures[:, :, [0, 7]] - 0.5).mean() / np.abs(pictures[:, :, 2:6] - 0.5).mean()
        right[decay] = chart["facts"][0]["value"]
    assert figure("digit-features").values()["decay"] == "0.003"
    assert edges["0.003"] < 0.25  # "they are grey"
    assert edges["0"] > 0.6  # "look like noise"
    assert right["0"] > right["0.003"] - 0.005  # "the accuracy does not suffer"


# 1.2 --------------------------------------------------------------------------------------------------------------


def test_the_squared_error_stops_pulling_where_the_logarithm_goes_on() -> None:
    assert figure("log-loss").values() == {"answer": 0.1, "truth": "1"}
    wrong = facts("log-loss", answer=0.005)
    assert wrong["dL/dz, by autodiff"] == pytest.approx(-0.995, rel=1e-3)
    assert abs(wrong["dL/dz of the squared error"]) < abs(facts("log-loss")["dL/dz of the squared error"]) / 10
    assert [facts("log-loss", answer=a)["loss"] for a in (0.1, 0.01)] == pytest.approx([2.3, 4.6], abs=0.01)


def test_the_derivative_by_b_follows_c() -> None:
    assert facts("graph")["dJ/db"] == facts("graph", b=-7.0)["dJ/db"] == 6
    assert facts("graph", c=4.0)["dJ/db"] == 12


def test_one_neuron_after_10_and_200_epochs_and_at_other_rates() -> None:
    here, start, end = facts("one-neuron"), facts("one-neuron", epoch=0), facts("one-neuron", epoch=200)
    assert figure("one-neuron").values()["epoch"] == 10
    assert [one["right of 113"] for one in (start, here, end)] == [90, 112, 111]
    assert end["cost J"] / here["cost J"] == pytest.approx(1 / 3, abs=0.05)
    slow, leaping = (facts("one-neuron", epoch=200, rate=rate) for rate in (0.001, 10.0))
    assert slow["right of 113"] == 104
    assert leaping["cost J"] / end["cost J"] == pytest.approx(1 / 4, abs=0.05)
    assert leaping["right of 113"] == end["right of 113"]
    assert [one["malignant taken for benign"] for one in (end, slow, leaping)] == [2, 7, 1]
    costs = [facts("one-neuron", epoch=epoch, rate=10.0)["cost J"] for epoch in (0, 1, 2)]
    assert costs == pytest.approx([0.50, 1.05, 0.24], abs=0.006)  # two decimals are told


def test_a_random_neuron_is_right_by_luck() -> None:
    unseen = samples("cancer", "standardise", "test")
    ways = [history("cancer-neuron", 0, 0.1, 200, seed=seed) for seed in range(8)]
    first, *others = (int(np.sum((way.logits(0, unseen.x) > 0) == unseen.y)) for way in ways)
    assert (first, min(others), max(others), int(unseen.y.sum())) == (90, 42, 89, 71)


# 1.3 --------------------------------------------------------------------------------------------------------------


def test_ten_sigmoids_leave_less_than_a_ten_millionth() -> None:
    assert figure("activations").values() == {"activation": "sigmoid", "z": 1.0}
    assert facts("activations")["g′(z) ten layers in a row"] < 1e-7


def test_the_flower_as_it_trains() -> None:
    costs = [facts("flower-boundary", epoch=epoch)["cost J"] for epoch in (0, 100, 200)]
    assert costs == pytest.approx([0.69, 0.63, 0.40], abs=0.01)
    slow = facts("flower-boundary", rate=0.01)
    assert slow["cost J"] == pytest.approx(0.693, abs=1e-3)
    assert slow["test accuracy"] == pytest.approx(0.64, abs=0.01)


def test_three_lines_through_the_middle_make_six_sectors() -> None:
    drawn = [m for m in shown("flower-boundary", hidden=3)["panels"][0]["marks"] if m["kind"] == "line"]
    assert len(drawn) == 3
    assert all(np.hypot(m["x"], m["y"]).min() < 0.05 for m in drawn)
    assert not [m for m in shown("flower-boundary", hidden=50)["panels"][0]["marks"] if m["kind"] == "line"]


def test_the_flower_by_hidden_units() -> None:
    none, one, two, three = (facts("flower-boundary", hidden=n)["test accuracy"] for n in range(4))
    assert none < 0.55
    assert facts("flower-boundary", hidden=0)["cost J"] == pytest.approx(0.666, abs=6e-4)  # three decimals are told
    assert (one, two) == pytest.approx((0.72, 0.69), abs=0.01)
    assert three == pytest.approx(0.92, abs=0.01)
    for hidden in (4, 50):
        seeds = [facts("flower-boundary", hidden=hidden, seed=seed)["test accuracy"] for seed in range(4)]
        assert 0.005 < max(seeds) - min(seeds) <= 0.02


def test_the_flower_by_activation() -> None:
    for hidden, low, high in ((4, 0.63, 0.73), (20, 0.79, 0.86)):
        seeds = [facts("flower-boundary", activation="relu", hidden=hidden, seed=s)["test accuracy"] for s in range(4)]
        assert (min(seeds), max(seeds)) == pytest.approx((low, high), abs=0.01)
    straight = facts("flower-boundary", activation="identity", hidden=50)
    assert straight["test accuracy"] == facts("flower-boundary", hidden=0)["test accuracy"]


# 1.4 --------------------------------------------------------------------------------------------------------------


def test_signals_change_exponentially_with_depth_and_only_he_is_level() -> None:
    assert figure("initialisation").values() == {"depth": 20, "activation": "relu", "seed": 0}
    for panel in (0, 1):
        for name, y in lines("initialisation", panel).items():
            if name == "zeros":
                assert set(y) == {None}
                continue
            height = np.log10(np.array(y, float))
            layers = np.arange(1, len(y) + 1)
            straight = np.polyval(np.polyfit(layers, height, 1), layers)
            assert np.abs(height - straight).max() < 0.4  # a straight line, but for what one draw scatters
            span = abs(height[-1] - height[0])
            assert (span < 0.5) if name == "He" else (span > 2)


def test_large_weights_and_tanh_explode_on_the_way_back_alone() -> None:
    forward, backward = (lines("initialisation", panel, activation="tanh", depth=50)["too large"] for panel in (0, 1))
    assert max(forward) <= 1
    assert backward[0] / backward[-1] > 1e10


def test_ten_hidden_layers_from_five_initialisations() -> None:
    ends = list(facts("init-race").values())  # zeros, too small, too large, Xavier, He
    assert ends[:2] == pytest.approx([0.10, 0.10], abs=0.02)
    assert ends[2]["en"] == "diverged"
    assert ends[3:] == pytest.approx([0.53, 0.87], abs=0.04)
    xavier, he = list(facts("init-race", seed=1).values())[3:]
    assert [xavier, he] == pytest.approx([0.27, 0.82], abs=0.04)  # the lowest of both that the text tells


def test_twenty_hidden_layers_are_too_many_even_for_he() -> None:
    assert max(list(facts("init-race", depth=20).values())[3:]) < 0.5


def test_one_hidden_layer_learns_from_every_random_start() -> None:
    zeros, *others = facts("init-race", depth=1).values()
    assert zeros < 0.2
    assert min(others) > 0.85


def test_both_texts_tell_the_numbers_that_are_held_here() -> None:
    for id, told in (
        ("1.2", ("112", "111", "104", "90", "1.05")),
        ("1.3", ("0.92", "0.73", "0.63")),
        ("1.4", ("0.87", "0.53", "0.82", "0.27")),
    ):
        for lang in LANGUAGES:
            prose = " ".join(getattr(block, "markdown", "") for block in chapter(id, lang).blocks)
            assert all(number in prose for number in told)
