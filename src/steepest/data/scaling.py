"""Scaling of inputs: scaled = (x − shift)·scale, fitted on the training split alone.

Fitted here, in float64 and without JAX; applied inside the compiled program.

standardise   (x − μ)/σ of each feature; a feature that never varies is divided by 1
unit          to [0, 1]: uint8 by 255; pictures by the range of them all, tables by the range of each feature
none          as it is
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadValue
from ..core.registry import unknown

__all__ = ["SCALINGS", "fit"]

Pair = tuple[NDArray[Any], NDArray[Any]]
BLOCK = 4096  # samples held as float64 at a time


def _inverse(width: NDArray[Any]) -> NDArray[Any]:
    """1/width, and 1 where a feature has no width, or one whose inverse float32 cannot hold."""
    usable = width > 1.0 / np.finfo(np.float32).max
    return np.where(usable, 1.0 / np.where(usable, width, 1.0), 1.0)


def _none(x: NDArray[Any]) -> Pair:
    return np.zeros(()), np.ones(())


def _unit(x: NDArray[Any]) -> Pair:
    if x.dtype == np.uint8:
        return np.zeros(()), np.asarray(1 / 255)
    axis = None if x.ndim > 2 else 0
    low, high = (np.asarray(f(x, axis=axis), np.float64) for f in (np.min, np.max))
    return low, _inverse(high - low)


def _standardise(x: NDArray[Any]) -> Pair:
    mean = np.mean(x, axis=0, dtype=np.float64)
    squares = np.zeros_like(mean)
    for i in range(0, len(x), BLOCK):
        squares += np.sum((x[i : i + BLOCK] - mean) ** 2, axis=0)
    varies = np.max(x, axis=0) > np.min(x, axis=0)  # exact, where a rounded σ of a constant is not zero
    return mean, _inverse(np.where(varies, np.sqrt(squares / len(x)), 0.0))


SCALINGS: dict[str, Callable[[NDArray[Any]], Pair]] = {
    "standardise": _standardise,
    "unit": _unit,
    "none": _none,
}


def fit(name: str, x_train: NDArray[Any]) -> Pair:
    """(shift, scale), float32, each broadcastable to one sample of `x_train` [n, ...]; computed in float64.

    Raises `UnknownName` for another `name`, `BadValue` when x_train is empty or not finite.
    """
    if name not in SCALINGS:
        raise unknown("scaling", name, tuple(SCALINGS))
    if len(x_train) == 0:
        raise BadValue(f"scaling {name!r} needs training samples; got none")
    if x_train.dtype.kind == "f" and not np.isfinite(x_train).all():
        raise BadValue("the training inputs hold NaN or infinity; clean them before a race")
    shift, scale = SCALINGS[name](x_train)
    return shift.astype(np.float32), scale.astype(np.float32)
