"""Warm-up: a line from start·α₀ to α₀ over the first epochs, then another schedule from its beginning.

n = epochs·steps_per_epoch;  step < n: schedule(0)·(start + (1 − start)·step/n);  after: schedule(step − n)
"""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array

from .clock import Number, Schedule, elapsed, progress

__all__ = ["warmup"]


def warmup(schedule: Schedule, *, epochs: Number = 1.0, start: Number = 0.0, steps_per_epoch: Number = 1) -> Schedule:
    """`schedule` after `epochs` of warm-up (0 is none); its own clock starts when the warm-up ends."""

    def rate(step: Number) -> Array:
        length = jnp.asarray(epochs, float) * steps_per_epoch
        since = jnp.asarray(step, float) - length
        climb = start + (1 - start) * progress(elapsed(step, steps_per_epoch), epochs)
        return jnp.where(since < 0, schedule(0) * climb, schedule(jnp.maximum(since, 0)))

    return rate
