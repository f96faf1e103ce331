"""Who won: settings are chosen on the validation split, reported on the test split, and ties are called ties.

Choosing on the split that is reported would crown the luckiest of many settings; so each entry's best setting is the
one with the best validation mean, and only then is its test metric looked at. A setting any of whose seeds diverged is
chosen only when the entry has none that is whole, and an entry with one result, which may be luck, stands behind those
with more: the leader is one that the others can be compared with. What luck is left in the test metric (the runs that
were chosen are the runs that are tested) makes ties more likely, not less, and is measured in benchmarks/statistics.py.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .comparison import differences
from .intervals import LEVEL, interval

__all__ = ["Standing", "best_of_each", "by_validation", "ranked", "standing", "standings"]


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
    difference: float | None = None  # its mean minus the leader's, over their common seeds
    difference_low: float | None = None  # an interval that holds for all rows together
    difference_high: float | None = None
    p: float | None = None  # adjusted for all rows; None for the leader


def standing(
    label: str, values: Mapping[int, float], higher: bool, limits: tuple[float, float] = (-math.inf, math.inf)
) -> Standing:
    """What `values`, seed -> metric, come to; no interval reaches beyond `limits`, where all values lie within them."""
    mean = math.fsum(values.values()) / len(values) if values else math.nan
    low, high = interval(list(values.values())) or (None, None)
    if low is not None and high is not None and all(limits[0] <= v <= limits[1] for v in values.values()):
        low, high = max(low, limits[0]), min(high, limits[1])
    return Standing(-1, label, mean, low, high, len(values), 0, math.nan, values, higher)


def standings(
    labels: Mapping[int, str],
    runs: Sequence[Mapping[str, Any]],
    metric: str,
    choose_by: str,
    higher: bool = True,
    limits: tuple[float, float] = (-math.inf, math.inf),
) -> list[Standing]:
    """The standing of every configuration (`labels`: id -> label), in order of id.

    `runs` are {"configuration", "seed", "status", "metrics"}; a run counts when `metric` of it is finite. `higher`:
    whether more of both metrics is better.
    """
    out = []
    for configuration, label in labels.items():
        mine = [r for r in runs if r["configuration"] == configuration]
        whole = [r for r in mine if math.isfinite(r["metrics"].get(metric, math.nan))]
        chosen_by = [r["metrics"].get(choose_by, math.nan) for r in whole]
        out.append(
            replace(
                standing(label, {r["seed"]: r["metrics"][metric] for r in whole}, higher, limits),
                configuration=configuration,
                diverged=sum(r["status"] == "diverged" for r in mine),
                chosen_by=math.fsum(chosen_by) / len(chosen_by) if chosen_by else math.nan,
            )
        )
    return out


def _cost(s: Standing, value: float) -> float:
    """What to sort by: the less, the better."""
    return 0.0 if s.n == 0 else -value if s.higher else value


def _order(s: Standing) -> tuple[bool, bool, float]:
    unknown = math.isnan(s.chosen_by)
    return s.n == 0, s.diverged > 0, math.inf if unknown else _cost(s, s.chosen_by)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def ranked(rows: Sequence[Standing]) -> list[Standing]:
    """Rows by reported mean, those of one result after the others, with differences to the leader and ties marked."""
    rows = sorted(rows, key=lambda s: (s.n == 0, s.n == 1, _cost(s, s.mean)))
    if not rows:
        return []
    seeds = sorted({seed for row in rows for seed in row.values})
    found = differences(np.array([[row.values.get(seed, math.nan) for seed in seeds] for row in rows]), rows[0].higher)
    out: list[Standing] = []
    for i, row in enumerate(rows):
        difference, low, high, p = (_known(v[i]) for v in (found.mean, found.low, found.high, found.p))
        tied = None if p is None else p > 1 - LEVEL
        out.append(
            replace(row, rank=i + 1, tied=tied, difference=difference, difference_low=low, difference_high=high, p=p)
        )
    if rows[0].n > 1:
        out[0] = replace(out[0], tied=any(s.tied for s in out))
    return out


def best_of_each(rows: Sequence[Standing]) -> list[Standing]:
    """One row per label, its best setting chosen by `chosen_by`, ranked by mean."""
    best: dict[str, Standing] = {}
    for row in rows:
        if row.label not in best or _order(row) < _order(best[row.label]):
            best[row.label] = row
    return ranked(list(best.values()))


def by_validation(rows: Sequence[Standing]) -> list[Standing]:
    """Every row, in the order in which settings are chosen, with its place; nothing is tested."""
    return [replace(row, rank=place) for place, row in enumerate(sorted(rows, key=_order), 1)]
