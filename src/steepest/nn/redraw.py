"""Draw a network's weights anew by a named scheme: the `--init` axis of a race, for any pytree of a model."""

from __future__ import annotations

from typing import Any, TypeVar

import jax
import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

from .initialisers import draw

__all__ = ["redraw"]

Model = TypeVar("Model")


def _is_bias(path: tuple[Any, ...]) -> bool:
    last = path[-1] if path else None
    name = str(getattr(last, "name", getattr(last, "key", ""))).lower()
    return name in ("b", "beta") or "bias" in name


def redraw(model: Model, name: str, key: Array, scale: ArrayLike | None = None) -> Model:
    """`model` with each weight drawn by scheme `name`: inexact leaves of two axes or more, [..., in, out].

    Biases (leaves called bias, b or beta) become zero; all else stays, the scales of a normalisation too.
    The draw of a leaf depends on `key` and the leaf's index only. `scale` may be traced; None is the
    scheme's default. Raises `UnknownName` when there is no such scheme.
    """
    leaves, structure = jax.tree_util.tree_flatten_with_path(model)
    redrawn: list[Any] = []
    for index, (path, leaf) in enumerate(leaves):
        if not (hasattr(leaf, "dtype") and jnp.issubdtype(leaf.dtype, jnp.inexact)):
            redrawn.append(leaf)
        elif leaf.ndim >= 2:
            redrawn.append(draw(name, jax.random.fold_in(key, index), leaf.shape, scale).astype(leaf.dtype))
        else:
            redrawn.append(jnp.zeros_like(leaf) if _is_bias(path) else leaf)
    model_again: Model = jax.tree_util.tree_unflatten(structure, redrawn)
    return model_again
