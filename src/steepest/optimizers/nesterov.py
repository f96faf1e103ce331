"""Nesterov's momentum: the step looks one step ahead along the average. Nesterov (1983).

    torch, tf1, optax   S = beta S + g                 w -= rate (g + beta S)
    keras               S = beta S - rate g            w += beta S - rate g
    textbook            S = beta S + (1 - beta) g      w -= rate ((1 - beta) g + beta S)

The chapter has no formula of its own; `textbook` applies the look-ahead to its momentum, which is an average,
so it is the libraries' rule at the rate times 1 - beta.
"""

from __future__ import annotations

from typing import Any

import optax
from jax import Array

from .dialects import resolve
from .pieces import accumulated, ewma
from .transformation import Numbers, Rule, Slots, l2_or_decoupled, transformation

__all__ = ["DIALECTS", "nesterov"]

# As for momentum: the libraries' beta is off by default, here 0.9; tf1 and Optax require a rate, theirs is
# ours.
DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": {"learning_rate": 0.01, "beta": 0.9},
    "torch": {"learning_rate": 1e-3, "beta": 0.9, "weight_decay": 0.0},
    "keras": {"learning_rate": 0.01, "beta": 0.9, "weight_decay": 0.0},
    "tf1": {"learning_rate": 0.01, "beta": 0.9},
    "optax": {"learning_rate": 0.01, "beta": 0.9},
}


def nesterov(
    learning_rate: Any = None, *, beta: Any = None, weight_decay: Any = None, dialect: str = "textbook"
) -> optax.GradientTransformationExtraArgs:
    """Nesterov; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`."""
    given = {"learning_rate": learning_rate, "beta": beta, "weight_decay": weight_decay}
    numbers = resolve("nesterov", DIALECTS, dialect, given)
    rule: Rule = {"textbook": _textbook, "keras": _velocity}.get(dialect, _look_ahead)
    return transformation(rule, numbers, slots={"S": 0.0}, decay=l2_or_decoupled(dialect == "keras"))


def _textbook(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
    S = ewma(slots["S"], g, h.beta)
    return -h.rate * ewma(S, g, h.beta), {"S": S}


def _look_ahead(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
    S = accumulated(slots["S"], g, h.beta)
    return -h.rate * accumulated(S, g, h.beta), {"S": S}


def _velocity(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
    S = accumulated(slots["S"], -h.rate * g, h.beta)
    return accumulated(S, -h.rate * g, h.beta), {"S": S}
