"""What recurrent layers share: how far their loops are unrolled, and the sequence one step earlier."""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array

__all__ = ["UNROLL", "before"]

UNROLL = 1


def before(sequence: Array) -> Array:
    """[T, ...] -> [T, ...]: at t what was at t − 1, and zero at the start."""
    return jnp.concatenate([jnp.zeros_like(sequence[:1]), sequence[:-1]])
