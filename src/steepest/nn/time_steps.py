"""A sequence one step earlier, as recurrent layers meet their own states."""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array

__all__ = ["before"]


def before(sequence: Array) -> Array:
    """[T, ...] -> [T, ...]: at t what was at t − 1, and zero at the start."""
    return jnp.concatenate([jnp.zeros_like(sequence[:1]), sequence[:-1]])
