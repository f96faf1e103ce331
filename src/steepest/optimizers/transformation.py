"""From a rule on one tensor to an `optax.GradientTransformation` on a tree; nothing else knows of trees.

A *rule* is `rule(g, w, slots, h) -> (update, slots)` on one tensor: gradient `g`, parameters `w`, its slots
by name and the numbers `h`: the hyper-parameters by name, `h.rate`, and `h.t`, the number of the step from 1. The
update is to be *added* to the parameters, as in Optax. What every optimiser shares lives here:

- schedules: a callable `learning_rate` is asked for the rate with the count of the steps done, from 0;
- types: a rule works in the tensor's own type, but in float32 on what is narrower, where 0.999 would be 1; its update
  has the gradient's type. Slots are as wide as the work: Optax keeps them in the parameters' type, but in bfloat16,
  of 8 bits, s = 0.999 s + 0.001 g^2 stands still as soon as g^2 is below about 3 s, and never forgets;
- extra arguments of `update` are accepted and unused, as in Optax;
- weight decay, as an L2 term of the gradient or decoupled from it (Loshchilov & Hutter, 2019);
- the state: its structure depends on the parameters and on the structure of the optimiser, never on a number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, Literal, NamedTuple

import jax
import jax.numpy as jnp
import optax
from jax import Array

from ..core.errors import BadValue

__all__ = ["Decay", "Numbers", "Rule", "Slots", "Start", "State", "l2_or_decoupled", "transformation"]

Numbers = SimpleNamespace
Slots = dict[str, Any]
Rule = Callable[[Array, Any, Slots, Numbers], tuple[Array, Slots]]
Start = Any  # a number that the slot is filled with, or a function of the parameter tensor; None leaves it out
Decay = Literal["l2", "decoupled"]


class State(NamedTuple):
    """An optimiser's state: steps done (int32), per slot a tree like the parameters, scalars of the whole."""

    step: Array
    slots: dict[str, Any]
    shared: dict[str, Array]


def transformation(
    rule: Rule,
    numbers: Mapping[str, Any],
    *,
    slots: Mapping[str, Start] | None = None,
    shared: Mapping[str, Any] | None = None,
    advance: Callable[[dict[str, Array], Numbers], dict[str, Any]] | None = None,
    decay: Decay | None = None,
    needs_params: bool = False,
) -> optax.GradientTransformationExtraArgs:
    """The transformation that applies `rule` to each tensor of a tree.

    `numbers` are the resolved arguments, of which the floats reach the rule; `slots` says how each slot
    starts; `shared` scalars are moved on once a step by `advance` and reach the rule as numbers too. The
    update raises `BadValue` when the rule needs the parameters and they are not passed.
    """
    starts, scalars = dict(slots or {}), dict(shared or {})
    learning_rate = numbers["learning_rate"]
    fixed = {k: v for k, v in numbers.items() if k != "learning_rate" and not isinstance(v, (bool, str, int))}
    decays = decay is not None and not _is_zero(numbers.get("weight_decay", 0.0))
    if decays:
        rule = _DECAYS[decay or "l2"](rule)

    def init(params: Any) -> State:
        leaves, tree = _flattened(params)
        kind = _kind(leaves)
        return State(
            step=jnp.zeros((), jnp.int32),
            slots={name: tree.unflatten([_started(s, leaf) for leaf in leaves]) for name, s in starts.items()},
            shared={name: jnp.asarray(value, kind) for name, value in scalars.items()},
        )

    def update(gradients: Any, state: State, params: Any = None, **unused: Any) -> tuple[Any, State]:
        if params is None and (decays or needs_params):
            raise BadValue("this optimiser needs the parameters: call update(gradients, state, params)")
        leaves, tree = _flattened(gradients)
        weights = leaves if params is None else tree.flatten_up_to(params)
        columns = {name: tree.flatten_up_to(held) for name, held in state.slots.items()}
        rate = learning_rate(state.step) if callable(learning_rate) else learning_rate
        count = state.step + jnp.ones((), state.step.dtype)
        numbers = {**fixed, "rate": rate, "t": count}
        moved = advance(state.shared, _cast(numbers, _kind(leaves))) if advance else {}
        moved = {name: jnp.asarray(value, state.shared[name].dtype) for name, value in moved.items()}
        updates, held = [], []
        for i, (g, w) in enumerate(zip(leaves, weights, strict=True)):
            kind = _kind([g])
            h = _cast({**numbers, **moved}, kind)
            before = {name: column[i] for name, column in columns.items()}
            step, after = rule(g.astype(kind), jnp.asarray(w, kind), before, h)
            updates.append(step.astype(g.dtype))
            held.append(after)
        after = {name: tree.unflatten([one[name] for one in held]) for name in columns}
        return tree.unflatten(updates), State(count, after, moved)

    return optax.GradientTransformationExtraArgs(init, update)


def l2_or_decoupled(decoupled: bool) -> Decay:
    """The kind of decay behind a library's switch."""
    return "decoupled" if decoupled else "l2"


def _flattened(tree: Any) -> tuple[list[Array], Any]:
    leaves, structure = jax.tree.flatten(tree)
    return [jnp.asarray(leaf) for leaf in leaves], structure


def _l2(rule: Rule) -> Rule:
    """The decay is a term of the loss, (lambda/2) |w|^2, so a term of the gradient: g + lambda w."""

    def decayed(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
        return rule(g + h.weight_decay * w, w, slots, h)

    return decayed


def _decoupled(rule: Rule) -> Rule:
    """The weights shrink first, w = (1 - rate lambda) w; the gradient is that at the old w."""

    def decayed(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
        shrinkage = -h.rate * h.weight_decay * w
        step, slots = rule(g, w + shrinkage, slots, h)
        return shrinkage + step, slots

    return decayed


_DECAYS: dict[Decay, Callable[[Rule], Rule]] = {"l2": _l2, "decoupled": _decoupled}


def _is_zero(number: Any) -> bool:
    """Whether `number` is known to be zero before tracing, so that its term can be left out."""
    return isinstance(number, (int, float)) and number == 0


def _kind(leaves: list[Any]) -> Any:
    """The type to work in on `leaves`: theirs, and float32 at least."""
    return jnp.promote_types(jnp.result_type(*leaves), jnp.float32) if leaves else jnp.result_type(float)


def _started(start: Start, leaf: Array) -> Any:
    leaf = leaf.astype(_kind([leaf]))
    return start(leaf) if callable(start) else jnp.full_like(leaf, start)


def _cast(numbers: Mapping[str, Any], kind: Any) -> Numbers:
    return Numbers(**{name: jnp.asarray(value).astype(kind) for name, value in numbers.items()})
