"""Which best settings lie on the edge of what was raced, and the axis that goes on from there."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import steepest
from steepest.cli.main import main
from steepest.core.axes import parse_axis
from steepest.racing.edges import edges, grouped
from steepest.racing.report_data import report_data
from steepest.view import inline
from steepest.web.jobs import Jobs
from steepest.web.races import Races


def settings(**axes: Any) -> list[dict[str, Any]]:
    return [dict(zip(axes, values, strict=True)) for values in product(*axes.values())]


def told(axes: dict[str, Any], **best: Any) -> list[tuple[str, str, str]]:
    fixed = {k: v[0] for k, v in axes.items()}
    found = edges("adam", "adam", settings(**axes), {**fixed, **best}, samples=500)
    return [(edge.name, edge.side, edge.next) for edge in found]


RATES = parse_axis("1e-4..1:9")


@pytest.mark.parametrize(
    ("name", "axis", "best", "side", "next"),
    [
        ("learning_rate", RATES, 1.0, "high", "--lr 0.316228..10:4"),
        ("learning_rate", RATES, 1e-4, "low", "--lr 1e-05..0.000316228:4"),
        ("learning_rate", (0.1, 0.4, 0.2), 0.4, "high", "--lr 0.2..1.6:4"),
        ("beta1", (0.8, 0.9, 0.95), 0.95, "high", "-o adam:beta1=0.9,0.95,0.975,0.9875"),
        ("beta1", (0.9, 0.99, 0.999), 0.999, "high", "-o adam:beta1=0.99,0.999,0.9999"),  # and no nearer to one
        ("beta1", (0.8, 0.9, 0.95), 0.8, "low", "-o adam:beta1=0.2,0.6,0.8,0.9"),
        ("keep_prob", (0.7, 0.8, 0.9), 0.9, "high", "--keep-prob 0.8,0.9,1"),
        ("keep_prob", (0.7, 0.8, 0.9), 0.7, "low", "--keep-prob 0.5,0.6,0.7,0.8"),
        ("l2", (0.0, 1e-4, 1e-3), 1e-3, "high", "--l2 0.0001..0.1:4"),
        ("schedule.step.every", (1.0, 2.0, 4.0), 4.0, "high", "--schedule step:every=2..16:4"),
        ("batch_size", (32, 64, 128), 128, "high", "--batch-size 64,128,256,500"),  # the split has no more
        ("batch_size", (2, 4, 8), 2, "low", "--batch-size 1,2,4"),
    ],
)
def test_an_edge_and_what_lies_beyond(name: str, axis: Any, best: Any, side: str, next: str) -> None:
    assert told({name: axis}, **{name: best}) == [(name, side, next)]


@pytest.mark.parametrize(
    ("axes", "best"),
    [
        ({"learning_rate": RATES}, {"learning_rate": 0.1}),  # inside
        ({"learning_rate": (0.1, 1.0)}, {"learning_rate": 1.0}),  # of two, the better is always an end
        ({"learning_rate": (0.1,)}, {}),
        ({"keep_prob": (0.8, 0.9, 1.0)}, {"keep_prob": 1.0}),  # nothing beyond
        ({"l2": (0.0, 1e-4, 1e-3)}, {"l2": 0.0}),
        ({"beta1": (0.0, 0.5, 0.9)}, {"beta1": 0.0}),
        ({"batch_size": (64, 128, 500)}, {"batch_size": 500}),
        ({"nesterov": (False, True), "dialect": ("keras", "tf1", "torch")}, {"dialect": "torch"}),
    ],
)
def test_no_edge(axes: dict[str, Any], best: dict[str, Any]) -> None:
    assert told(axes, **best) == []


def test_only_settings_with_the_same_structure_count() -> None:
    """Under `cosine` two rates were raced; that `constant` had others does not make 0.3 an edge, nor not one."""
    raced = [
        *({"learning_rate": rate, "schedule": "constant"} for rate in RATES),
        *({"learning_rate": rate, "schedule": "cosine"} for rate in (0.01, 0.1, 0.3)),
    ]
    (edge,) = edges("sgd", "sgd", raced, {"learning_rate": 0.3, "schedule": "cosine"}, 500)
    assert edge.next == "--lr 0.1..2.7:4"


def test_two_numbers_on_their_edges_and_optimizers_that_share_one() -> None:
    axes = {"learning_rate": RATES, "beta1": (0.8, 0.9, 0.95)}
    assert [name for name, _, _ in told(axes, learning_rate=1.0, beta1=0.95)] == ["learning_rate", "beta1"]
    best = {"learning_rate": 1.0}
    found = [
        edge
        for label in ("adam", "rmsprop")
        for edge in edges(label, label, settings(learning_rate=RATES), best, samples=500)
    ]
    assert [edge.optimizers for edge in grouped(found)] == [("adam", "rmsprop")]


def test_every_face_tells_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Plain descent learns too slowly at a hundredth: of three rates the highest wins."""
    race = steepest.race("digits-mlp", "sgd", lr="1e-4..1e-2:3", epochs=1, seeds=1, samples=256, out=tmp_path / "r")
    (edge,) = race.edges
    assert (edge.optimizers, edge.name, edge.side) == (("sgd",), "learning_rate", "high")
    assert main(["show", str(race.path)]) == 0
    assert "sgd: lr 0.01 is the highest raced; a better one may lie beyond: --lr 0.001..1:4" in capsys.readouterr().out
    assert main(["show", str(race.path), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["ranking"]
    assert row["edge"] == {"learning_rate": {"side": "high", "next": "--lr 0.001..1:4"}}
    page = race.report().read_text("utf-8")
    assert "the best learning_rate, 0.01, is the highest that was raced" in page
    assert "已经是参赛值中最大的" in page
    assert "is the highest that was raced" in inline.html(report_data(race), "en")
    (said,) = Races(Jobs(tmp_path)).one("r")["edges"]
    assert said["en"].endswith("--lr 0.001..1:4")
    assert said["zh"].endswith("--lr 0.001..1:4")
    race.state = "running"
    assert race.edges == []
    assert race.ranking[0]["edge"] == {}
