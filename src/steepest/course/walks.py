"""The way that one of our optimisers takes on a quadratic, whose Hessian may be another at each step: a mini-batch's.

    w ← w + update(H_t·w − c_t)

Every number is traced, so a slider compiles nothing anew; the optimiser's name is structure. Computed in float64, since
a badly conditioned valley is what is looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["clipped", "walk"]

Floats = NDArray[np.float64]


@cache
def _program(optimizer: str) -> Callable[..., Any]:
    """The compiled walk of `optimizer`; JAX compiles it once for each number of steps."""
    import jax
    import jax.numpy as jnp

    from ..optimizers import OPTIMIZERS

    factory = OPTIMIZERS.load(optimizer)

    @jax.jit
    def program(hessians: Any, linears: Any, rates: Any, start: Any, numbers: dict[str, Any]) -> Any:
        chosen = factory(lambda step: rates[step], **numbers)

        def step(carry: Any, batch: Any) -> Any:
            w, state = carry
            hessian, linear = batch
            update, state = chosen.update(hessian @ w - linear, state, w)
            return (w + update, state), w + update

        _, path = jax.lax.scan(step, (start, chosen.init(start)), (hessians, linears))
        return jnp.concatenate([start[None], path])

    return program


def walk(
    optimizer: str,
    hessian: ArrayLike,
    linear: ArrayLike,
    start: ArrayLike,
    rate: ArrayLike,
    steps: int,
    **numbers: float,
) -> Floats:
    """The weights [steps + 1, 2] from `start` on.

    `hessian` [2, 2] or [steps, 2, 2], `linear` [2] or [steps, 2], `rate` a number or [steps]; `numbers` are the
    optimiser's other arguments.
    """
    import jax

    length = 1 << max(steps - 1, 31).bit_length()  # few lengths, hence few programs

    def filled(values: ArrayLike, shape: tuple[int, ...]) -> Floats:
        given = np.broadcast_to(np.asarray(values, np.float64), (steps, *shape))
        return np.concatenate([given, np.broadcast_to(given[-1], (length - steps, *shape))])

    with jax.enable_x64(True):
        path = _program(optimizer)(
            filled(hessian, (2, 2)),
            filled(linear, (2,)),
            filled(rate, ()),
            np.asarray(start, np.float64),
            {name: np.float64(value) for name, value in numbers.items()},
        )
        return np.asarray(path)[: steps + 1]


def clipped(path: Floats, low: ArrayLike, high: ArrayLike) -> Floats:
    """The path as far as it stays between the corners `low` and `high`, and the first step beyond."""
    outside = ~np.all((path >= np.asarray(low)) & (path <= np.asarray(high)), axis=1)
    if not outside.any():
        return path
    end = int(np.argmax(outside))
    return (
        np.concatenate([path[:end], np.clip(path[end : end + 1], low, high)])
        if np.isfinite(path[end]).all()
        else path[:end]
    )
