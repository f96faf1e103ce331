"""Constant: α = α₀."""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array

from .clock import Number, Schedule

__all__ = ["constant"]


def constant(learning_rate: Number, *, steps_per_epoch: Number = 1) -> Schedule:
    """The same rate at every step."""

    def rate(step: Number) -> Array:
        return jnp.asarray(learning_rate, float)

    return rate
