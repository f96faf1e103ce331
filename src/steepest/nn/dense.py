"""A fully connected layer, batch first: y = x·W + b, with x [B, in], W [in, out], b [out].

    dx = dy·Wᵀ,   dW = xᵀ·dy

The gradient is written out so that dW is made as W lies in memory; JAX's own is its transpose, and what reads it
strides. Reverse mode works, and forward over reverse; forward mode alone does not (custom_vjp).
"""

from __future__ import annotations

import equinox as eqx
import jax
import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

from .initialisers import draw

__all__ = ["Dense"]


@jax.custom_vjp
def _product(x: Array, weight: Array) -> Array:
    return x @ weight


def _forward(x: Array, weight: Array) -> tuple[Array, tuple[Array, Array]]:
    return x @ weight, (x, weight)


def _backward(kept: tuple[Array, Array], dy: Array) -> tuple[Array, Array]:
    x, weight = kept
    return dy @ weight.T, x.reshape(-1, x.shape[-1]).T @ dy.reshape(-1, dy.shape[-1])


_product.defvjp(_forward, _backward)


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
        return _product(x, self.weight) + self.bias
