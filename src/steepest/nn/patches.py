"""A convolution's patches as a matrix (im2col), and the way back (col2im). Planes are [C, H, W, B], the batch last.

    im2col   A[(i, j, c), (h, w, b)] = x[c, h·S + i, w·S + j, b]    F·F slices, each a copy of whole batch rows
    col2im   its transpose: patches are added up where they came from, first along H, then along W; 2F shifts, not F²

With the batch last every shift, stride and pooling window moves whole rows of B numbers, so the loops vectorise
whatever the size of the picture. Source: Chellapilla, Puri and Simard 2006 (im2col); cuda-convnet, Krizhevsky 2012
(the layout).
"""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array, lax

__all__ = ["col2im", "im2col", "output_size"]


def output_size(inputs: int, size: int, *, padding: int = 0, stride: int = 1) -> int:
    """⌊(N + 2P − F)/S⌋ + 1: the outputs along a side of N inputs, for windows of `size` F."""
    return (inputs + 2 * padding - size) // stride + 1


def im2col(x: Array, size: int, stride: int = 1) -> Array:
    """x [C, H, W, B] -> patches [F·F·C, OH·OW·B]."""
    C, H, W, B = x.shape
    h, w = output_size(H, size, stride=stride), output_size(W, size, stride=stride)

    def window(i: int, j: int) -> Array:
        return x[:, i : i + (h - 1) * stride + 1 : stride, j : j + (w - 1) * stride + 1 : stride]

    windows = [window(i, j) for i in range(size) for j in range(size)]
    return jnp.stack(windows).reshape(size * size * C, h * w * B)


def _spread(d: Array, axis: int, before: int, length: int, stride: int) -> Array:
    """`d` put at before, before + stride, … of an axis of `length`, zeros between."""
    reach = (d.shape[axis] - 1) * stride + 1
    padding = [(0, 0, 0)] * d.ndim
    padding[axis] = (before, length - before - reach, stride - 1)
    return lax.pad(d, jnp.zeros((), d.dtype), padding)


def col2im(d: Array, shape: tuple[int, ...], size: int, stride: int = 1) -> Array:
    """d [F·F·C, OH·OW·B] -> [C, H, W, B] of `shape`: the transpose of `im2col`."""
    C, H, W, B = shape
    h, w = output_size(H, size, stride=stride), output_size(W, size, stride=stride)
    d = d.reshape(size, size, C, h, w, B)
    tall = sum((_spread(d[i], 2, i, H, stride) for i in range(1, size)), _spread(d[0], 2, 0, H, stride))
    tall = lax.optimization_barrier(tall)  # [F, C, H, OW, B]; fused with the next sum it would be computed F times
    return sum((_spread(tall[j], 2, j, W, stride) for j in range(1, size)), _spread(tall[0], 2, 0, W, stride))
