"""A fully connected layer, batch first: y = x·W + b, with x [B, in], W [in, out], b [out]."""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

from .initialisers import draw

__all__ = ["Dense"]


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
        return x @ self.weight + self.bias
