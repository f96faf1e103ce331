"""Successive elimination: fewer steps, the same numbers for what goes on, and it can be killed at a rung."""

from pathlib import Path

import pytest

import steepest
from steepest.core.status import Status
from steepest.racing import runner

OPTIONS = {"lr": "1e-4..1:9", "seeds": 2, "epochs": 8}


@pytest.fixture(scope="module")
def both() -> tuple[steepest.Race, steepest.Race]:
    optimizers = ["momentum", "adam"]
    whole = steepest.race("digits-mlp", optimizers, **OPTIONS)
    return whole, steepest.race("digits-mlp", optimizers, halving=True, **OPTIONS)


def steps(race: steepest.Race) -> int:
    return sum(run.steps for run in race.runs)


def test_most_steps_are_saved(both: tuple[steepest.Race, steepest.Race]) -> None:
    whole, halved = both
    assert steps(halved) < 0.45 * steps(whole)
    assert {r.status for r in halved.runs} == {Status.FINISHED, Status.STOPPED}


def test_every_entry_stays_on_the_leaderboard_and_the_winner_is_as_good(
    both: tuple[steepest.Race, steepest.Race],
) -> None:
    whole, halved = both
    assert {row["optimizer"] for row in halved.ranking} == {"momentum", "adam"}
    assert halved.ranking[0]["mean"] >= whole.ranking[0]["mean"] - 0.02


def test_what_goes_on_ends_in_nearly_the_same_numbers(both: tuple[steepest.Race, steepest.Race]) -> None:
    whole, halved = both
    for ours, theirs in zip(halved.runs, whole.runs, strict=True):
        if ours.status is Status.FINISHED:  # other widths, so rounding may differ
            assert ours.metrics["test_loss"] == pytest.approx(theirs.metrics["test_loss"], rel=1e-3)


def test_with_a_fixed_width_the_numbers_are_the_same_to_the_bit() -> None:
    whole = steepest.race("digits-mlp", "adam", width=3, **OPTIONS)
    halved = steepest.race("digits-mlp", "adam", width=3, halving=True, **OPTIONS)
    finished = [run for run in halved.runs if run.status is Status.FINISHED]
    assert finished
    for run in finished:
        assert run.metrics["test_loss"] == whole.runs[run.id].metrics["test_loss"]


def test_a_stopped_run_says_so_and_has_no_test_metric(both: tuple[steepest.Race, steepest.Race]) -> None:
    (_, halved) = both
    stopped = next(run for run in halved.runs if run.status is Status.STOPPED)
    assert "validation_accuracy" in stopped.metrics
    assert "test_accuracy" not in stopped.metrics
    with pytest.raises(steepest.BadFile, match="stopped"):
        halved.model(stopped.id)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_race_cut_off_at_a_rung_ends_in_the_same_numbers(
    moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = steepest.race("digits-mlp", "adam", halving=True, **OPTIONS)
    original, calls = runner.eliminate, []

    def cut_off(*arguments: object) -> None:
        calls.append(arguments)
        if moment == "after":
            original(*arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        if moment == "before":
            original(*arguments)

    monkeypatch.setattr(runner, "eliminate", cut_off)
    with pytest.raises(KeyboardInterrupt):
        steepest.race("digits-mlp", "adam", halving=True, out=tmp_path / "r", **OPTIONS)
    monkeypatch.setattr(runner, "eliminate", original)
    resumed = steepest.resume(tmp_path / "r")
    assert [(r.status, r.steps, r.metrics) for r in resumed.runs] == [
        (r.status, r.steps, r.metrics) for r in whole.runs
    ]
