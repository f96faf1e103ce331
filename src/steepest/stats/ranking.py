"""Who won: settings are chosen on the validation split, reported on the test split, and ties are called ties.

Choosing on the split that is reported would crown the luckiest of many settings; so each entry's best setting is the
one with the best validation mean, and only then is its test metric looked at. A setting any of whose seeds diverged
is chosen only when the entry has none that is whole.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..core.metrics import higher_is_better
from .intervals import LEVEL, bootstrap_interval, paired_p_value

__all__ = ["Standing", "best_of_each", "ranked", "standings"]


@dataclass(frozen=True)
class Standing:
    """One setting's result over its seeds; NaN where no seed finished, None where seeds are too few to tell."""

    configuration: int
    label: str
    mean: float
    low: float | None
    high: float | None
    n: int  # seeds that the mean is over
    diverged: int  # seeds that diverged
    chosen_by: float  # mean of the metric that chooses
    values: Mapping[int, float]  # seed -> metric
    higher: bool = True  # whether more of the metric is better
    rank: int = 0
    tied: bool | None = None  # not told apart from the leader; None: too few seeds to say


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else math.nan


def standings(
    labels: Mapping[int, str], runs: Sequence[Mapping[str, Any]], metric: str, choose_by: str
) -> list[Standing]:
    """The standing of every configuration (`labels`: id -> label), in order of id.

    `runs` are {"configuration", "seed", "status", "metrics"}; a run counts when `metric` of it is finite.
    """
    out = []
    for configuration, label in labels.items():
        mine = [r for r in runs if r["configuration"] == configuration]
        whole = [r for r in mine if math.isfinite(r["metrics"].get(metric, math.nan))]
        values = {r["seed"]: r["metrics"][metric] for r in whole}
        low, high = bootstrap_interval(list(values.values())) or (None, None)
        chosen_by = _mean([r["metrics"].get(choose_by, math.nan) for r in whole])
        diverged = sum(r["status"] == "diverged" for r in mine)
        mean = _mean(list(values.values()))
        higher = higher_is_better(metric)
        out.append(Standing(configuration, label, mean, low, high, len(values), diverged, chosen_by, values, higher))
    return out


def _order(s: Standing) -> tuple[bool, bool, float]:
    return s.n == 0, s.diverged > 0, _cost(s, s.chosen_by)


def _cost(s: Standing, value: float) -> float:
    """What to sort by: the less, the better."""
    return 0.0 if s.n == 0 else -value if s.higher else value


def ranked(rows: Sequence[Standing]) -> list[Standing]:
    """Rows by reported mean, with ranks, and ties with the leader marked."""
    rows = sorted(rows, key=lambda s: (s.n == 0, _cost(s, s.mean)))
    out: list[Standing] = []
    for place, row in enumerate(rows, 1):
        leader = rows[0]
        common = sorted(leader.values.keys() & row.values.keys())
        p = paired_p_value([leader.values[s] for s in common], [row.values[s] for s in common])
        tied = None if p is None else place > 1 and p > 1 - LEVEL
        out.append(replace(row, rank=place, tied=tied))
    if any(s.tied for s in out):
        out[0] = replace(out[0], tied=True)
    return out


def best_of_each(rows: Sequence[Standing]) -> list[Standing]:
    """One row per label, its best setting chosen by `chosen_by`, ranked by mean."""
    best: dict[str, Standing] = {}
    for row in rows:
        if row.label not in best or _order(row) < _order(best[row.label]):
            best[row.label] = row
    return ranked(list(best.values()))
