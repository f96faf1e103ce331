"""Our side of the surfaces: `steepest.descend` from all starts, or a race with as many seeds, each its own start.

Timed: the call, from its checks to the paths (float64, every point kept), or to the finished race in its folder.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jax  # noqa: F401  (its import is not the descent's)
import numpy as np

import steepest
import steepest.racing.descent
import steepest.racing.race  # loaded at first use otherwise; imports are not timed
from benchmarks.side import play
from benchmarks.starts import LOW, starts

SURFACE = "rosenbrock"


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """Adam from every start; the share that found the valley's floor."""
    rate, steps, runs = params["rate"], params["steps"], params["runs"]
    if params.get("race"):
        seeds = range(params.get("round", 0) * runs, (params.get("round", 0) + 1) * runs)
        with tempfile.TemporaryDirectory(prefix="steepest-bench-") as folder:
            started = time.perf_counter()
            race = steepest.race(
                f"surface:{SURFACE}", "adam", lr=rate, seeds=list(seeds), epochs=steps, out=Path(folder) / "race"
            )
            seconds = time.perf_counter() - started
            heights = [run.metrics["test_height"] for run in race.runs]
    else:
        points = starts(params)
        started = time.perf_counter()
        found = steepest.descend(SURFACE, "adam", lr=rate, start=points, steps=steps)
        seconds = time.perf_counter() - started
        heights = [one.values[-1] for one in found]
    return {"seconds": seconds, "accuracy": float(np.mean(np.less(heights, LOW))), "steps": steps}


if __name__ == "__main__":
    play(measure)
