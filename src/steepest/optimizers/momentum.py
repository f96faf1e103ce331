"""Momentum: the step follows an average of the gradients, so zigzags cancel. Chapter 2.2; Polyak (1964).

    textbook     S = beta S + (1 - beta) g        w -= rate S
    tf1, optax   S = beta S + g                   w -= rate S
    torch        S = g at the first step, then S = beta S + (1 - dampening) g; no dampening at beta = 0
    keras        S = beta S - rate g              w += S      (another rule once the rate changes)

The libraries' momentum is the textbook's at the rate times 1 - beta.
"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from .dialects import resolve
from .pieces import accumulated, ewma
from .transformation import Numbers, Rule, Slots, l2_or_decoupled, transformation

__all__ = ["DIALECTS", "momentum"]

# The libraries have momentum as an option of SGD that is off; asked for by name it is on, at the customary
# 0.9. tf1 and Optax require a rate: theirs is ours.
DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": {"learning_rate": 0.01, "beta": 0.9},
    "torch": {"learning_rate": 1e-3, "beta": 0.9, "dampening": 0.0, "weight_decay": 0.0},
    "keras": {"learning_rate": 0.01, "beta": 0.9, "weight_decay": 0.0},
    "tf1": {"learning_rate": 0.01, "beta": 0.9},
    "optax": {"learning_rate": 0.01, "beta": 0.9},
}


def momentum(
    learning_rate: Any = None,
    *,
    beta: Any = None,
    dampening: Any = None,
    weight_decay: Any = None,
    dialect: str = "textbook",
) -> optax.GradientTransformationExtraArgs:
    """Momentum; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`."""
    given = {
        "learning_rate": learning_rate,
        "beta": beta,
        "dampening": dampening,
        "weight_decay": weight_decay,
    }
    numbers = resolve("momentum", DIALECTS, dialect, given)
    return transformation(_RULES[dialect], numbers, slots={"S": 0.0}, decay=l2_or_decoupled(dialect == "keras"))


def _textbook(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
    S = ewma(slots["S"], g, h.beta)
    return -h.rate * S, {"S": S}


def _heavy_ball(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
    S = accumulated(slots["S"], g, h.beta)
    return -h.rate * S, {"S": S}


def _dampened(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
    dampening = jnp.where((h.t == 1) | (h.beta == 0), 0, h.dampening)
    S = accumulated(slots["S"], (1 - dampening) * g, h.beta)
    return -h.rate * S, {"S": S}


def _velocity(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
    S = accumulated(slots["S"], -h.rate * g, h.beta)
    return S, {"S": S}


_RULES: dict[str, Rule] = {
    "textbook": _textbook,
    "torch": _dampened,
    "keras": _velocity,
    "tf1": _heavy_ball,
    "optax": _heavy_ball,
}
