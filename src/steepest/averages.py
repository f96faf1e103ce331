"""Exponentially weighted averages, as chapter 2.2 writes them; the piece that momentum, RMSProp and Adam are made of.

    start="first"   S₁ = Y₁,  S_t = β S_{t−1} + (1−β) Y_t
    start="zero"    S₀ = 0,   S_t = β S_{t−1} + (1−β) Y_t;  bias correction divides S_t by 1 − β^t

S_t is about the average of the last 1/(1−β) values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .core.errors import BadValue

__all__ = ["ewma"]


def ewma(
    values: Sequence[float] | NDArray[np.floating],
    beta: float,
    *,
    start: Literal["first", "zero"] = "first",
    bias_correction: bool = False,
) -> NDArray[np.float64]:
    """The averages S₁ … S_n of `values` [n], in the values' own unit.

    Raises `BadValue` for β outside [0, 1), for values that are not a finite sequence, for another `start`, and for a
    bias correction of an average that starts with the first value (it has no bias).
    """
    y = np.asarray(values, np.float64)
    if y.ndim != 1 or not np.isfinite(y).all():
        raise BadValue(f"values must be a sequence of finite numbers, got an array of shape {y.shape}")
    if not (isinstance(beta, (int, float)) and math.isfinite(beta) and 0 <= beta < 1):
        raise BadValue(f"beta must be in [0, 1), got {beta!r}; 0.9 averages about ten values")
    if start not in ("first", "zero"):
        raise BadValue(f"start must be 'first' or 'zero', got {start!r}")
    if bias_correction and start == "first":
        raise BadValue("bias_correction belongs to start='zero'; an average that starts with its first value has none")
    out = np.empty_like(y)
    s = y[0] if start == "first" and len(y) else 0.0
    for t, value in enumerate(y):
        s = beta * s + (1 - beta) * value if t or start == "zero" else s
        out[t] = s
    return out / (1 - beta ** np.arange(1, len(y) + 1)) if bias_correction else out
