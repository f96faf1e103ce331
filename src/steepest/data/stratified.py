"""Cut one set of labelled samples into three splits with the same share of each class in all of them.

NumPy's `RandomState` is used on purpose: its streams are frozen for ever, so a split is the same everywhere.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadValue
from .splits import Split, Splits

__all__ = ["stratified"]


def stratified(
    x: NDArray[Any], y: NDArray[Any], *, validation: float = 0.2, test: float = 0.2, seed: int = 0
) -> Splits:
    """Shuffle each class by `seed`; put its fractions `test` and `validation` aside and train on the rest.

    Raises `BadValue` for targets that are not classes [n], or have fewer than three samples to a value.
    """
    labels = np.unique(y)
    if np.ndim(y) != 1 or 3 * len(labels) > len(y):
        told = f"{len(labels)} values in {len(y)} samples of shape {list(np.shape(y)[1:])}"
        raise BadValue(f"the targets are no classes, {told}; use steepest.split(x, y, stratify=False)")
    random = np.random.RandomState(seed)
    parts: tuple[list[NDArray[Any]], ...] = ([], [], [])
    members = [random.permutation(np.flatnonzero(y == label)) for label in labels]
    sizes = np.array([len(of_class) for of_class in members])
    cuts = np.maximum.accumulate([_dealt(sizes, share) for share in (test, test + validation)]).T
    for of_class, at in zip(members, cuts, strict=True):
        for part, chosen in zip(parts, np.split(of_class, at), strict=True):
            part.append(chosen)
    order = [random.permutation(np.concatenate(part)) for part in parts]
    test_split, validation_split, train = (Split(x[rows], y[rows]) for rows in order)
    return Splits(train, validation_split, test_split)


def _dealt(sizes: NDArray[Any], share: float) -> NDArray[Any]:
    """How many of each class its `share` is: rounded, or where that comes to none or misses the whole by more than a
    sample, by largest remainder.
    """
    due = sizes * share
    rounded, whole = np.round(due).astype(int), round(float(due.sum()))
    if rounded.any() and abs(int(rounded.sum()) - whole) <= 1:
        return rounded
    dealt = np.floor(due).astype(int)
    largest = np.argsort(dealt - due, kind="stable")
    dealt[largest[: whole - int(dealt.sum())]] += 1
    return dealt
