"""A step of an optimiser that is not registered, on the shapes alone: what is wrong with it is told before a race.

Nothing is computed; the parameters stand in for their gradients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import jax
import jax.numpy as jnp
import optax

from ..core.errors import BadValue
from .factories import is_made

__all__ = ["failure", "trial"]


def failure(error: Exception) -> str:
    """What to tell of an error in the user's own code, in one line."""
    if isinstance(error, jax.errors.JAXTypeError):
        return f"{type(error).__name__}: it asks for the value of a traced number; use jnp.where, or lax.cond"
    return f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"


def trial(label: str, factory: Callable[..., Any], names: Iterable[str], parameters: Any) -> None:
    """Raise `BadValue` unless `factory`, given numbers by these names, makes what can be raced on `parameters`."""

    def step(numbers: Any, parameters: Any) -> Any:
        made = factory(**numbers)
        if not is_made(made):
            raise BadValue(
                f"optimizer {label!r} must make an optax.GradientTransformation, got {type(made).__name__!r}"
            )
        state = made.init(parameters)
        updates, after = optax.with_extra_args_support(made).update(
            parameters, state, parameters, value=jnp.float32(0), grad=parameters, value_fn=_height
        )
        return state, after, optax.apply_updates(parameters, updates), parameters

    numbers = {name: jax.ShapeDtypeStruct((), jnp.result_type(float)) for name in names}
    try:
        before, after, moved, parameters = jax.eval_shape(step, numbers, parameters)
    except BadValue:
        raise
    except Exception as error:
        raise BadValue(f"optimizer {label!r} failed: {failure(error)}") from error
    for what, one, other in (("its state", before, after), ("the parameters", parameters, moved)):
        if not _alike(one, other):
            raise BadValue(f"optimizer {label!r}: a step changes the structure, shape or type of {what}")
    if any(jnp.issubdtype(leaf.dtype, jax.dtypes.prng_key) for leaf in jax.tree.leaves(before)):
        raise BadValue(f"optimizer {label!r} keeps a random key of the new style, which a race cannot store")


def _height(parameters: Any) -> Any:
    return sum(jnp.sum(leaf) for leaf in jax.tree.leaves(parameters))


def _alike(one: Any, other: Any) -> bool:
    """Whether two trees of shapes may take each other's place in a compiled step."""
    same: Any = jax.tree.structure(one) == jax.tree.structure(other)  # type: ignore[operator]
    pairs = zip(jax.tree.leaves(one), jax.tree.leaves(other), strict=False)
    return bool(same) and all((a.shape, a.dtype) == (b.shape, b.dtype) for a, b in pairs)
