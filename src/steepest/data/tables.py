"""Rows of numbers from a file, for a network to predict: NPY, or text with commas, semicolons, tabs or spaces.

A first line without a number in it is a header.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadFile
from .arrays import numeric

__all__ = ["read_rows"]


def read_rows(path: str | Path, shape: Sequence[int]) -> NDArray[Any]:
    """The samples in a file, [n, *shape]: a row of a CSV is one sample, flat. Raises `BadFile` in one line."""
    path = Path(path)
    try:
        if path.suffix.lower() == ".npy":
            rows = numeric(np.load(path, allow_pickle=False), str(path))
        else:
            rows = np.array(_numbers(path), np.float64)
    except BadFile:
        raise
    except (OSError, ValueError, EOFError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadFile(f"cannot read {path}: {reason}; give a CSV or NPY file") from None
    size = math.prod(shape)
    if rows.shape == tuple(shape):  # one sample alone
        rows = rows[None]
    if rows.shape[1:] not in ((size,), tuple(shape)) or len(rows) == 0:
        got = f"rows of {rows.shape[1]} numbers" if rows.ndim == 2 else "no rows" if len(rows) == 0 else "other samples"
        targets = ", targets left out" if rows.ndim == 2 and rows.shape[1] == size + 1 else ""
        raise BadFile(f"{path} has {got}; the network reads {size} a row{targets}")
    if not np.isfinite(rows).all():
        raise BadFile(
            f"{path}: row {int(np.argwhere(~np.isfinite(rows))[0, 0])} (from 0) has a number that is not finite"
        )
    return rows.reshape(len(rows), *shape)


def _numbers(path: Path) -> list[list[float]]:
    """The rows of a text file, all of one length."""
    text = path.read_text("utf-8-sig")
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    mark = next((m for m in (";", "\t", ",") if lines and m in lines[0][1]), None)
    rows: list[list[float]] = []
    for place, (number, line) in enumerate(lines):
        cells = [cell.strip() for cell in (next(csv.reader([line], delimiter=mark)) if mark else line.split())]
        try:
            row = [float(cell) for cell in cells]
        except ValueError:
            if place == 0 and not any(_is_number(cell) for cell in cells):
                continue  # a header
            bad = next(cell for cell in cells if not _is_number(cell))
            if place == 0:
                raise BadFile(
                    f"{path}, line {number}: {bad!r} is no number; take the line out if it is a header"
                ) from None
            raise BadFile(f"{path}, line {number}: {bad!r} is no number") from None
        if rows and len(row) != len(rows[0]):
            raise BadFile(f"{path}, line {number} has {len(row)} numbers, the lines before {len(rows[0])}")
        rows.append(row)
    return rows


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
