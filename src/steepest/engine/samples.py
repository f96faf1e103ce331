"""How samples are drawn from a data set in memory.

XLA's CPU gathers element by element, so bytes are kept as words of four, of which there are fewer to gather.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

__all__ = ["drawn", "packed"]


def packed(x: NDArray) -> NDArray:
    """Samples x [n, ...] as they are kept: bytes as words int32 [n, bytes / 4] where they fill whole words."""
    if x.dtype != np.uint8 or x[0].size % 4:
        return x
    return np.ascontiguousarray(x).reshape(len(x), -1).view(np.int32)


def drawn(kept: jax.Array, at: jax.Array, shape: tuple[int, ...], dtype: Any) -> jax.Array:
    """The samples `at` [B] of what `packed` made of samples of this shape and type: [B, *shape]."""
    if kept.dtype == dtype:
        return kept[at]
    words = jax.lax.optimization_barrier(kept[at])  # else each byte is gathered after all
    return jax.lax.bitcast_convert_type(words, jnp.uint8).reshape(len(at), *shape)
