"""What the engine is handed: the pure functions of one run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp

from .work import abstract_key

__all__ = ["WHOLE", "Numbers", "Rules", "Share"]

Numbers = Mapping[str, jax.Array]  # hyper-parameter name -> scalar
State = Any  # a pytree of arrays: parameters, optimizer state, whatever a run carries from step to step


@dataclass(frozen=True)
class Share:
    """What a device has of every batch: one of `parts`; `total` adds a tree of arrays up over all of them."""

    parts: int
    total: Callable[[Any], Any]


WHOLE = Share(1, lambda tree: tree)


@dataclass(frozen=True)
class Rules:
    """One run's life, written for one run and one batch; the engine vectorises it.

    init(key, numbers) -> state
    step(state, numbers, batch, step, key, share) -> (state, loss)
        batch = (x [B, ...], y [B, ...], weight [B], samples), weight 0 where a short batch is padded; loss is a
        scalar; with `share` the batch is a part, `samples` and what is returned are those of the whole batch
    evaluate(state, x [B, ...], y [B, ...]) -> (name -> per-sample values [B], "loss" among them; outputs, a pytree of
        [B, ...] that `whole` asks for, or ())
    whole(outputs [N, ...], y [N, ...]) -> name -> a number, from all samples of a split; None when nothing is
    observe(state, numbers, validation_loss) -> state, when an epoch has ended; None when nothing listens
    model(state) -> name -> array: what is kept when the run has ended
    """

    init: Callable[[jax.Array, Numbers], State]
    step: Callable[..., tuple[State, jax.Array]]
    evaluate: Callable[..., tuple[Mapping[str, jax.Array], Any]]
    model: Callable[[State], Mapping[str, jax.Array]]
    observe: Callable[[State, Numbers, jax.Array], State] | None = None
    whole: Callable[..., Mapping[str, jax.Array]] | None = None

    def state_bytes(self, names: Iterable[str]) -> int:
        """Bytes of one run's state, whose numbers have these `names`; nothing is computed."""
        numbers = {name: jax.ShapeDtypeStruct((), jnp.float32) for name in names}
        leaves = jax.tree.leaves(jax.eval_shape(self.init, abstract_key(), numbers))
        return sum(leaf.size * leaf.dtype.itemsize for leaf in leaves)
