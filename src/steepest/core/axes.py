"""An axis: the values that one hyper-parameter takes in a race.

0.1            one value
0.01,0.1       a list
1e-4..1:9      nine points, log-spaced, both ends included
0..1:5         a range that touches zero is spaced evenly
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from .errors import BadValue, TooLarge

__all__ = ["MOST_POINTS", "Axis", "parse_axis"]

MOST_POINTS = 100_000

Axis = str | float | int | Iterable[float]


def _number(text: str, name: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise BadValue(f"{name}: {text!r} is not a number; write e.g. 0.1, 0.01,0.1 or 1e-4..1:9") from None
    if not math.isfinite(value):
        raise BadValue(f"{name}: {text.strip()} is not a finite number")
    return value


def _range(text: str, name: str) -> list[float]:
    ends, _, count = text.partition(":")
    low_text, _, high_text = ends.partition("..")
    low, high = _number(low_text, name), _number(high_text, name)
    if not count.strip().isdigit() or int(count) < 1:
        raise BadValue(f"{name}: {text!r} needs its number of points, e.g. {ends}:9")
    n = int(count)
    if n > MOST_POINTS:
        raise TooLarge(f"{name}: {n} points; at most {MOST_POINTS} on one axis")
    if low == high:
        return [low]
    if n == 1:
        raise BadValue(f"{name}: {text!r} has two ends but one point; ask for at least 2 points")
    if low <= 0 or high <= 0:
        return [low + (high - low) * i / (n - 1) for i in range(n)]
    decades = math.log10(low), math.log10(high)
    inner = [float(f"{10 ** (decades[0] + (decades[1] - decades[0]) * i / (n - 1)):.6g}") for i in range(n)]
    return [low, *inner[1:-1], high]


def parse_axis(axis: Axis, name: str = "axis") -> tuple[float, ...]:
    """The finite, distinct values of `axis`, in the order given.

    `axis` is a number, an iterable of numbers or the command line's text; `name` is what errors call it.
    Raises `BadValue` for an empty axis or for what is not a finite number, `TooLarge` above MOST_POINTS.
    """
    if isinstance(axis, str):
        values: list[float] = []
        for part in axis.split(","):
            values += _range(part, name) if ".." in part else [_number(part, name)]
    else:
        values = [_number(str(v), name) for v in (axis if isinstance(axis, Iterable) else (axis,))]
    if not values:
        raise BadValue(f"{name}: the axis is empty; give at least one value")
    if len(values) > MOST_POINTS:
        raise TooLarge(f"{name}: {len(values)} points; at most {MOST_POINTS} on one axis")
    return tuple(dict.fromkeys(values))
