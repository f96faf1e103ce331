"""Curves with seed bands: at each recorded step, the mean, lowest and highest over the seeds that are still
finite there.

Long curves are thinned to a budget of points so that a report stays small; when even short ones do not fit,
the best settings stay and the last of the others are left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import Any

from ..core.status import Status
from .race import Reader, finite

__all__ = ["FEWEST", "MOST", "POINTS", "band", "curves", "thin"]

POINTS = 8_000  # over all curves of a report
MOST, FEWEST = 160, 8  # of one curve


def band(curves: Iterable[Sequence[Sequence[Any]]]) -> list[list[float]]:
    """[[step, mean, low, high, n], …] over `curves`, one a seed, each [[step, value], …]; values not finite
    are left out.
    """
    at: dict[float, list[float]] = {}
    for curve in curves:
        for step, value in curve:
            if (number := finite(value)) is not None:
                at.setdefault(step, []).append(number)
    return [[step, fmean(v), min(v), max(v), len(v)] for step, v in sorted(at.items())]


def thin(points: list, most: int) -> list:
    """At most `most` (≥ 2) of `points`, evenly by position, the first and the last among them."""
    if len(points) <= most:
        return points
    return [points[round(i * (len(points) - 1) / (most - 1))] for i in range(most)]


def _ends(reader: Reader, configuration: Any, of_run: dict) -> list[list[float]]:
    """Where each diverged seed of `configuration` was last finite."""
    ends = []
    for run in reader.runs_of(configuration):
        if run["status"] == Status.DIVERGED:
            seen = [[s, n] for s, v in of_run.get(run["id"], ()) if (n := finite(v)) is not None]
            ends += seen[-1:]
    return ends


def curves(reader: Reader, points: int = POINTS) -> dict:
    """{"metrics": {metric: {configuration: {"band", "ends"}}}, "omitted": configurations left out}.

    A band is over the seeds that survived, else over all, so that a lost seed makes no jump in the mean.
    Metrics without a single finite value are absent. `points` is the budget over all curves.
    """
    recorded: dict[str, dict] = reader.race.get("curves") or {}
    best = set(reader.best().values())
    ranked = [row["configuration"] for row in reader.race.get("all", ()) if row["configuration"] not in best]
    order = list(dict.fromkeys([*best, *ranked, *reader.configurations]))
    kept = order[: max(len(best), points // (FEWEST * max(1, len(recorded))))]
    each = max(FEWEST, min(MOST, points // max(1, len(kept) * len(recorded))))
    metrics: dict[str, dict] = {}
    for metric, by_run in recorded.items():
        of_run = {run["id"]: by_run.get(run["id"], by_run.get(str(run["id"]), ())) for run in reader.runs}
        drawn = {}
        for c in kept:
            runs = reader.runs_of(c)
            survivors = [run for run in runs if run["status"] != Status.DIVERGED]
            points_of = band(of_run[r["id"]] for r in survivors) or band(of_run[r["id"]] for r in runs)
            if points_of:
                drawn[c] = {"band": thin(points_of, each), "ends": _ends(reader, c, of_run)}
        if drawn:
            metrics[metric] = drawn
    return {"metrics": metrics, "omitted": len(order) - len(kept)}
