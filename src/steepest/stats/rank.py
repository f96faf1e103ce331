"""A leaderboard of any results: `steepest.rank({"adam": {0: 0.97, 1: 0.98}, "sgd": {0: 0.95, 1: 0.96}})`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Integral, Real

from ..core.errors import BadValue
from ..core.registry import unknown
from .ranking import ranked, standing

__all__ = ["Ranked", "rank"]

BETTER = ("more", "less")


@dataclass(frozen=True)
class Ranked:
    """One label's place: its mean over `n` seeds, with a 95 % interval."""

    label: str
    mean: float
    low: float | None  # None: one seed
    high: float | None
    n: int
    rank: int
    tied: bool | None  # not told apart from the leader (of the leader: some other is not); None: too few seeds to say

    def __repr__(self) -> str:
        ends = "" if self.low is None or self.high is None else f" [{self.low:.4g}, {self.high:.4g}]"
        mark = "=" if self.tied else "?" if self.tied is None and self.rank > 1 else ""
        return f"{self.rank}{mark} {self.label}: {self.mean:.4g}{ends}, n={self.n}"


def _checked(label: str, values: Mapping[int, float]) -> Mapping[int, float]:
    if not isinstance(values, Mapping) or not values:
        raise BadValue(f"{label!r} has {values!r}: give its results as {{seed: value}}, one or more")
    for seed, value in values.items():
        if not isinstance(seed, Integral) or isinstance(seed, bool):
            raise BadValue(f"{label!r} has the seed {seed!r}: seeds are whole numbers")
        if not isinstance(value, Real) or isinstance(value, bool) or not math.isfinite(value):
            raise BadValue(f"{label!r}, seed {seed!r}: {value!r} is no finite number; leave out a seed that failed")
    return {int(seed): float(value) for seed, value in values.items()}


def rank(results: Mapping[str, Mapping[int, float]], better: str = "more") -> list[Ranked]:
    """Rank labels by the means of their results, the best first.

    `results` is {label: {seed: value}}, `better` says whether "more" or "less" of a value is. A label may lack seeds of
    another: its mean is over its own, what it is compared by are those it shares with the leader. One with a single
    result stands behind those with more. The interval and the comparison are the leaderboard's (`steepest.stats`): 95 %
    each, the comparison for the whole table.

    Raises `BadValue` on no results, a label without any, a seed that is no whole number, or a value that is not finite;
    `UnknownName` on another `better`.
    """
    if better not in BETTER:
        raise unknown("better", str(better), BETTER)
    if not isinstance(results, Mapping) or not results:
        raise BadValue(f"there is nothing to rank in {results!r}: give results as {{label: {{seed: value}}}}")
    rows = [standing(label, _checked(label, values), better == "more") for label, values in results.items()]
    return [Ranked(s.label, s.mean, s.low, s.high, s.n, s.rank, s.tied) for s in ranked(rows)]
