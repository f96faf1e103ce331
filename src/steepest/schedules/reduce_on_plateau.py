"""Reduce on plateau: multiply the rate by `factor` when the validation loss has not improved for `patience`
epochs.

A loss improves on the best so far when it is below best·(1 − threshold). After a reduction `cooldown`
epochs pass before bad epochs are counted again. The whole factor never falls below `minimum`. A loss that
is not a number is no improvement. Unlike the other schedules this one has a state, fed once an epoch:

    state = plateau.init();  state = plateau.update(state, validation_loss);  rate·plateau.factor(state)

Source: PyTorch's ReduceLROnPlateau (mode min, threshold relative), here pure and with every number traced.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import jax.numpy as jnp
from jax import Array

from .clock import Number

__all__ = ["PlateauState", "ReduceOnPlateau", "reduce_on_plateau"]


class PlateauState(NamedTuple):
    """What is remembered between two epochs; scalars."""

    best: Array  # the best loss so far
    bad: Array  # epochs since it improved
    rest: Array  # epochs of cooldown left
    scale: Array  # the product of all reductions


class ReduceOnPlateau(NamedTuple):
    """Three pure functions, safe under jit and vmap."""

    init: Callable[[], PlateauState]
    update: Callable[[PlateauState, Number], PlateauState]
    factor: Callable[[PlateauState], Array]


def reduce_on_plateau(
    *,
    factor: Number = 0.1,
    patience: Number = 10.0,
    threshold: Number = 1e-4,
    cooldown: Number = 0.0,
    minimum: Number = 0.0,
) -> ReduceOnPlateau:
    """The rate falls in the epoch after `patience` bad ones; `minimum` is a fraction of the first rate."""

    def init() -> PlateauState:
        zero = jnp.zeros(())
        return PlateauState(best=jnp.full((), jnp.inf), bad=zero, rest=zero, scale=jnp.ones(()))

    def update(state: PlateauState, value: Number) -> PlateauState:
        loss = jnp.asarray(value, state.best.dtype)
        better = loss < jnp.where(jnp.isinf(state.best), state.best, state.best * (1 - threshold))
        resting = state.rest > 0
        bad = jnp.where(better | resting, 0, state.bad + 1)
        reduce = bad > patience
        return PlateauState(
            best=jnp.where(better, loss, state.best),
            bad=jnp.where(reduce, 0, bad),
            rest=jnp.where(reduce, cooldown, jnp.maximum(state.rest - 1, 0)).astype(state.rest.dtype),
            scale=jnp.where(reduce, jnp.maximum(state.scale * factor, minimum), state.scale),
        )

    return ReduceOnPlateau(init, update, lambda state: state.scale)
