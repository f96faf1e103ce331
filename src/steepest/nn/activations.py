"""What makes a layer non-linear, elementwise.

sigmoid 1/(1+e⁻ᶻ) · tanh · relu max(0, z) · leaky_relu max(0.01·z, z) · identity z
"""

from __future__ import annotations

from collections.abc import Callable

import jax
import jax.numpy as jnp
from jax import Array

from ..core.registry import unknown

__all__ = ["ACTIVATIONS", "activation"]


def _identity(z: Array) -> Array:
    return z


ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "sigmoid": jax.nn.sigmoid,
    "tanh": jnp.tanh,
    "relu": jax.nn.relu,
    "leaky_relu": jax.nn.leaky_relu,
    "identity": _identity,
}


def activation(name: str) -> Callable[[Array], Array]:
    """The function called `name`; `UnknownName` when there is none."""
    if name not in ACTIVATIONS:
        raise unknown("activation", name, tuple(ACTIVATIONS))
    return ACTIVATIONS[name]
