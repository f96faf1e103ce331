"""Cosine decay: α = α₀·(final + (1 − final)·(1 + cos πt)/2), t from 0 to 1 over `epochs`, then held.

Source: Loshchilov and Hutter 2016, without restarts.
"""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array

from .clock import Number, Schedule, elapsed, progress

__all__ = ["cosine"]


def cosine(learning_rate: Number, *, epochs: Number, final: Number = 0.0, steps_per_epoch: Number = 1) -> Schedule:
    """From the rate to its fraction `final` over `epochs` (the run's length, unless told otherwise)."""

    def rate(step: Number) -> Array:
        t = progress(elapsed(step, steps_per_epoch), epochs)
        return learning_rate * (final + (1 - final) * (1 + jnp.cos(jnp.pi * t)) / 2)

    return rate
