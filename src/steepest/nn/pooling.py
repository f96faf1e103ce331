"""Pooling over windows size×size that do not overlap, of planes [H, C, W, B]; a remainder at the edge is dropped.

    max_pool       the largest of a window; the gradient goes to it, in equal parts where several are largest
    average_pool   the mean of a window

Windows are a reshape, [H/s, s, C, W/s, s, B], so both are loops over whole batch rows. Equal parts is what autodiff of
`jnp.max` gives; PyTorch gives all to the first. A constant may be added and ReLU applied before or after the maximum,
both being monotone; after is s² times less work.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp
from jax import Array, lax

from ..core.errors import BadValue

__all__ = ["average_pool", "max_pool"]


def _windows(x: Array, size: int) -> Array:
    """[H, C, W, B] -> [H/s, s, C, W/s, s, B]."""
    H, C, W, B = x.shape
    if not 1 <= size <= min(H, W):
        raise BadValue(f"a pooling window must fit in its {H}×{W} inputs; got size {size}")
    h, w = H // size, W // size
    return x[: h * size, :, : w * size].reshape(h, size, C, w, size, B)


@jax.custom_vjp
def _maxima(windows: Array) -> Array:
    return jnp.max(windows, (1, 4))


def _forward(windows: Array) -> tuple[Array, tuple[Array, Array]]:
    y = jnp.max(windows, (1, 4))
    return y, (windows, y)


def _backward(saved: tuple[Array, Array], dy: Array) -> tuple[Array]:
    windows, y = saved
    largest = windows == y[:, None, :, :, None]
    share = lax.optimization_barrier(dy / jnp.sum(largest, (1, 4), dtype=dy.dtype))
    # the barrier keeps the loop in windows, where it vectorises, rather than in the shape that comes after
    return (lax.optimization_barrier(jnp.where(largest, share[:, None, :, :, None], 0)),)


_maxima.defvjp(_forward, _backward)


def max_pool(x: Array, size: int = 2) -> Array:
    """x [H, C, W, B] -> [H/s, C, W/s, B]."""
    return _maxima(_windows(x, size))


def average_pool(x: Array, size: int = 2) -> Array:
    """x [H, C, W, B] -> [H/s, C, W/s, B]."""
    return jnp.mean(_windows(x, size), (1, 4))
