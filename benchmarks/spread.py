"""The arithmetic of repeated measurements: spreads, ratios pair by pair, and whether two sides did the same work."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, stdev
from typing import Any

__all__ = ["Spread", "agreement", "matched", "ratios", "spread"]


@dataclass(frozen=True)
class Spread:
    """The least, the middle and the greatest of n measurements."""

    low: float
    median: float
    high: float
    n: int


def spread(values: Iterable[float]) -> Spread:
    """The spread of at least one value."""
    kept = sorted(values)
    if not kept:
        raise ValueError("a spread needs at least one value")
    return Spread(kept[0], median(kept), kept[-1], len(kept))


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Their time over ours, round by round: above 1 where we are faster."""
    return [b / a for a, b in zip(ours, theirs, strict=True)]


def _key(run: Mapping[str, Any]) -> tuple[str, str, int]:
    return str(run["optimizer"]), f"{run['rate']:.5g}", int(run["seed"])


def matched(ours: Iterable[Mapping[str, Any]], theirs: Iterable[Mapping[str, Any]]) -> tuple[float, float, int] | None:
    """Median accuracy of both sides over the runs that both did (same optimizer, rate and seed), and how many.

    A run that failed on either side is left out; None when nothing is left.
    """
    mine = {_key(r): r.get("accuracy") for r in ours}
    pairs = [(mine.get(_key(r)), r.get("accuracy")) for r in theirs]
    both = [(a, b) for a, b in pairs if a is not None and b is not None and math.isfinite(a) and math.isfinite(b)]
    if not both:
        return None
    return median(a for a, _ in both), median(b for _, b in both), len(both)


def agreement(ours: Sequence[float], theirs: Sequence[float], tolerance: float) -> bool:
    """Whether two sides' accuracies agree: means within `tolerance`, or within three standard errors."""
    gap = abs(fmean(ours) - fmean(theirs))
    if min(len(ours), len(theirs)) < 2:
        return gap <= tolerance
    error = math.sqrt(stdev(ours) ** 2 / len(ours) + stdev(theirs) ** 2 / len(theirs))
    return gap <= max(tolerance, 3 * error)
