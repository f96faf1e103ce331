"""How sure a mean over seeds is: Student's interval, its standard error counted with a seed and a quarter fewer.

    mean ± t(n − 1) · s / √(n − 5/4)

Assumed: the seeds are independent draws. Nothing else can be checked on three values, so the interval is made to hold
where they are not normal either. Student's own, s / √n, covers a skewed mean (exponential values) in 88 % of cases at
three to seven seeds; this one in 90 % at least, and in 96 to 98 % where values are normal or heavy-tailed. The sample's
own skewness, which Johnson's and Hall's intervals use, says too little at such n; a bootstrap of three values covers
75 %. What is more skewed still (log-normal, σ = 1) is covered in 85 %. All measured by benchmarks/statistics.py.

Equal values give an interval of no width: true of a metric that no seed moves (a surface's height), too narrow for one
that is counted on few samples, as an accuracy is, and did not happen to move.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import stdtrit

__all__ = ["LEVEL", "interval", "intervals"]

LEVEL = 0.95
FEWER = 1.25  # seeds


def intervals(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both ends of the 95 % interval of the mean of values [..., n], n ≥ 2."""
    n = values.shape[-1]
    half = stdtrit(n - 1, (1 + LEVEL) / 2) * values.std(-1, ddof=1) / np.sqrt(n - FEWER)
    mean = values.mean(-1)
    return mean - half, mean + half


def interval(values: Sequence[float]) -> tuple[float, float] | None:
    """The 95 % interval of the mean of `values`; None for fewer than two, which say nothing of their spread."""
    if len(values) < 2:
        return None
    low, high = intervals(np.asarray(values, float))
    return float(low), float(high)
