"""One cycle: a cosine up from α₀·start to the peak α₀ over the first `rise` of the run, a cosine down to
α₀·final.

    t ≤ rise:  start + (1 − start)·(1 − cos(π·t/rise))/2
    t > rise:  final + (1 − final)·(1 + cos(π·(t − rise)/(1 − rise)))/2

Source: Smith and Topin 2017; the defaults are those of PyTorch and optax (start 1/25, final 1/25/10⁴).
"""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array

from .clock import Number, Schedule, elapsed, progress

__all__ = ["one_cycle"]


def one_cycle(
    learning_rate: Number,
    *,
    epochs: Number,
    rise: Number = 0.3,
    start: Number = 0.04,
    final: Number = 4e-6,
    steps_per_epoch: Number = 1,
) -> Schedule:
    """`learning_rate` is the peak, `start` and `final` fractions of it; `rise` is a fraction of `epochs`."""

    def rate(step: Number) -> Array:
        t = progress(elapsed(step, steps_per_epoch), epochs)
        up = start + (1 - start) * (1 - jnp.cos(jnp.pi * progress(t, rise))) / 2
        down = final + (1 - final) * (1 + jnp.cos(jnp.pi * progress(t - rise, 1 - rise))) / 2
        return learning_rate * jnp.where(t < rise, up, down)

    return rate
