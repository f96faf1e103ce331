"""The figures of part 1 against other ways to the same numbers: the engine, closed forms, finite differences."""

import numpy as np
import pytest

import steepest
from steepest.course.figures.registry import figure
from steepest.course.histories import history
from steepest.course.samples import samples

from .shipped import shipped


def marks(chart: dict, panel: int, kind: str) -> list[dict]:
    return [m for m in chart["panels"][panel]["marks"] if m["kind"] == kind]


def facts(chart: dict) -> dict:
    return {f["label"]["en"]: f["value"] for f in chart["facts"]}


@pytest.mark.parametrize(
    ("workload", "data", "hidden", "rate", "steps"),
    [("flower-shallow", "flower", 4, 1.2, 1000), ("cancer-neuron", "cancer", 0, 0.1, 200)],
)
def test_a_history_ends_where_the_engine_ends(workload: str, data: str, hidden: int, rate: float, steps: int) -> None:
    way = history(workload, hidden, rate, steps, activation="tanh", seed=3)
    run = steepest.train(workload, seed=3)
    kept = run.race.model(run.id)
    for layer, weights in enumerate(way.weights):
        mine, theirs = np.asarray(weights[steps]), kept[f"layers.{layer}.weight"]
        mine = mine[tuple(slice(n) for n in theirs.shape)]
        assert np.allclose(mine, theirs, rtol=2e-3, atol=2e-3), "float32, another order of additions, 1000 steps"
    unseen = samples(data, "standardise", "test")
    accuracy = np.mean((way.logits(steps, unseen.x) > 0) == unseen.y)
    assert accuracy == pytest.approx(run.metrics["test_accuracy"], abs=0.01)


def test_units_that_are_not_wanted_stay_zero() -> None:
    way = history("flower-shallow", 3, 1.2, 1000, activation="relu")
    first, second = (np.asarray(w) for w in way.weights)
    assert not first[:, :, 3:].any()
    assert not second[:, 3:].any()
    assert not np.asarray(way.biases[0])[:, 3:].any()
    assert first[-1, :, :3].any()


def test_the_graph_has_the_derivatives_of_the_text() -> None:
    chart = figure("graph").chart(a=1, b=-2, c=4)
    factors, values, slopes = (mark["texts"] for mark in marks(chart, 0, "labels"))
    assert values == ["a = 1", "b = -2", "c = 4", "u = -8", "v = -7", "J = -21"]
    assert slopes == ["dJ/da = 3", "dJ/db = 12", "dJ/dc = -6", "dJ/du = 3", "dJ/dv = 3", "dJ/dJ = 1"]
    assert factors == ["× 1", "× 4", "× -2", "× 1", "× 3"]


@pytest.mark.parametrize(("answer", "truth"), [(0.1, 1), (0.7, 0), (0.995, 1)])
def test_the_loss_and_its_pull(answer: float, truth: int) -> None:
    said = facts(figure("log-loss").chart(answer=answer, truth=str(truth)))
    assert said["loss"] == pytest.approx(-np.log(answer if truth else 1 - answer), rel=1e-3)
    assert said["dL/dz, by autodiff"] == pytest.approx(answer - truth, rel=1e-3)
    squared = 2 * (answer - truth) * answer * (1 - answer)
    assert said["dL/dz of the squared error"] == pytest.approx(squared, rel=1e-3)


def test_one_neuron_starts_undecided_and_learns() -> None:
    start, end = (figure("one-neuron").chart(epoch=epoch) for epoch in (0, 200))
    assert facts(end)["test accuracy"] >= 0.97
    assert facts(start)["cost J"] > 5 * facts(end)["cost J"]
    dots = marks(end, 0, "dots")
    assert sum(len(m["x"]) for m in dots) == 113
    taken = sum(z > 0 for m in dots if m["name"]["en"] == "malignant" for z in m["x"])
    assert facts(end)["malignant taken for benign"] == taken


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "leaky_relu", "identity"])
def test_an_activations_slope_is_its_difference_quotient(name: str) -> None:
    chart = figure("activations").chart(activation=name, z=1.3)
    curve, slope = marks(chart, 0, "line")[0], marks(chart, 1, "line")[0]
    x, y = np.array(curve["x"]), np.array(curve["y"])
    away = np.abs(x) > 0.06  # ReLU has no derivative at 0
    quotient = np.gradient(y, x)
    assert np.allclose(np.array(slope["y"])[away], quotient[away], atol=2e-3), "second differences at h = 0.05"


def test_the_flower_needs_a_hidden_layer() -> None:
    assert facts(figure("flower-boundary").chart(hidden=0))["test accuracy"] < 0.6
    shallow = figure("flower-boundary").chart()
    assert facts(shallow)["test accuracy"] >= 0.88
    assert facts(shallow)["parameters"] == 17
    plane = np.array(marks(shallow, 0, "regions")[0]["z"])
    assert plane.min() < 0.1
    assert plane.max() > 0.9
    identity = facts(figure("flower-boundary").chart(hidden=50, activation="identity"))
    assert identity["test accuracy"] < 0.6


def test_signals_grow_exponentially_as_the_text_predicts() -> None:
    """Linear units: the mean square grows by n·σ² a layer, in the mean over weights."""
    chart = figure("initialisation").chart(depth=20, activation="identity")
    lines = {m["name"]["en"].split(":")[0]: m["y"] for m in marks(chart, 0, "line")}
    assert set(lines["zeros"]) == {None}
    for name, factor in (("too small", 64 * 1e-4), ("too large", 64.0), ("Xavier", 1.0), ("He", 2.0)):
        grown = (lines[name][19] / lines[name][0]) ** (2 / 19)
        assert grown == pytest.approx(factor, rel=0.15), "one draw of 20 matrices"


def test_he_keeps_what_relu_passes_and_xavier_does_not() -> None:
    said = figure("initialisation").chart(depth=50, activation="relu")
    back = {m["name"]["en"].split(":")[0]: m["y"] for m in marks(said, 1, "line")}
    assert 0.05 < back["He"][0] / back["He"][-1] < 20
    assert back["Xavier"][0] / back["Xavier"][-1] < 1e-5


def test_the_four_networks_are_what_their_names_say() -> None:
    chart = shipped("digits-compare")
    sizes = {m["name"]["en"].split()[0]: m["x"][0] for m in marks(chart, 0, "dots")}
    assert sizes == {"logistic": 650, "one": 2410, "three": 13130, "CNN:": 1610}
    assert all(x > 0 for m in marks(chart, 1, "dots") for x in m["x"])
