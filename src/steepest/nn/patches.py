"""A convolution's patches along a row, and the way back; a matrix of patches is then a stretch of memory.

    unfold   A[h, j, c, w, b] = x[h, c, w·S + j, b]    F slices; the patches of output row h are A[h·S : h·S + F]
    fold     its transpose: what the windows see is added up where it came from

Planes are [H, C, W, B]. With the batch last every shift, stride and pooling window moves whole rows of B numbers, so
the loops vectorise whatever the size of the picture; with H first F rows lie together, and no patch is copied F·F
times. Source: Chellapilla, Puri and Simard 2006 (im2col); Cho and Brand 2017 (unfolding one axis alone);
cuda-convnet, Krizhevsky 2012 (the batch last).
"""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array, lax

__all__ = ["fold", "output_size", "unfold"]


def output_size(inputs: int, size: int, *, padding: int = 0, stride: int = 1) -> int:
    """⌊(N + 2P − F)/S⌋ + 1: the outputs along a side of N inputs, for windows of `size` F."""
    return (inputs + 2 * padding - size) // stride + 1


def unfold(x: Array, size: int, stride: int = 1) -> Array:
    """x [H, C, W, B] -> [H, F, C, OW, B]: of every row what windows see at each of their columns."""
    w = output_size(x.shape[2], size, stride=stride)
    return jnp.stack([x[:, :, j : j + (w - 1) * stride + 1 : stride] for j in range(size)], axis=1)


def fold(d: Array, width: int, stride: int = 1) -> Array:
    """d [H, F, C, OW, B] -> [H, C, width, B]: the transpose of `unfold`."""
    reach = (d.shape[3] - 1) * stride + 1
    padding = [((0, 0, 0), (0, 0, 0), (j, width - j - reach, stride - 1), (0, 0, 0)) for j in range(d.shape[1])]
    zero = jnp.zeros((), d.dtype)
    return sum((lax.pad(d[:, j], zero, padding[j]) for j in range(1, d.shape[1])), lax.pad(d[:, 0], zero, padding[0]))
