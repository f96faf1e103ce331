"""The axes that all entries of a race share, from what `race` and the command line are given. Validated here, once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from ..core.axes import parse_axis
from ..core.errors import BadValue, TooLarge
from ..core.registry import unknown
from ..nn.initialisers import DEFAULT_SCALES
from .crossing import Choice
from .schedule import listed_schedules, schedule_choice

__all__ = ["FULL", "batch_sizes", "common_choices", "seed_list", "whole_number"]

FULL = "full"  # a batch size: the whole training split at every step
MOST_SEEDS = 1_000_000


def whole_number(value: Any, name: str, least: int = 1) -> int:
    """`value` as an int of at least `least`; `1e9` counts as whole. Raises `BadValue`."""
    (number,) = parse_axis(str(value), name)
    if number != int(number) or number < least:
        raise BadValue(f"{name} must be a whole number >= {least}, got {value}")
    return int(number)


def seed_list(seeds: int | str | Sequence[int]) -> tuple[int, ...]:
    """0 … n−1 for a number, the seeds themselves for a sequence, `3..7` for 3 to 7.

    Raises `BadValue`; `TooLarge` for absurd counts.
    """
    if isinstance(seeds, str) and ".." in seeds:
        first, last = (whole_number(end, "seeds", 0) for end in seeds.split("..", 1))
        if last - first >= MOST_SEEDS:
            raise TooLarge(f"seeds: {seeds} are too many; at most {MOST_SEEDS:,} fit in one race")
        return seed_list(range(first, last + 1))
    if isinstance(seeds, (int, float, str)):
        n = whole_number(seeds, "seeds")
        if n > MOST_SEEDS:
            raise TooLarge(f"seeds: {n:,} seeds make at least {n:,} runs; at most {MOST_SEEDS:,} fit in one race")
        return tuple(range(n))
    listed = tuple(whole_number(seed, "seeds", 0) for seed in seeds)
    if not listed or len(set(listed)) < len(listed) or max(listed) >= 2**32:
        raise BadValue(f"seeds must be distinct numbers in [0, 2**32), at least one; got {list(listed)}")
    return listed


def batch_sizes(axis: Any) -> list[int | None]:
    """Mini-batch sizes; None stands for the whole training split."""
    parts: Iterable[Any] = axis.split(",") if isinstance(axis, str) else axis if isinstance(axis, Iterable) else [axis]
    sizes = [None if p is None or str(p).strip() == FULL else whole_number(p, "batch size") for p in parts]
    if not sizes:
        raise BadValue("batch size: the axis is empty; give at least one value")
    return list(dict.fromkeys(sizes))


def _within(axis: Any, name: str, low: float, high: float, open_low: bool) -> tuple[float, ...]:
    values = parse_axis(axis, name)
    for value in values:
        if not (low < value if open_low else low <= value) or value > high:
            domain = f"{'(' if open_low else '['}{low:g}, {high:g}{')' if math.isinf(high) else ']'}"
            raise BadValue(f"{name} must be in {domain}, got {value:g}")
    return values


def _initialisers(axis: Any, scale: Any) -> list[Choice]:
    out = []
    for name in axis.split(",") if isinstance(axis, str) else list(axis):
        if name not in DEFAULT_SCALES:
            raise unknown("initialiser", name, tuple(DEFAULT_SCALES))
        scales = (DEFAULT_SCALES[name],) if scale is None else _within(scale, "init scale", 0, math.inf, True)
        out.append(Choice({"init": name}, {"init_scale": scales}))
    return out


def common_choices(
    *,
    batch_size: Any,
    schedule: Any = None,
    init: Any = None,
    init_scale: Any = None,
    l1: Any = None,
    l2: Any = None,
    keep_prob: Any = None,
) -> list[list[Choice]]:
    """Groups of choices; one of each group goes into every configuration."""
    groups = [
        [Choice({"batch_size": size}) for size in batch_sizes(batch_size)],
        [schedule_choice(one) for one in listed_schedules(schedule or "constant")],
    ]
    if init is not None:
        groups.append(_initialisers(init, init_scale))
    elif init_scale is not None:
        raise BadValue("init scale needs an initialiser; add e.g. --init normal")
    for name, axis, low, high, open_low in (
        ("l1", l1, 0.0, math.inf, False),
        ("l2", l2, 0.0, math.inf, False),
        ("keep_prob", keep_prob, 0.0, 1.0, True),
    ):
        if axis is not None:
            groups.append([Choice({}, {name: _within(axis, name, low, high, open_low)})])
    return groups
