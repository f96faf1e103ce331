"""Gradient and Hessian of a formula: JAX's, in float64, compiled once for all formulas that differ in numbers alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from .exact import exact
from .formula import evaluate
from .parser import Code

__all__ = ["derivatives"]

BLOCK = 64  # points of one call: one shape, hence one program


def derivatives(code: Code, numbers: Sequence[float], x: Any, y: Any) -> tuple[NDArray[Any], NDArray[Any]]:
    """Gradients [2, ...] and Hessians [2, 2, ...] at the points x, y [...]; nan where the formula has none."""
    x, y = np.broadcast_arrays(np.asarray(x, np.float64), np.asarray(y, np.float64))
    points = np.stack([x.ravel(), y.ravel()], axis=1)
    blocks = max(1, -(-len(points) // BLOCK))
    padded = np.resize(points, (blocks, BLOCK, 2)) if len(points) else np.zeros((blocks, BLOCK, 2))
    with exact():
        parts = [_compiled(code)(block, tuple(map(float, numbers))) for block in padded]
        gradients, hessians = (np.concatenate([np.asarray(part[i]) for part in parts])[: x.size] for i in (0, 1))
    return gradients.T.reshape(2, *x.shape), hessians.transpose(1, 2, 0).reshape(2, 2, *x.shape)


@lru_cache(maxsize=64)
def _compiled(code: Code) -> Any:
    def value(point: Any, numbers: Any) -> Any:
        return jnp.asarray(evaluate(code, numbers, point[0], point[1]), point.dtype)

    slope = jax.grad(value)

    def both(point: Any, numbers: Any) -> Any:
        return slope(point, numbers), jax.jacfwd(slope)(point, numbers)

    return jax.jit(jax.vmap(both, (0, None)))
