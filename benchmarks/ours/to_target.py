"""Our side of the time to a target: the workload's own recipe to its end, one seed.

Timed as in benchmarks.ours.race.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.ours import race
from benchmarks.side import play


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """One race of one run, and whether it reached the target."""
    target = params["target"]
    result = race.measure({k: v for k, v in params.items() if k != "target"})
    return {**result, "figures": {"reached": float((result["accuracy"] or 0) >= target)}}


if __name__ == "__main__":
    play(measure)
