"""Networks of one sample, such as `equinox.nn.MLP`, as networks of batches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import equinox as eqx
import jax

__all__ = ["Batched", "batched"]


class Batched(eqx.Module):
    """A model of one sample, called on all samples of a batch."""

    model: Any

    def __call__(self, x: jax.Array) -> Any:
        """x [B, …] -> outputs [B, …]."""
        return jax.vmap(self.model)(x)


def batched(network: Callable[[Any], Any]) -> Callable[[Any], Batched]:
    """`network`, key -> model of one sample x [...], as key -> model of batches [B, ...].

    steepest.batched(lambda key: eqx.nn.MLP(13, 3, 16, 2, key=key))
    """
    return lambda key: Batched(network(key))
