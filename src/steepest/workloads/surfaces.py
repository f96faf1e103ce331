"""Any surface as a workload, `surface:saddle` or `surface:x^2+3*y^2`: its "network" is a point, its loss the height.

A seed draws the start uniformly in the surface's domain, the same for every optimiser, unless a start is given. There
is one sample and nothing in it, so an epoch is a step. Metric: the height, the less the better.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from ..core.errors import BadValue
from ..data.splits import Split, Splits
from ..surfaces.loading import surface as load_surface
from ..surfaces.surface import Point, Surface
from .workload import Workload

__all__ = ["PREFIX", "Place", "surface_workload", "with_start"]

PREFIX = "surface:"


class Place(eqx.Module):
    """A point of a surface; whatever it is called with, it answers where it is."""

    point: Array  # [2]

    def __call__(self, x: Array) -> Array:
        """-> the point, [1, 2]."""
        return self.point[None]


def place(key: Array, surface: Surface, start: Point | None = None) -> Place:
    """A point drawn from the surface's domain, or the one that was given."""
    if start is not None:
        return Place(jnp.asarray(start, jnp.float32))
    low, high = (jnp.asarray(ends, jnp.float32) for ends in zip(*surface.domain, strict=True))
    return Place(jax.random.uniform(key, (2,), jnp.float32, low, high))


def nothing() -> Splits:
    """One sample in each split, empty but for its shape."""
    split = Split(np.zeros((1, 1), np.float32), np.zeros(1, np.float32))
    return Splits(split, split, split)


def height(point: Array, y: Array, surface: Surface) -> Array:
    """The surface's value at the point: [1, 2] -> [1]."""
    return surface.value(point[:, 0], point[:, 1])


def surface_workload(text: str) -> Workload:
    """The workload of the surface that `text` means, without the prefix. Raises `UserError` in one line."""
    surface = load_surface(text)
    return Workload(
        id=PREFIX + text.strip(),
        network=partial(place, surface=surface),
        data=nothing,
        loss=partial(height, surface=surface),
        metrics={"height": partial(height, surface=surface)},
        title=surface.title,
        batch_size=1,
        epochs=200,
        optimizers=("sgd", "momentum", "rmsprop", "adam"),
        learning_rates=(surface.learning_rate,),
        quick={"epochs": 50},
    )


def with_start(workload: Workload, start: Point) -> Workload:
    """The workload with every run at `start`, (x, y). Raises `BadValue` for what is no surface or no value."""
    network: Any = workload.network
    if getattr(network, "func", None) is not place:
        raise BadValue(f"start: {workload.id!r} is no surface; only surface:NAME has a start to give")
    network.keywords["surface"].check_start(*start)
    return replace(workload, network=partial(place, surface=network.keywords["surface"], start=start))
