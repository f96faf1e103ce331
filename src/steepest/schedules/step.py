"""Step decay: α = α₀·factor^⌊epoch/every⌋."""

from __future__ import annotations

from jax import Array

from .clock import Number, Schedule, elapsed, whole

__all__ = ["step"]


def step(
    learning_rate: Number,
    *,
    factor: Number = 0.1,
    every: Number = 10.0,
    steps_per_epoch: Number = 1,
) -> Schedule:
    """The rate is multiplied by `factor` after each `every` epochs (> 0)."""

    def rate(step: Number) -> Array:
        return learning_rate * factor ** whole(elapsed(step, steps_per_epoch) / every)

    return rate
