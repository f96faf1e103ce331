"""Two-dimensional convolution (cross-correlation, as the field has it) by dots alone, and its pooled maxima at once.

    y[h, n, w, b] = Σ_ijc W[i, j, c, n] · x[h·S + i, c, w·S + j, b] + b[n]     y_h = Wᵀ·A_h,  A_h the patches of row h
    dW = Σ_h A_h·dy_hᵀ,   dx = what W·dy_h gives back to the rows that it came from

XLA's own convolution leaves its fast path on a CPU when it stands in a loop or is vmapped over weights (70–600 ms a
step of LeNet-5); these three dots do not. They take a row of outputs at a time, or as many as a pooling window is
high, so that patches, products and windows stay in a core's cache: of a row before pooling nothing is kept but where
its maxima were. When runs share x, the patches are made once for all of them, and the first dot is one over all runs'
filters. Planes are [H, C, W, B]; `planes` brings a batch of pictures to that form. Reverse mode works, and forward
over reverse (Hessian times vector); forward mode alone does not (custom_vjp).
"""

from __future__ import annotations

from functools import partial, reduce
from typing import Any, Literal

import equinox as eqx
import jax
import jax.numpy as jnp
from jax import Array, lax

from ..core.errors import BadValue
from .initialisers import draw
from .patches import fold, output_size, unfold

__all__ = ["Conv2d", "convolve", "planes"]

Padding = Literal["valid", "same"]


def planes(x: Array) -> Array:
    """Pictures x [B, H, W] or [B, H, W, C] -> planes [H, C, W, B]."""
    return x.transpose(1, 2, 0)[:, None] if x.ndim == 3 else x.transpose(1, 3, 2, 0)


def _patches(seen: Array, row: Array, size: int, stride: int) -> Array:
    """Of what windows see of each row [H, F, C, OW, B]: the patches [F·F·C, OW·B] of an output row."""
    return lax.dynamic_slice_in_dim(seen, row * stride, size).reshape(-1, seen.shape[3] * seen.shape[4])


def _run(x: Array, weight: Array, stride: int, pool: int, differentiated: bool) -> tuple[Array, Array | None]:
    """The pooled outputs [H', N, W', B], and which of each window [H', pool, N, W', pool, B] are the largest."""
    size, _, _, N = weight.shape
    seen, filters = unfold(x, size, stride), weight.reshape(-1, N).T
    h, w, B = output_size(x.shape[0], size, stride=stride), *seen.shape[3:]

    def turn(_: None, first: Array) -> tuple[None, tuple[Array, Array | None]]:
        y = [filters @ _patches(seen, first + row, size, stride) for row in range(pool)]
        if pool == 1:
            return None, (y[0].reshape(N, w, B), None)
        y = [row.reshape(N, w // pool, pool, B) for row in y]
        largest = reduce(jnp.maximum, (jnp.max(row, 2) for row in y))
        return None, (largest, jnp.stack([row == largest[:, :, None] for row in y]) if differentiated else None)

    return lax.scan(turn, None, jnp.arange(0, h, pool))[1]


@partial(jax.custom_vjp, nondiff_argnums=(2, 3))
def _convolve(x: Array, weight: Array, stride: int, pool: int) -> Array:
    return _run(x, weight, stride, pool, differentiated=False)[0]


def _forward(x: Array, weight: Array, stride: int, pool: int) -> tuple[Array, Any]:
    y, largest = _run(x, weight, stride, pool, differentiated=True)
    return y, (x, weight, largest)


def _backward(stride: int, pool: int, saved: Any, dy: Array) -> tuple[Array, Array]:
    x, weight, largest = saved
    size, _, _, N = weight.shape
    seen, filters = unfold(x, size, stride), weight.reshape(-1, N)
    h, (C, W, B) = output_size(x.shape[0], size, stride=stride), x.shape[1:]
    overlap = max(0, size - stride)  # rows of x that the next output row sees too

    def turn(carry: tuple[Array, Array], now: tuple[Array, Array, Array | None]) -> tuple[tuple[Array, Array], Array]:
        (open_rows, dw), (first, dy, largest) = carry, now
        if largest is None:
            dys = [dy]
        else:  # equals share the gradient
            share = lax.optimization_barrier(dy / jnp.sum(largest, (0, 3), dtype=dy.dtype))[:, :, None]
            dys = [lax.optimization_barrier(jnp.where(largest[row], share, 0)) for row in range(pool)]
        done = []
        for row, d in enumerate(dys):
            d = d.reshape(N, -1)
            dw += lax.dot_general(_patches(seen, first + row, size, stride), d, (((1,), (1,)), ((), ())))
            back = lax.optimization_barrier(filters @ d).reshape(size, size, C, -1, B)
            back = jnp.pad(fold(back, W, stride), ((0, max(0, stride - size)), (0, 0), (0, 0), (0, 0)))
            back = jnp.concatenate([open_rows + back[:overlap], back[overlap:]])
            done.append(back[:stride])
            open_rows = back[stride:]
        return (open_rows, dw), jnp.concatenate(done)

    start = jnp.zeros((overlap, C, W, B), x.dtype), jnp.zeros_like(filters)
    (last, dw), dx = lax.scan(turn, start, (jnp.arange(0, h, pool), dy, largest))
    return jnp.concatenate([dx.reshape(-1, C, W, B), last])[: len(x)], dw.reshape(weight.shape)


_convolve.defvjp(_forward, _backward)


def convolve(x: Array, weight: Array, stride: int = 1, pool: int = 1) -> Array:
    """x [H, C, W, B], weight [F, F, C, N] -> [⌊OH/pool⌋, N, ⌊OW/pool⌋, B], OH = ⌊(H−F)/S⌋+1, no padding.

    With `pool` the largest of every window pool×pool of outputs; a remainder at the edge is dropped. Raises `BadValue`
    when there is no output, or not one window.
    """
    size = weight.shape[0]
    outputs = [output_size(n, size, stride=stride) for n in (x.shape[0], x.shape[2])]
    if min(outputs) < pool:
        what = f"a window of {size}×{size}" + (f", pooled by {pool}," if pool > 1 else "")
        raise BadValue(f"{what} does not fit in {x.shape[0]}×{x.shape[2]} inputs")
    h, w = ((n // pool * pool - 1) * stride + size for n in outputs)  # what only feeds the remainder is left out
    return _convolve(x[:h, :, :w], weight, stride, pool)


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

    def pooled(self, x: Array, size: int) -> Array:
        """`max_pool(self(x), size)` in one: x [H, inputs, W, B] -> [⌊OH/size⌋, outputs, ⌊OW/size⌋, B]."""
        P = self.padding
        if P:
            x = jnp.pad(x, ((P, P), (0, 0), (P, P), (0, 0)))
        return convolve(x, self.weight, self.stride, size) + self.bias[:, None, None]

    def __call__(self, x: Array) -> Array:
        """x [H, inputs, W, B] -> [OH, outputs, OW, B]."""
        return self.pooled(x, 1)
