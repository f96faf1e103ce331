"""Ctrl-C in a program that races: one KeyboardInterrupt, never lost, and a second one at once."""

from __future__ import annotations

import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import steepest
from steepest.racing.interrupts import Interrupts
from steepest.racing.progress import Progress
from steepest.store import Store


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Where tests run in the background SIGINT is ignored: not here."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_a_race_stops_between_chunks_and_resumes_to_the_same_numbers(tmp_path: Path) -> None:
    told: list[Progress] = []

    def stop(progress: Progress) -> None:
        told.append(progress)
        if progress.steps:
            signal.raise_signal(signal.SIGINT)  # as in a callback of JAX's, where an exception would be lost

    with pytest.raises(KeyboardInterrupt):
        steepest.race("digits-mlp", "adam", lr=0.01, seeds=2, epochs=4, out=tmp_path / "race", progress=stop)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert sum(progress.steps > 0 for progress in told) == 1
    assert steepest.open(tmp_path / "race").state == "running"
    resumed = steepest.resume(tmp_path / "race")
    whole = steepest.race("digits-mlp", "adam", lr=0.01, seeds=2, epochs=4)
    assert [run.metrics for run in resumed.runs] == [run.metrics for run in whole.runs]


def test_one_that_comes_after_the_last_chunk_costs_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    finish = Store.finish

    def interrupted(store: Store) -> None:
        signal.raise_signal(signal.SIGINT)
        finish(store)

    monkeypatch.setattr(Store, "finish", interrupted)
    race = steepest.race("surface:bowl", "sgd", lr=0.01, seeds=1)
    assert race.state == "finished"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_race_that_is_not_kept_leaves_nothing_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def fails(progress: Progress) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        steepest.race("surface:bowl", "sgd", lr=0.01, seeds=1, progress=fails)
    assert list(tmp_path.iterdir()) == []


def test_a_second_one_is_raised_at_once() -> None:
    with Interrupts() as interrupts:
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            interrupts.check()
        interrupts.noted = False


def test_one_in_the_last_moment_is_not_lost() -> None:
    with pytest.raises(KeyboardInterrupt), Interrupts():
        signal.raise_signal(signal.SIGINT)


def test_only_pythons_own_handler_is_replaced_and_only_in_the_main_thread() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
    try:
        with Interrupts():
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
    assert heard == [signal.SIGINT]
    done = []
    thread = threading.Thread(target=lambda: [done.append(1) for _ in [Interrupts().__enter__()]])
    thread.start()
    thread.join()
    assert done == [1]
    assert signal.getsignal(signal.SIGINT) is before
