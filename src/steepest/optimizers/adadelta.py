"""Adadelta: Adagrad with a memory that fades, in the units of the weights. Zeiler (2012).

    s = beta s + (1 - beta) g^2
    d = sqrt(u + epsilon) / sqrt(s + epsilon) g
    u = beta u + (1 - beta) d^2
    w -= rate d

The same in every library, but for weight decay: decoupled in Keras, an L2 term in PyTorch and Optax.
"""

from __future__ import annotations

from typing import Any

import optax
from jax import Array

from .dialects import resolve
from .pieces import ewma, root_inside
from .transformation import Numbers, Slots, l2_or_decoupled, transformation

__all__ = ["DIALECTS", "adadelta"]

DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": {"learning_rate": 1.0, "beta": 0.95, "epsilon": 1e-6},
    "torch": {"learning_rate": 1.0, "beta": 0.9, "epsilon": 1e-6, "weight_decay": 0.0},
    "keras": {"learning_rate": 1e-3, "beta": 0.95, "epsilon": 1e-7, "weight_decay": 0.0},
    "tf1": {"learning_rate": 1e-3, "beta": 0.95, "epsilon": 1e-8},
    # Optax's own default, None, neither scales nor flips the sign, and walks uphill; Zeiler's rate is 1.
    "optax": {"learning_rate": 1.0, "beta": 0.9, "epsilon": 1e-6, "weight_decay": 0.0},
}


def adadelta(
    learning_rate: Any = None,
    *,
    beta: Any = None,
    epsilon: Any = None,
    weight_decay: Any = None,
    dialect: str = "textbook",
) -> optax.GradientTransformationExtraArgs:
    """Adadelta; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`."""
    given = {"learning_rate": learning_rate, "beta": beta, "epsilon": epsilon, "weight_decay": weight_decay}
    numbers = resolve("adadelta", DIALECTS, dialect, given)
    return transformation(_rule, numbers, slots={"s": 0.0, "u": 0.0}, decay=l2_or_decoupled(dialect == "keras"))


def _rule(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
    s = ewma(slots["s"], g * g, h.beta)
    d = root_inside(slots["u"], h.epsilon) / root_inside(s, h.epsilon) * g
    u = ewma(slots["u"], d * d, h.beta)
    return -h.rate * d, {"s": s, "u": u}
