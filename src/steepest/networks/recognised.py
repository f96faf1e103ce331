"""Which networks are our multi-layer perceptron, however they are written: so that a recipe can write them out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import equinox as eqx
import jax

from ..nn.initialisers import INITIALISERS
from .mlp import Mlp, mlp

__all__ = ["as_mlp"]


def as_mlp(network: Callable[[Any], Any]) -> partial[Mlp] | None:
    """`partial(mlp, sizes=…, activation=…, init=…)` that makes the same models as `network`; None where none does."""
    if isinstance(network, partial) and network.func is mlp and "sizes" in network.keywords:
        return network
    key = jax.random.key(0)
    model = network(key)
    if type(model) is not Mlp:
        return None
    sizes = (model.layers[0].weight.shape[0], *(layer.weight.shape[1] for layer in model.layers))
    for init in INITIALISERS:
        same = partial(mlp, sizes=sizes, activation=model.activation, init=init)
        if eqx.tree_equal(same(key), model):
            return same
    return None
