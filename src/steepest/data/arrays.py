"""Samples as a caller has them, lists, frames or arrays, as one NumPy array; or one line that says why not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadValue

__all__ = ["as_array", "check_finite", "column_names", "in_order", "is_text", "numeric"]


def as_array(given: Any, what: str) -> NDArray[Any]:
    """`given` [n, …] as an array, text allowed. `what` is its name in errors. Raises `BadValue`."""
    if hasattr(given, "toarray"):
        raise BadValue(f"{what} is a sparse matrix; give {what}.toarray()")
    try:
        array = np.asarray(given)
        if array.dtype == object:  # as a frame of mixed columns is
            kinds = {type(value).__name__ for value in array.ravel()}
            if "str" in kinds and len(kinds) > 1:
                others = ", ".join(sorted(kinds - {"str"}))
                raise BadValue(f"{what} mixes text with {others}; fill what is missing, or drop it")
            array = np.asarray(array.tolist())
    except BadValue:
        raise
    except (TypeError, ValueError):
        raise BadValue(f"{what} is no array: its rows differ in length or kind; give as many numbers in each") from None
    if array.ndim == 0:
        raise BadValue(f"{what} must be an array with one entry a sample; got {type(given).__name__}")
    return array


def is_text(array: NDArray[Any]) -> bool:
    """Whether an array holds text."""
    return array.dtype.kind in "US"


def numeric(given: Any, what: str) -> NDArray[Any]:
    """`given` as an array of real numbers or bools; one that is such an array is returned itself. `BadValue`."""
    if what == "x":
        _check_columns(given)
    array = as_array(given, what)
    if array.dtype.kind in "biuf":
        return array
    if is_text(array):
        advice = "steepest.split makes numbers of labels" if what == "y" else "make numbers of it first"
        raise BadValue(f"{what} holds text, {_example(array)!r}; {advice}")
    raise BadValue(f"{what} holds {array.dtype}; give real numbers")


def column_names(given: Any) -> tuple[str, ...]:
    """What the columns of a frame are called; empty for what is none, or has no such names."""
    names = tuple(getattr(given, "columns", ()))
    return names if all(isinstance(name, str) for name in names) and len(set(names)) == len(names) else ()


def in_order(given: Any, columns: Sequence[str]) -> Any:
    """`given` with its columns as they are called in `columns`, where both have names. Raises `BadValue` for a lack."""
    names = column_names(given)
    if not names or not columns:
        return given
    lacking = [name for name in columns if name not in names]
    if lacking:
        raise BadValue(f"x has no column {lacking[0]!r}; give the columns that were raced on: {', '.join(columns)}")
    return given[list(columns)]


def check_finite(array: NDArray[Any], what: str, columns: Sequence[str] = ()) -> None:
    """Raise `BadValue` for the first sample of an array [n, …] with a NaN or an infinity, and name its column."""
    if array.dtype.kind != "f" or np.isfinite(array).all():
        return
    row, *at = (int(i) for i in np.argwhere(~np.isfinite(array))[0])
    value = array[(row, *at)]
    if not at:
        raise BadValue(f"{what}, row {row} (from 0), is {value}; fill or drop what is missing")
    column = repr(columns[at[0]]) if columns else ", ".join(map(str, at))
    raise BadValue(f"{what}, row {row}, column {column} (from 0), is {value}; fill or drop what is missing")


def _check_columns(x: Any) -> None:
    """Raise `BadValue` for the first column of a frame that holds text."""
    for name in column_names(x):
        column = np.asarray(x[name])
        texts = [value for value in column if isinstance(value, str)] if column.dtype.kind in "OU" else []
        if texts:
            raise BadValue(f"column {name!r} of x holds text, {texts[0]!r}; make numbers of it (pandas.get_dummies)")


def _example(array: NDArray[Any]) -> str:
    """The first entry that is no number, else the first."""
    texts = [str(value) for value in array.ravel()]
    return next((text for text in texts if not text.replace(".", "").lstrip("-").isdigit()), texts[0])
