"""A data set as the engine sees it: three splits of arrays, first axis the sample."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadValue
from .arrays import column_names, numeric

__all__ = ["Split", "Splits"]


@dataclass(frozen=True)
class Split:
    """Inputs x [n, ...] (uint8 kept as uint8, else float32 in a race) and targets y [n, ...]; lists and frames do.

    columns   what the columns of x are called, when it was a frame
    """

    x: NDArray[np.generic]
    y: NDArray[np.generic]
    columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", self.columns or column_names(self.x))
        for name in ("x", "y"):
            object.__setattr__(self, name, numeric(getattr(self, name), name))
        if len(self.x) != len(self.y):
            raise BadValue(f"a split has {len(self.x)} inputs but {len(self.y)} targets; give as many of each")

    def __len__(self) -> int:
        return len(self.x)

    def first(self, n: int) -> Split:
        """The first n samples (all of them when there are fewer)."""
        return Split(self.x[:n], self.y[:n], self.columns)


@dataclass(frozen=True)
class Splits:
    """Training data, the validation data that chooses, the test data that reports.

    classes   what the labels 0, 1, … stand for, when they were text
    """

    train: Split
    validation: Split
    test: Split
    classes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = ("train", "validation", "test")
        for name in names:
            columns = getattr(self, name).columns
            if columns and self.train.columns and columns != self.train.columns:
                raise BadValue(f"the {name} split has other columns than the training split; give them in one order")
        for part in ("x", "y"):
            arrays = {name: getattr(getattr(self, name), part) for name in names}
            for name, array in arrays.items():
                if array.shape[1:] != arrays["train"].shape[1:]:
                    raise BadValue(
                        f"{part} of a sample is {list(array.shape[1:])} in the {name} split but "
                        f"{list(arrays['train'].shape[1:])} in the training split; give samples of one shape"
                    )
            common = np.result_type(*arrays.values())
            for name, array in arrays.items():
                if array.dtype != common:  # one kind of number in all of them
                    changed: Any = {part: array.astype(common)}
                    object.__setattr__(self, name, replace(getattr(self, name), **changed))
