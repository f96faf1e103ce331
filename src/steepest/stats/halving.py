"""Successive elimination: which settings may go on at a rung.

At RUNGS of its training the race keeps the best third of its settings by mean validation metric, and of every entry
its best one, so that the leaderboard still has them all. A setting that diverged goes. Source: successive halving
(Karnin et al. 2013; Jamieson and Talwalkar 2016); the cautious share of a third and the rungs are measured, see
benchmarks/halving.py.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

__all__ = ["RUNGS", "survivors"]

RUNGS = (1 / 8, 1 / 4, 1 / 2)
KEEP = 1 / 3


def survivors(labels: Mapping[int, str], scores: Mapping[int, Sequence[float]], higher: bool = True) -> set[int]:
    """The configurations that go on.

    `labels` names each one's entry, `scores` are its validation metrics, one for each seed that is still whole;
    `higher` says whether more is better. Never empty while any has a score.
    """
    means = {c: sum(v) / len(v) for c, v in scores.items() if v and all(map(math.isfinite, v))}
    ranked = sorted(means, key=lambda c: means[c], reverse=higher)
    best = {labels[c]: c for c in reversed(ranked)}
    return set(ranked[: math.ceil(len(labels) * KEEP)]) | set(best.values())
