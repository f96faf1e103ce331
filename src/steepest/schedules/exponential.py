"""Exponential decay, the chapter's second: α = rate^epoch·α₀, with rate 0.95 and the first epoch being 0."""

from __future__ import annotations

from jax import Array

from .clock import Number, Schedule, elapsed, whole

__all__ = ["exponential"]


def exponential(
    learning_rate: Number,
    *,
    rate: Number = 0.95,
    staircase: bool = True,
    steps_per_epoch: Number = 1,
) -> Schedule:
    """With `staircase` (structure) the rate changes once an epoch, else at every step."""

    def rate_at(step: Number) -> Array:
        epoch = elapsed(step, steps_per_epoch)
        return learning_rate * rate ** (whole(epoch) if staircase else epoch)

    return rate_at
