"""Successive elimination: which settings may go on at a rung.

At RUNGS of its training the race keeps the better half of its settings by mean validation metric, whatever is level
with the last of them, and of every entry its best one, so that the leaderboard still has them all. A setting that
diverged goes. Source: successive halving (Karnin et al. 2013; Jamieson and Talwalkar 2016); that a half is enough and
a third is not is measured, see benchmarks/halving.py.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

__all__ = ["RUNGS", "survivors"]

RUNGS = (1 / 8, 1 / 4, 1 / 2)
KEEP = 1 / 2
LEVEL = 1e-6  # relative; what rounding in float32 may set apart


def survivors(labels: Mapping[int, str], scores: Mapping[int, Sequence[float]], higher: bool = True) -> set[int]:
    """The configurations that go on.

    `labels` names each one's entry, `scores` are its validation metrics, one for each seed that is still whole;
    `higher` says whether more is better. Never empty while any has a score.
    """
    sign = 1 if higher else -1
    means = {c: sign * sum(v) / len(v) for c, v in scores.items() if v and all(map(math.isfinite, v))}
    ranked = sorted(means, key=lambda c: means[c], reverse=True)
    best = {labels[c]: c for c in reversed(ranked)}
    cut = next((means[c] for c in ranked[math.ceil(len(labels) * KEEP) - 1 :]), -math.inf)
    return {c for c in ranked if means[c] >= cut - LEVEL * abs(cut)} | set(best.values())
