"""Surfaces for the page: what there is, a grid of heights, and descents by any optimisers, all bounded.

A formula is parsed by the surfaces' own parser; nothing is evaluated as code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core.axes import parse_axis
from ..core.errors import BadValue, TooLarge
from ..surfaces.loading import point, surface
from ..surfaces.registry import SURFACES
from ..surfaces.surface import Surface
from ..view.chart import numbers
from .orders import bounded
from .worker import Worker

__all__ = ["MOST_GRID", "MOST_OPTIMIZERS", "MOST_STEPS", "descents", "grid", "known"]

MOST_GRID = 201  # heights on a side
MOST_STEPS = 2_000
MOST_OPTIMIZERS = 12
MOST_NOISE = 1e3


def _told(one: Surface) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": dict(one.title),
        "formula": one.formula,
        "domain": one.domain,
        "start": one.start,
        "minima": one.minima,
        "lowest": min((one.value(x, y) for x, y in one.minima), default=None),
        "scale": one.scale,
        "learning_rate": one.learning_rate,
    }


def known() -> list[dict[str, Any]]:
    """The registered surfaces."""
    return [_told(surface(name)) for name in SURFACES]


def grid(text: str, n: str = "101") -> dict[str, Any]:
    """Heights of a surface at n×n points of its domain: {"surface", "x", "y", "z" [n][n]}, None where it has none."""
    side = _whole(n, "n", 2, MOST_GRID)
    one = surface(text)
    (x0, x1), (y0, y1) = one.domain
    x, y = np.linspace(x0, x1, side), np.linspace(y0, y1, side)
    z = one.value(x[None, :], y[:, None])
    return {"surface": _told(one), "x": numbers(x), "y": numbers(y), "z": numbers(z)}


def _whole(text: str, name: str, least: int, most: int) -> int:
    (value,) = parse_axis(text, name)
    if value != int(value) or value < least:
        raise BadValue(f"{name} must be a whole number of at least {least}, got {text}")
    if value > most:
        raise TooLarge(f"{name}: {value:,.0f} is too many; at most {most:,}")
    return int(value)


async def descents(
    worker: Worker,
    text: str,
    optimizers: Sequence[str],
    *,
    x: str | None = None,
    y: str | None = None,
    steps: str = "200",
    noise: str = "0",
    seed: str = "0",
) -> list[dict[str, Any]]:
    """The way of every optimizer down the surface: paths, heights, verdicts, as `steepest.descend` has them."""
    if not optimizers:
        raise BadValue("no optimizer is given; add e.g. o=adam")
    if len(optimizers) > MOST_OPTIMIZERS:
        raise TooLarge(f"{len(optimizers)} optimizers; at most {MOST_OPTIMIZERS} on one surface")
    entries = [bounded(one, "an optimizer") for one in optimizers]
    made = _whole(steps, "steps", 1, MOST_STEPS)
    (sigma,) = parse_axis(noise, "noise")
    if not 0 <= sigma <= MOST_NOISE:
        raise BadValue(f"noise must be from 0 to {MOST_NOISE:g}, got {noise}")
    lot = _whole(seed, "seed", 0, 2**31)
    if (x is None) != (y is None):
        raise BadValue("a start needs both x and y")
    start = None if x is None or y is None else point((x, y))
    one = surface(text, start=start)

    def compute() -> list[dict[str, Any]]:
        from ..racing.crossing import count
        from ..racing.descent import descend
        from ..racing.entries import parse_entry

        paths = count([parse_entry(one) for one in entries], [])  # names alone, never a file
        if paths > MOST_OPTIMIZERS:
            raise TooLarge(f"these axes make {paths:,} paths; at most {MOST_OPTIMIZERS} on one surface")
        return [d.as_dict() for d in descend(one, entries, steps=made, noise=sigma, seed=lot)]

    key = ("descend", one.id, one.start, tuple(entries), made, sigma, lot)
    answer: list[dict[str, Any]] = await worker.ask(key, compute)
    return answer
