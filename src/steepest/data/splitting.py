"""Samples of one's own cut into three splits: `split(x, y)`."""

from __future__ import annotations

from dataclasses import replace
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadValue
from .arrays import as_array, check_finite, column_names, is_text, numeric
from .splits import Split, Splits
from .stratified import stratified

__all__ = ["split"]

FEW = 10  # samples of a class, on average: fewer, and whole numbers are not taken for classes


def split(
    x: Any, y: Any, *, validation: float = 0.2, test: float = 0.2, stratify: bool | None = None, seed: int = 0
) -> Splits:
    """Shuffle samples x [n, …], y [n, …] by `seed` and cut them into training, validation and test splits.

    x, y              arrays, lists, or pandas frames and series; labels that are text become 0, 1, … in sorted order,
                      and the splits' `classes` keep what they were; a frame's columns keep their names
    validation, test  shares of the samples
    stratify          whether each split has the same share of every class; None does so where y is text, bools or whole
                      numbers, 0.0 and 1.0 too, with at least ten samples to a value on average

    The same arrays and seed give the same splits on every machine. Raises `BadValue`.
    """
    columns = column_names(x)
    x, y = numeric(x, "x"), as_array(y, "y")
    if y.ndim == 2 and y.shape[1] == 1:  # a frame of one column
        y = y[:, 0]
    if len(x) != len(y):
        raise BadValue(f"x has {len(x)} samples but y has {len(y)}; give as many of each")
    for name, share in (("validation", validation), ("test", test)):
        if isinstance(share, bool) or not isinstance(share, Real):
            raise BadValue(f"{name} is a number, a share of the samples; got {share!r}")
    for name, share in (("validation", validation), ("test", test)):
        if not 0 < share < 1 or validation + test >= 1:
            raise BadValue(f"{name} is a share above 0, and both together are below 1; got {validation} and {test}")
    if isinstance(seed, bool) or not isinstance(seed, Integral) or not 0 <= seed < 2**32:
        raise BadValue(f"seed is a whole number from 0 to 2³² − 1, got {seed!r}")
    if not (stratify is None or isinstance(stratify, bool)):
        raise BadValue(f"stratify is True, False or None, got {type(stratify).__name__}: y itself tells the classes")
    classes: tuple[str, ...] = ()
    if is_text(y):
        if y.ndim > 1:
            raise BadValue(f"y is text of shape {list(y.shape)}; give one label a sample")
        names, y = np.unique(y, return_inverse=True)
        classes = tuple(str(name) for name in names)
    y = numeric(y, "y")
    check_finite(x, "x", columns)
    check_finite(y, "y")
    if stratify is None:
        stratify = y.ndim == 1 and len(np.unique(y)) * FEW <= len(y) and np.array_equal(y, np.round(y))
    made = stratified(x, y, validation=validation, test=test, seed=seed) if stratify else None
    train, held, tested = (made.train, made.validation, made.test) if made else _random(x, y, validation, test, seed)
    for name, part in (("training", train), ("validation", held), ("test", tested)):
        if len(part) == 0:
            raise BadValue(f"{len(x)} samples leave none for the {name} split; give more samples, or a larger share")
    train, held, tested = (replace(part, columns=columns) for part in (train, held, tested))
    return Splits(train, held, tested, classes)


def _random(x: NDArray[Any], y: NDArray[Any], validation: float, test: float, seed: int) -> tuple[Split, Split, Split]:
    order = np.random.RandomState(seed).permutation(len(x))
    cuts = round(len(x) * test), round(len(x) * (test + validation))
    tested, held, train = (Split(x[rows], y[rows]) for rows in np.split(order, cuts))
    return train, held, tested
