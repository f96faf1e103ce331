"""Inverse-time decay, the chapter's first: α = α₀ / (1 + decay_rate·epoch), the first epoch being 0."""

from __future__ import annotations

from jax import Array

from .clock import Number, Schedule, elapsed, whole

__all__ = ["inverse_time"]


def inverse_time(
    learning_rate: Number,
    *,
    decay_rate: Number = 1.0,
    staircase: bool = True,
    steps_per_epoch: Number = 1,
) -> Schedule:
    """With `staircase` (structure) the rate changes once an epoch, else at every step."""

    def rate(step: Number) -> Array:
        epoch = elapsed(step, steps_per_epoch)
        return learning_rate / (1 + decay_rate * (whole(epoch) if staircase else epoch))

    return rate
