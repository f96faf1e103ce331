"""Use a trained network: its kept parameters put back into the workload's network, its scaling on the inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadValue
from ..data import scaling
from ..data.arrays import check_finite, in_order, numeric
from .results import Run
from .rules import named_arrays

__all__ = ["outputs", "predictor", "probabilities"]


def _network(run: Run) -> Any:
    """The run's trained network."""
    kept = run.race.model(run.id)
    model = run.race.workload.network(jax.random.key(0))
    parameters, static = eqx.partition(model, eqx.is_inexact_array)
    shapes = {name: leaf.shape for name, leaf in named_arrays(parameters).items()}
    if shapes != {name: leaf.shape for name, leaf in kept.items()}:
        raise BadValue(f"{run.race.workload.id!r} is not what was raced: its network has other parameters")
    leaves = [jnp.asarray(kept[name]) for name in shapes]
    return eqx.combine(jax.tree.unflatten(jax.tree.structure(parameters), leaves), static)


def predictor(run: Run) -> Callable[[Any], NDArray[np.float32]]:
    """The network as a function: inputs x [n, ...] as the data set has them -> outputs [n, ...].

    Of a frame the columns are taken by name, where the race was on a frame. The function raises `BadValue` for inputs
    of another shape, and for what is not finite.
    """
    workload = run.race.workload
    train = workload.data().train
    shape, (shift, scale) = train.x.shape[1:], scaling.fit(workload.scaling, train.x)
    network = _network(run)

    def predict(x: Any) -> NDArray[np.float32]:
        x = numeric(in_order(x, train.columns), "x")
        if x.shape == shape:
            raise BadValue(f"x is one row, of shape {list(shape)}; give x[None]")
        if x.shape[1:] != shape:
            raise BadValue(f"{workload.id} reads inputs of shape {shape}, got {x.shape[1:]}")
        check_finite(x, "x", train.columns)
        if len(x) == 0:  # a network need not take a batch of none
            return predict(np.zeros((1, *shape), x.dtype))[:0]
        return np.asarray(network((jnp.asarray(x, jnp.float32) - shift) * scale))

    return predict


def outputs(run: Run, x: Any) -> NDArray[np.float32]:
    """The network's outputs [n, ...] for inputs x [n, ...] as the data set has them; raises `BadValue`."""
    return predictor(run)(x)


def probabilities(logits: NDArray[np.floating]) -> NDArray[np.floating]:
    """Class probabilities [n, classes] of logits [n, classes], or [n, 2] of one logit [n, 1]."""
    if logits.shape[-1] == 1:
        logits = np.concatenate([np.zeros_like(logits), logits], axis=-1)
    e = np.exp(logits - logits.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)
