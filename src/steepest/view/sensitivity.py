"""Learning-rate sensitivity: the final validation metric of every optimiser against its learning rate.

One point for each optimiser and learning rate: mean, lowest and highest over seeds of the runs that did not
diverge, and how many did. Where something else varies too (a beta, a batch size), the point is the setting
that `choose_by` prefers at that rate. It shows `choose_by` itself: the test metric is for what was chosen.
"""

from __future__ import annotations

import math
from statistics import fmean
from typing import Any

from .race import Reader

__all__ = ["MOST_POINTS", "sensitivity"]

MOST_POINTS = 1500


def _preference(reader: Reader, configuration: Any) -> float:
    values = reader.values(configuration, reader.choose_by)
    if not values:
        return -math.inf
    return fmean(values) if reader.higher(reader.choose_by) else -fmean(values)


def _point(reader: Reader, rate: float, configuration: Any) -> dict:
    values = reader.values(configuration, reader.choose_by)
    diverged, total = reader.diverged([configuration])
    return {
        "rate": rate,
        "configuration": configuration,
        "mean": fmean(values) if values else None,
        "low": min(values, default=None),
        "high": max(values, default=None),
        "n": len(values),
        "diverged": diverged,
        "total": total,
    }


def sensitivity(reader: Reader) -> dict:
    """{"metric", "higher", "series": [{"name", "points", "best"}], "others", "omitted", "unavailable"}.

    `others` says that more than the learning rate varies; `omitted` counts points left out (a rate that has
    no logarithm, or beyond MOST_POINTS); `unavailable` is None or why there is nothing to draw: "rate_fixed",
    "no_result".
    """
    best = reader.best()
    series: list[dict[str, Any]] = []
    omitted, others = 0, False
    for name, members in reader.groups.items():
        at: dict[float, list[Any]] = {}
        for c in members:
            rate = reader.rate(c)
            if rate is None or rate <= 0:
                omitted += 1
            else:
                at.setdefault(rate, []).append(c)
        others |= any(len(same) > 1 for same in at.values())
        points = []
        for rate in sorted(at):
            chosen = best.get(name)
            if chosen not in at[rate]:
                chosen = max(at[rate], key=lambda c: _preference(reader, c))
            points.append(_point(reader, rate, chosen))
        series.append({"name": name, "points": points, "best": best.get(name)})
    total = sum(len(s["points"]) for s in series)
    if total > MOST_POINTS:
        every = math.ceil(total / MOST_POINTS)
        for s in series:
            s["points"] = [p for i, p in enumerate(s["points"]) if i % every == 0 or p["configuration"] == s["best"]]
        omitted += total - sum(len(s["points"]) for s in series)
    unavailable = None
    if not any(len(s["points"]) > 1 for s in series):
        unavailable = "rate_fixed"
    elif all(p["mean"] is None for s in series for p in s["points"]):
        unavailable = "no_result"
    return {
        "metric": reader.choose_by,
        "higher": reader.higher(reader.choose_by),
        "series": series,
        "others": others,
        "omitted": omitted,
        "unavailable": unavailable,
    }
