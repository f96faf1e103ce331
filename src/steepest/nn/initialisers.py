"""How weights are drawn at the start; n is the fan-in, the product of all axes but the last.

    zeros        0: the units of a layer stay equal for ever
    normal       scale·N(0, 1), scale = σ
    xavier       scale·N(0, 1/n), for tanh
    he           scale·N(0, 2/n), for ReLU
    orthogonal   scale·Q, Q with orthonormal columns (or rows, whichever are fewer)

The name is structure, the scale a number: the draw of one key is the same whatever the scale, so a race over
scales is one compiled program and compares like with like. Sources: Glorot and Bengio 2010 (here 1/n, with
the fan-in alone), He et al. 2015, Saxe et al. 2013.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import jax
import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

from ..core.registry import unknown

__all__ = ["DEFAULT_SCALES", "INITIALISERS", "draw", "fan_in"]

Shape = tuple[int, ...]


def fan_in(shape: Shape) -> int:
    """How many inputs feed one output of a weight [..., outputs]."""
    return max(1, math.prod(shape[:-1]))


def _zeros(key: Array, shape: Shape) -> Array:
    return jnp.zeros(shape)


def _normal(key: Array, shape: Shape) -> Array:
    return jax.random.normal(key, shape)


def _xavier(key: Array, shape: Shape) -> Array:
    return _normal(key, shape) * math.sqrt(1 / fan_in(shape))


def _he(key: Array, shape: Shape) -> Array:
    return _normal(key, shape) * math.sqrt(2 / fan_in(shape))


def _orthogonal(key: Array, shape: Shape) -> Array:
    rows, columns = fan_in(shape), shape[-1]
    q, r = jnp.linalg.qr(_normal(key, (max(rows, columns), min(rows, columns))))
    q = q * jnp.sign(jnp.diagonal(r))  # makes Q uniform over all orthogonal matrices
    return (q if rows >= columns else q.T).reshape(shape)


INITIALISERS: dict[str, Callable[[Array, Shape], Array]] = {
    "zeros": _zeros,
    "normal": _normal,
    "xavier": _xavier,
    "he": _he,
    "orthogonal": _orthogonal,
}
DEFAULT_SCALES = {"zeros": 1.0, "normal": 0.01, "xavier": 1.0, "he": 1.0, "orthogonal": 1.0}


def draw(name: str, key: Array, shape: Shape, scale: ArrayLike | None = None) -> Array:
    """A weight of `shape` by scheme `name`; `scale` may be traced, None is the scheme's default.

    Raises `UnknownName` when there is no such scheme.
    """
    if name not in INITIALISERS:
        raise unknown("initialiser", name, tuple(INITIALISERS))
    return INITIALISERS[name](key, shape) * (DEFAULT_SCALES[name] if scale is None else scale)
