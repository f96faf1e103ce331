"""Time to target: the steps and seconds that each run needed to reach the workload's target, by optimiser.

The best setting of each optimiser is what counts; runs of its other settings are kept beside it as context.
"""

from __future__ import annotations

from statistics import median
from typing import Any

from .bands import thin
from .race import Reader, finite

__all__ = ["MOST_DOTS", "time_to_target", "times"]

MOST_DOTS = 1500


def time_to_target(reader: Reader, configuration: Any) -> dict:
    """{"reached", "total", "steps", "seconds"} of one configuration; the two last are medians over seeds that
    got there.
    """
    hits = [run["to_target"] for run in reader.runs_of(configuration) if run.get("to_target")]
    steps = [s for hit in hits if (s := finite(hit.get("steps"))) is not None]
    seconds = [s for hit in hits if (s := finite(hit.get("seconds"))) is not None]
    return {
        "reached": len(hits),
        "total": len(reader.runs_of(configuration)),
        "steps": median(steps) if steps else None,
        "seconds": median(seconds) if seconds else None,
    }


def times(reader: Reader) -> dict:
    """{"target", "rows": [{"name", "best": {…}, "dots": [{"steps", "seconds", "seed", "configuration",
    "best"}]}], "unavailable"}.

    `unavailable` is None or why there is nothing to draw: "no_target", "not_reached".
    """
    if reader.target is None:
        return {"target": None, "rows": [], "unavailable": "no_target"}
    best = reader.best()
    rows = []
    for name, members in reader.groups.items():
        dots = [
            {
                "steps": finite(run["to_target"].get("steps")),
                "seconds": finite(run["to_target"].get("seconds")),
                "seed": run["seed"],
                "configuration": c,
                "best": c == best.get(name),
            }
            for c in members
            for run in reader.runs_of(c)
            if run.get("to_target")
        ]
        chosen = [dot for dot in dots if dot["best"]]
        rest = thin([dot for dot in dots if not dot["best"]], max(2, MOST_DOTS // len(reader.groups)))
        known = time_to_target(reader, best[name]) if name in best else None
        rows.append({"name": name, "best": known, "dots": rest + chosen})
    reached = any(row["dots"] for row in rows)
    return {"target": reader.target, "rows": rows, "unavailable": None if reached else "not_reached"}
