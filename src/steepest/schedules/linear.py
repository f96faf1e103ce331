"""Linear decay: α = α₀·(1 − (1 − final)·t), t from 0 to 1 over `epochs`, then held."""

from __future__ import annotations

from jax import Array

from .clock import Number, Schedule, elapsed, progress

__all__ = ["linear"]


def linear(learning_rate: Number, *, epochs: Number, final: Number = 0.0, steps_per_epoch: Number = 1) -> Schedule:
    """From the rate to its fraction `final` over `epochs` (the run's length, unless told otherwise)."""

    def rate(step: Number) -> Array:
        t = progress(elapsed(step, steps_per_epoch), epochs)
        return learning_rate * (1 - (1 - final) * t)

    return rate
