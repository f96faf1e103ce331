"""Two-dimensional convolution (cross-correlation, as the field has it), by dots alone.

    y[n, h, w, b] = Σ_ijc W[i, j, c, n] · x[c, h·S + i, w·S + j, b] + b[n]        y = Wᵀ·A,  A = im2col(x)
    dW = A·dyᵀ,   dx = col2im(W·dy)

XLA's own convolution leaves its fast path on a CPU when it stands in a loop or is vmapped over weights (70–600 ms a
step of LeNet-5); these three dots do not. When runs share x, the patches are made once for all of them, and the first
dot is one over all runs' filters. Planes are [C, H, W, B]; `planes` brings a batch of pictures to that form. Reverse
mode works, and forward over reverse (Hessian times vector); forward mode alone does not (custom_vjp).
"""

from __future__ import annotations

from functools import partial
from typing import Literal

import equinox as eqx
import jax
import jax.numpy as jnp
from jax import Array, lax

from ..core.errors import BadValue
from .initialisers import draw
from .patches import col2im, im2col, output_size
from .pooling import max_pool

__all__ = ["Conv2d", "convolve", "planes"]

Padding = Literal["valid", "same"]


def planes(x: Array) -> Array:
    """Pictures x [B, H, W] or [B, H, W, C] -> planes [C, H, W, B]."""
    return x.transpose(1, 2, 0)[None] if x.ndim == 3 else x.transpose(3, 1, 2, 0)


def _product(A: Array, weight: Array, shape: tuple[int, ...], stride: int) -> Array:
    size, _, C, N = weight.shape
    h, w = (output_size(n, size, stride=stride) for n in shape[1:3])
    return (weight.reshape(size * size * C, N).T @ A).reshape(N, h, w, shape[3])


@partial(jax.custom_vjp, nondiff_argnums=(2,))
def convolve(x: Array, weight: Array, stride: int = 1) -> Array:
    """x [C, H, W, B], weight [F, F, C, N] -> [N, ⌊(H−F)/S⌋+1, ⌊(W−F)/S⌋+1, B], no padding."""
    return _product(im2col(x, weight.shape[0], stride), weight, x.shape, stride)


def _forward(x: Array, weight: Array, stride: int) -> tuple[Array, tuple[Array, Array, Array]]:
    A = im2col(x, weight.shape[0], stride)
    return _product(A, weight, x.shape, stride), (A, weight, x)


def _backward(stride: int, saved: tuple[Array, Array, Array], dy: Array) -> tuple[Array, Array]:
    A, weight, x = saved
    size, _, C, N = weight.shape
    K = size * size * C
    # a transposed copy is made of the smaller operand, and not inside the loop that computes it: hence the barriers
    dy = lax.optimization_barrier(dy.reshape(N, -1))
    dw = A @ lax.optimization_barrier(dy.T) if N < K else (dy @ lax.optimization_barrier(A.T)).T
    dx = col2im(weight.reshape(K, N) @ dy, x.shape, size, stride)
    return dx, dw.reshape(weight.shape)


convolve.defvjp(_forward, _backward)


class Conv2d(eqx.Module):
    """`Conv2d(key, inputs, outputs, size)`: `outputs` filters of size×size×inputs, drawn by scheme `init`; b zero.

    padding "valid" is none; "same" is P = (F − 1)/2 on every side, for an odd size. Outputs per side:
    ⌊(N + 2P − F)/S⌋ + 1. Raises `BadValue` for a size, stride or padding that cannot be.
    """

    weight: Array
    bias: Array
    stride: int = eqx.field(static=True)
    padding: int = eqx.field(static=True)

    def __init__(
        self,
        key: Array,
        inputs: int,
        outputs: int,
        size: int,
        *,
        stride: int = 1,
        padding: Padding = "valid",
        init: str = "he",
    ) -> None:
        if min(inputs, outputs, size, stride) < 1:
            raise BadValue(
                f"inputs, outputs, size and stride must be at least 1; got {(inputs, outputs, size, stride)}"
            )
        if padding not in ("valid", "same"):
            raise BadValue(f"padding must be 'valid' or 'same'; got {padding!r}")
        if padding == "same" and size % 2 == 0:
            raise BadValue(f"padding 'same' needs an odd size, for P = (F − 1)/2; got {size}")
        self.weight = draw(init, key, (size, size, inputs, outputs))
        self.bias = jnp.zeros(outputs, self.weight.dtype)
        self.stride = stride
        self.padding = (size - 1) // 2 if padding == "same" else 0

    def _padded(self, x: Array, multiple: int = 1) -> Array:
        """x with its padding, less what only feeds outputs beyond a `multiple` of outputs per side."""
        size, P = self.weight.shape[0], self.padding
        if min(x.shape[1:3]) + 2 * P < size:
            raise BadValue(f"a window of {size}×{size} does not fit in {x.shape[1]}×{x.shape[2]} inputs")
        if P:
            x = jnp.pad(x, ((0, 0), (P, P), (P, P), (0, 0)))
        if multiple > 1:
            kept = (output_size(n, size, stride=self.stride) // multiple * multiple for n in x.shape[1:3])
            h, w = ((n - 1) * self.stride + size for n in kept)
            x = x[:, :h, :w]
        return x

    def __call__(self, x: Array) -> Array:
        """x [inputs, H, W, B] -> [outputs, OH, OW, B]."""
        return convolve(self._padded(x), self.weight, self.stride) + self.bias[:, None, None, None]

    def pooled(self, x: Array, size: int) -> Array:
        """`max_pool(self(x), size)`, but rows that pooling drops are not computed and b is added to the maxima."""
        y = max_pool(convolve(self._padded(x, size), self.weight, self.stride), size)
        return y + self.bias[:, None, None, None]
