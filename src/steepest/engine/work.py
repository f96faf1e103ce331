"""What a trace tells, with nothing computed: the multiply-adds of a function's products, counted."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import jax

__all__ = ["abstract_key", "multiply_adds"]


def abstract_key() -> Any:
    """The shape and type of a random key, to trace with."""
    return jax.eval_shape(lambda: jax.random.key(0))


def multiply_adds(function: Callable[..., Any], *arguments: Any) -> int:
    """Of matrix products and convolutions in `function(*arguments)`; a loop of unknown length counts once."""
    return _count(jax.make_jaxpr(function)(*arguments).jaxpr)


def _count(jaxpr: Any) -> int:
    total = 0
    for equation in jaxpr.eqns:
        name, params = equation.primitive.name, equation.params
        if name == "dot_general":
            contracted = params["dimension_numbers"][0][0]
            shape = equation.invars[0].aval.shape
            total += equation.outvars[0].aval.size * math.prod(shape[i] for i in contracted)
        elif name == "conv_general_dilated":
            kernel = equation.invars[1].aval
            out_features = kernel.shape[params["dimension_numbers"].rhs_spec[0]]
            total += equation.outvars[0].aval.size * kernel.size // out_features
        else:
            total += params.get("length", 1) * sum(_count(inner) for inner in _inside(params))
    return total


def _inside(params: dict[str, Any]) -> Iterator[Any]:
    """The traces within an equation: bodies of loops, branches, functions of their own."""
    for value in params.values():
        for one in value if isinstance(value, tuple | list) else (value,):
            if hasattr(one, "eqns"):
                yield one
            elif hasattr(one, "jaxpr"):
                yield one.jaxpr
