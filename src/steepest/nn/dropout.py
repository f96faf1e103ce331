"""Inverted dropout: a unit survives with probability keep_prob and is divided by it, so the mean stays.

The noise of a key is the same for every keep_prob, which may be traced. When predicting, do not call it.
Source: Srivastava et al. 2014.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

__all__ = ["dropout"]


def dropout(x: Array, keep_prob: ArrayLike, key: Array) -> Array:
    """x with each element kept (and divided by `keep_prob`, in (0, 1]) or set to zero; 1 returns x itself."""
    keep = jax.random.uniform(key, x.shape) < keep_prob
    return jnp.where(keep, x / keep_prob, 0).astype(x.dtype)
