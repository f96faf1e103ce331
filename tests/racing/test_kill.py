"""`kill -9` at any moment, then `steepest resume`, ends in the numbers of an uninterrupted race.

Real processes are killed at seeded random moments, at least KILLS times; a race that ends before its kill is compared
and the next one begins.
"""

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import steepest
from steepest.racing.runner import Runner
from steepest.store import Store

KILLS, MOST_ATTEMPTS = 20, 80
RACE = ["race", "digits-mlp", "-o", "adam", "-o", "momentum", "--lr", "1e-3,1e-2", "--seeds", "2", "--epochs", "40"]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "steepest", *arguments]


def contents(folder: Path) -> tuple[dict, list]:
    """Everything that a race ends in, but for its timings."""
    race = steepest.open(folder)
    assert race.state == "finished"
    with Store.open(folder) as store:
        columns = store.records()
    kept = columns["metric"] != "seconds"
    records = {k: v[kept] for k, v in columns.items()}
    models = {(r.id, name): leaf for r in race.runs for name, leaf in race.model(r.id).items()}
    runs = [(r.id, r.optimizer, r.seed, r.status, r.steps, r.metrics) for r in race.runs]
    return {**records, **models}, runs


def equal(a: tuple[dict, list], b: tuple[dict, list]) -> bool:
    return a[1] == b[1] and a[0].keys() == b[0].keys() and all(np.array_equal(a[0][k], b[0][k]) for k in a[0])


def test_killed_at_random_moments_it_ends_in_the_same_numbers(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    subprocess.run(command(*RACE, "--out", str(whole)), check=True, capture_output=True)
    expected = contents(whole)
    rng, kills, races, finished = random.Random(7), 0, 0, 0
    folder = tmp_path / "race-0"
    for _ in range(MOST_ATTEMPTS):
        begun = (folder / "race.sqlite").exists()
        process = subprocess.Popen(
            command("resume", str(folder)) if begun else command(*RACE, "--out", str(folder)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            _, errors = process.communicate(timeout=rng.uniform(0.3, 4.5) if kills < KILLS else None)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            kills += 1
            continue
        assert process.returncode == 0, errors.decode()
        assert equal(contents(folder), expected)
        finished, races = finished + 1, races + 1
        if kills >= KILLS:
            break
        folder = tmp_path / f"race-{races}"
    assert kills >= KILLS
    assert finished >= 1


@pytest.mark.parametrize("rate", [0.01, 1e30], ids=["finished", "diverged"])
def test_cut_short_between_the_last_chunk_and_the_end(
    rate: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    def race(folder: Path) -> None:
        steepest.race("digits-mlp", "sgd", lr=rate, seeds=2, epochs=2, out=folder)

    race(tmp_path / "whole")
    with monkeypatch.context() as patched:
        patched.setattr(Runner, "_end", cut)
        with pytest.raises(KeyboardInterrupt):
            race(tmp_path / "cut")
    with Store.open(tmp_path / "cut") as store:
        assert all(row.status.ended for row in store.runs())
        assert not any(slab.ended for slab in store.slabs())
    steepest.resume(tmp_path / "cut")
    with Store.open(tmp_path / "cut") as store:
        assert all(slab.ended for slab in store.slabs())
    if rate < 1:
        assert equal(contents(tmp_path / "cut"), contents(tmp_path / "whole"))


def test_a_second_process_is_refused_while_the_first_races(tmp_path: Path) -> None:
    folder = tmp_path / "race"
    first = subprocess.Popen(command(*RACE[:-1], "2000", "--out", str(folder)), stderr=subprocess.PIPE)
    try:
        assert first.stderr is not None
        first.stderr.readline()  # it races now
        second = subprocess.run(command("resume", str(folder)), capture_output=True, text=True)
    finally:
        first.kill()
        first.communicate()
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert str(first.pid) in second.stderr
