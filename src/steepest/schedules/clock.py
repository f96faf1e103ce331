"""From steps to epochs, under tracing: everything here may be an array."""

from __future__ import annotations

from collections.abc import Callable

import jax.numpy as jnp
from jax import Array

__all__ = ["Number", "Schedule", "elapsed", "progress", "whole"]

Number = Array | float | int
Schedule = Callable[[Number], Array]  # step, from 0 -> learning rate of that step


def elapsed(step: Number, steps_per_epoch: Number) -> Array:
    """Epochs since the start, a fraction of one included."""
    return jnp.asarray(step, float) / steps_per_epoch


def whole(epochs: Array) -> Array:
    """Whole epochs: floor, forgiving the rounding of a division that should have come out even."""
    return jnp.floor(epochs * (1 + 2 * jnp.finfo(epochs.dtype).eps))


def progress(epoch: Array, epochs: Number) -> Array:
    """The share of `epochs` that is over at `epoch`, from 0 to 1; a length of zero is over at once."""
    length = jnp.asarray(epochs, epoch.dtype)
    return jnp.where(length > 0, jnp.clip(epoch / jnp.where(length > 0, length, 1), 0, 1), 1)
