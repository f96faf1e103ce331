"""How sure a mean over seeds is, and whether two settings differ at all.

The interval of a mean is the percentile bootstrap (Efron 1979). Whether a setting differs from the leader is Student's
paired test over their common seeds: the seeds fix data order and initial draw, so pairs cancel what they share, and
with the three to five seeds of a usual race a bootstrap of differences would call chance a win far too often.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import stdtr

__all__ = ["LEVEL", "bootstrap_interval", "paired_p_value"]

LEVEL, RESAMPLES = 0.95, 10_000


def bootstrap_interval(values: Sequence[float]) -> tuple[float, float] | None:
    """The 95 % percentile-bootstrap interval of the mean of `values`; None for fewer than two (nothing to resample)."""
    x = np.asarray(values, float)
    if len(x) < 2:
        return None
    picks = np.random.default_rng(0).integers(len(x), size=(RESAMPLES, len(x)))
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(x[picks].mean(1), [tail, 1 - tail])
    return float(low), float(high)


def paired_p_value(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Two-sided p of Student's paired test that `a` and `b` (one value a seed) have the same mean.

    None for fewer than two pairs; 1 when all pairs are equal.
    """
    d = np.asarray(a, float) - np.asarray(b, float)
    if len(d) < 2:
        return None
    if np.ptp(d) == 0:
        return 1.0 if d[0] == 0 else 0.0
    t = d.mean() / (d.std(ddof=1) / np.sqrt(len(d)))
    return float(2 * stdtr(len(d) - 1, -abs(t)))
