"""Races on surfaces: the leaderboard by height, the same start for all, and the same steps as a descent takes.

A race is float32, a descent float64: over 60 steps on a smooth bowl the rounding stays below 1e-5.
"""

import json
from pathlib import Path

import numpy as np
import pytest

import steepest
from steepest.cli.main import main


@pytest.fixture(scope="module")
def race(tmp_path_factory: pytest.TempPathFactory) -> steepest.Race:
    out = tmp_path_factory.mktemp("surfaces") / "bowl"
    return steepest.race("surface:tilted-bowl", ["sgd", "momentum"], lr=(1e-4, 0.05), seeds=5, epochs=60, out=out)


def test_the_least_height_ranks_first(race: steepest.Race) -> None:
    assert race.metric == "test_height"
    assert [row["hyperparameters"]["learning_rate"] for row in race.ranking] == [0.05, 0.05]
    means = [row["mean"] for row in race.everything]
    assert means == sorted(means)
    assert race.best.metrics["validation_height"] == min(r.metrics["validation_height"] for r in race.runs)


def test_a_race_takes_the_steps_of_a_descent(race: steepest.Race) -> None:
    starts = steepest.race("surface:tilted-bowl", "sgd", lr=0.0, seeds=5, epochs=1)
    for run in race.runs:
        begun = starts.model(run.seed)["point"]
        text = f"{run.optimizer}:learning_rate={run.hyperparameters['learning_rate']}"
        (descent,) = steepest.descend("tilted-bowl", text, start=begun.tolist(), steps=60)
        assert np.abs(descent.path[-1] - race.model(run.id)["point"]).max() < 1e-5
        assert run.metrics["test_height"] == pytest.approx(descent.values[-1], rel=1e-3, abs=1e-6)


def test_a_schedule_free_run_is_judged_where_a_descent_is() -> None:
    (run,) = steepest.race("surface:bowl", "schedule_free", lr=0.1, seeds=1, epochs=60, start=(1, 2)).runs
    (descent,) = steepest.descend("bowl", "schedule_free", lr=0.1, start=(1, 2), steps=60)
    assert np.abs(descent.path[-1] - run.race.model(0)["point"]).max() < 1e-5


def test_a_typed_formula_from_one_start_and_its_faces(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "race")
    command = ["race", "surface:x^2 + 3*y^2", "-o", "sgd", "-o", "adam", "--lr", "0.1", "--start", "1,-0.5"]
    assert main([*command, "--seeds", "2", "--epochs", "100", "--halving", "--out", out, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ranking"][0]["optimizer"] == "sgd"
    assert told["ranking"][0]["metric"] == "test_height"
    assert told["runs"][0]["metrics"] == told["runs"][1]["metrics"]  # one start, nothing random in a step
    assert main(["show", out]) == 0
    assert "final height" in capsys.readouterr().out
    assert main(["recipe", out, "--to", "optax"]) == 0
    assert "optax.sgd" in capsys.readouterr().out
    assert "final height" in (tmp_path / "race" / "report.html").read_text("utf-8")
    assert main(["predict", out, "x.png"]) == 2
    assert main(["resume", out]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["surface:sadle"], "did you mean 'saddle'"),
        (["surface:tilted-bowl:condition=0"], "condition must be"),
        (["surface:x^2+"], "unexpected end"),
        (["surface:__import__('os')"], "unexpected"),
        (["surface:" + "(" * 10_000], "10,000 characters"),
        (["surface:saddle", "--start", "1"], "start needs two numbers"),
        (["surface:log(x)", "--start", "-1,0"], "start where it has a value"),
        (["digits-mlp", "--start", "1,1"], "no surface"),
        (["surface:saddle", "--init", "he"], "no weights"),
        (["surface:saddle", "--l2", "0.1"], "no weights"),
        (["surface:saddle", "--keep-prob", "0.5"], "no dropout"),
    ],
)
def test_one_clear_line(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["race", *arguments, "-o", "sgd"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert said in err
    assert list(tmp_path.iterdir()) == []
