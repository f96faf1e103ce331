"""A fully connected layer, batch first: y = x·W + b, with x [B, in], W [in, out], b [out].

    dx = dy·Wᵀ,   dW = xᵀ·dy

What suits a CPU depends on the size. The gradient of a large W is written out so that dW is made as W lies in memory;
JAX's own is its transpose, and what reads it strides. Reverse mode works, and forward over reverse; forward mode alone
does not (custom_vjp). A small layer, as many runs have side by side, makes y with its samples side by side, as its
loss wants them.
"""

from __future__ import annotations

import equinox as eqx
import jax
import jax.numpy as jnp
from jax import Array, lax
from jax.typing import ArrayLike

from .initialisers import draw

__all__ = ["Dense"]

LARGE = 1 << 14  # weights


def _small(x: Array, weight: Array) -> Array:
    """x [B, in] or [in]; the barrier keeps the bias out of the dot, where XLA is slow to add it."""
    return lax.optimization_barrier(weight.T @ x.T).T


@jax.custom_vjp
def _large(x: Array, weight: Array) -> Array:
    """x [..., in]."""
    return x @ weight


def _forward(x: Array, weight: Array) -> tuple[Array, tuple[Array, Array]]:
    return x @ weight, (x, weight)


def _backward(kept: tuple[Array, Array], dy: Array) -> tuple[Array, Array]:
    x, weight = kept
    return dy @ weight.T, x.reshape(-1, x.shape[-1]).T @ dy.reshape(-1, dy.shape[-1])


_large.defvjp(_forward, _backward)


class Dense(eqx.Module):
    """`Dense(key, inputs, outputs)`: W drawn by scheme `init` with `scale`, b zero."""

    weight: Array
    bias: Array

    def __init__(
        self, key: Array, inputs: int, outputs: int, *, init: str = "he", scale: ArrayLike | None = None
    ) -> None:
        self.weight = draw(init, key, (inputs, outputs), scale)
        self.bias = jnp.zeros(outputs, self.weight.dtype)

    def __call__(self, x: Array) -> Array:
        """x [..., in] -> [..., out]."""
        product = _large if self.weight.size >= LARGE or x.ndim > 2 else _small
        return product(x, self.weight) + self.bias
