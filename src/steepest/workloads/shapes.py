"""What a workload's functions give, on shapes alone: outputs [B, …] of a batch, one number a sample, one of a split.

A loss that is not [B] would be broadcast, and every number of its race be wrong without a word. Nothing is computed.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from ..core.errors import BadValue, SteepestError
from ..nn.metric import Metric
from .workload import Workload

__all__ = ["check_metric", "check_values", "output_shapes", "raised"]

CALLED = "a network is called on batches, model(x), and with dropout also model(x, key=…, keep_prob=…)"


def raised(what: str, function: Callable[..., Any], *given: Any, advice: str = "") -> Any:
    """`function(*given)`; an error in it becomes one line that says in `what`."""
    try:
        return function(*given)
    except SteepestError:
        raise
    except Exception as error:
        first = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
        told = f"{what} raised {type(error).__name__}: {first}"
        raise BadValue(f"{told}; {advice}" if advice else told) from error


def _abstract(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *given: eqx.filter_eval_shape(function, *given)


def _is_array(value: Any) -> bool:
    return hasattr(value, "shape") and hasattr(value, "dtype")


def _is_real(value: Any) -> bool:
    return value.dtype == bool or not jnp.issubdtype(value.dtype, jnp.complexfloating)


def _text(value: Any, batch: int) -> str:
    """`[B, 3]`, or what it is instead of an array."""
    if not _is_array(value):
        return f"a {type(value).__name__}"
    return "[" + ", ".join("B" if n == batch else str(n) for n in value.shape) + "]"


def output_shapes(workload: Workload, x: Any) -> Any:
    """What the network makes of a batch of the shape `x`. Raises `BadValue`."""
    what, batch = f"the network of {workload.id!r}", x.shape[0]
    key = jax.eval_shape(lambda: jax.random.key(0))
    model = raised(what, _abstract(workload.network), key, advice="it is a function: key -> model")
    if not callable(model):
        raise BadValue(f"{what} makes a {type(model).__name__}, which cannot be called on inputs")
    if not any(_is_array(leaf) and jnp.issubdtype(leaf.dtype, jnp.inexact) for leaf in jax.tree.leaves(model)):
        raise BadValue(f"{what} has no parameters to learn")
    call = _abstract(lambda model, x: model(x))

    def fits(outputs: Any) -> bool:
        leaves = jax.tree.leaves(outputs)
        return bool(leaves) and all(_is_array(leaf) and leaf.shape[:1] == (batch,) for leaf in leaves)

    try:
        outputs: Any = call(model, x)
    except Exception:
        outputs = None
    if fits(outputs):
        if "keep_prob" in inspect.signature(model).parameters:
            drop = _abstract(lambda model, x, key, keep_prob: model(x, key=key, keep_prob=keep_prob))
            raised(f"{what}, with dropout,", drop, model, x, key, jnp.float32(0.5), advice=CALLED)
        return outputs
    one = jax.ShapeDtypeStruct(x.shape[1:], x.dtype)
    try:
        single = _is_array(call(model, one))
    except Exception:
        single = False
    if single:
        raise BadValue(f"{what} takes one sample, {_text(one, batch)}; give it batches: network=steepest.batched(…)")
    outputs = raised(what, call, model, x, advice=CALLED)
    raise BadValue(f"{what} makes {_text(outputs, batch)} of inputs {_text(x, batch)}; {CALLED}")


def check_values(workload: Workload, what: str, function: Callable[..., Any], outputs: Any, y: Any) -> None:
    """Raise `BadValue` unless `function`, the loss or a metric, gives one real number a sample."""
    of, batch = f"the {what} of {workload.id!r}", y.shape[0]
    values = raised(of, _abstract(function), outputs, y)
    if not _is_array(values) or values.shape != (batch,):
        told = f"{of} gives {_text(values, batch)} from outputs {_text(outputs, batch)} and y {_text(y, batch)}"
        raise BadValue(f"{told}; it must be one number a sample, [B]: {_advice(what, values, batch)}")
    if not (jnp.issubdtype(values.dtype, jnp.floating) or (what != "loss" and _is_real(values))):
        raise BadValue(f"{of} gives {values.dtype}; give real floating numbers")


def _advice(what: str, values: Any, batch: int) -> str:
    shape = getattr(values, "shape", None)
    if shape == ():
        whole = "" if what == "loss" else ", or if it is of all samples at once, say steepest.metrics.whole(…)"
        return f"leave the mean over samples out{whole}"
    if shape == (batch, 1):
        return "take [:, 0] of it"
    if shape == (batch, batch):
        return "samples were paired with each other; give outputs and y one shape, as with outputs[:, 0]"
    return "take the mean over all axes but the first" if shape else "give an array"


def check_metric(workload: Workload, name: str, metric: Metric, outputs: Any, y: Any) -> None:
    """Raise `BadValue` unless a metric gives one real number a sample, or one for a whole split."""
    what = f"metric {name!r}"
    of = f"the {what} of {workload.id!r}"
    if metric.whole:
        value = raised(
            of, _abstract(lambda *given: jnp.asarray(metric.of(*given))), outputs, y, advice="write it with jax.numpy"
        )
        if value.shape != () or not _is_real(value):
            raise BadValue(f"{of} gives {_text(value, y.shape[0])}; it must be one real number for a whole split")
        return
    check_values(workload, what, metric.of, outputs, y)
    finish = metric.finish
    if finish is not None:
        finished = raised(f"finish in {of}", lambda: np.asarray(finish(np.array([0.5, 0.25]))))
        if finished.shape != (2,):
            raise BadValue(f"finish in {of} must go element by element; of two means it makes {finished.tolist()}")
