"""A data set as the engine sees it: three splits of arrays, first axis the sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadValue

__all__ = ["Split", "Splits"]


@dataclass(frozen=True)
class Split:
    """Inputs x [n, ...] (uint8 kept as uint8, else float32) and targets y [n, ...]."""

    x: NDArray[np.generic]
    y: NDArray[np.generic]

    def __post_init__(self) -> None:
        if len(self.x) != len(self.y):
            raise BadValue(f"a split has {len(self.x)} inputs but {len(self.y)} targets; give as many of each")

    def __len__(self) -> int:
        return len(self.x)

    def first(self, n: int) -> Split:
        """The first n samples (all of them when there are fewer)."""
        return Split(self.x[:n], self.y[:n])


@dataclass(frozen=True)
class Splits:
    """Training data, the validation data that chooses, the test data that reports."""

    train: Split
    validation: Split
    test: Split
