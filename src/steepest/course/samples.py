"""A workload's data as its network reads them: scaled, pictures flattened. No JAX."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..data import load
from ..data.scaling import fit

__all__ = ["Samples", "samples"]


class Samples(NamedTuple):
    """x float32 [n, inputs] and labels y [n]."""

    x: NDArray[np.float32]
    y: NDArray[np.int32]


@cache
def samples(data: str, scaling: str, split: str) -> Samples:
    """A split ("train", "validation", "test") of the data set `data`, scaled as its training split asks for."""
    splits = load(data)
    shift, scale = fit(scaling, splits.train.x)
    chosen = getattr(splits, split)
    x = ((chosen.x - shift) * scale).astype(np.float32)
    return Samples(x.reshape(len(x), -1), chosen.y)
