"""Our side of nearly every case: one call of `steepest.race`, from the call to the finished race in its folder.

Timed: everything between call and return, that is checks, planning, tracing, loading the compiled programs (compiling
them where the cache is empty), training, validation, checkpoints, the test split, the store.
Not timed: imports and reading the data set.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

import jax  # noqa: F401  (its import is not the race's)

import steepest
import steepest.racing.race  # loaded at first use otherwise; imports are not timed
from benchmarks.side import play

NOT_OURS = ("data", "round", "seeds")


def options(params: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `steepest.race`: `seeds` is how many, and each round takes new ones."""
    count, turn = params.get("seeds", 1), params.get("round", 0)
    seeds = list(range(turn * count, (turn + 1) * count))
    return {**{k: v for k, v in params.items() if k not in NOT_OURS}, "seeds": seeds}


def timed(params: Mapping[str, Any], folder: Path) -> tuple[steepest.Race, float]:
    """The race and the seconds that the call took."""
    arguments = options(params)
    steepest.workload(arguments["workload"]).data()
    started = time.perf_counter()
    race = steepest.race(**arguments, out=folder / "race")
    return race, time.perf_counter() - started


def summary(race: steepest.Race, seconds: float) -> dict[str, Any]:
    """What the table wants to know of a race."""
    runs = [
        {
            "optimizer": run.optimizer.partition(":")[0],
            "rate": run.hyperparameters.get("learning_rate", 0.0),
            "seed": run.seed,
            "accuracy": run.metrics.get("test_accuracy"),
        }
        for run in race.runs
    ]
    known = [r["accuracy"] for r in runs if r["accuracy"] is not None]
    return {
        "seconds": seconds,
        "accuracy": fmean(known) if known else None,
        "runs": runs,
        "parameters": race.spec.facts["parameters"],
        "steps": max((run.steps for run in race.runs), default=0),
        "compile_s": race.compile_s,
    }


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """One race."""
    with tempfile.TemporaryDirectory(prefix="steepest-bench-") as folder:
        return summary(*timed(params, Path(folder)))


if __name__ == "__main__":
    play(measure)
