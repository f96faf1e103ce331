"""Adagrad: each weight's rate falls with the squares it has seen. Duchi, Hazan & Singer (2011).

s = s + g^2, from s = initial_accumulator
textbook, keras, optax   w -= rate g / sqrt(s + epsilon)
torch                    w -= rate / (1 + (t-1) lr_decay)  g / (sqrt(s) + epsilon)
tf1                      w -= rate g / sqrt(s)
"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from .dialects import resolve
from .pieces import root_inside, root_outside
from .transformation import Numbers, Slots, l2_or_decoupled, transformation

__all__ = ["DIALECTS", "adagrad"]

# tf1 and Optax require a rate: 0.01 is ours.
DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": {"learning_rate": 0.01, "epsilon": 1e-8, "initial_accumulator": 0.0},
    "torch": {
        "learning_rate": 0.01,
        "epsilon": 1e-10,
        "weight_decay": 0.0,
        "initial_accumulator": 0.0,
        "lr_decay": 0.0,
    },
    "keras": {"learning_rate": 1e-3, "epsilon": 1e-7, "weight_decay": 0.0, "initial_accumulator": 0.1},
    "tf1": {"learning_rate": 0.01, "initial_accumulator": 0.1},
    "optax": {"learning_rate": 0.01, "epsilon": 1e-7, "initial_accumulator": 0.1},
}


def adagrad(
    learning_rate: Any = None,
    *,
    epsilon: Any = None,
    weight_decay: Any = None,
    initial_accumulator: Any = None,
    lr_decay: Any = None,
    dialect: str = "textbook",
) -> optax.GradientTransformationExtraArgs:
    """Adagrad; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`.

    The tf1 dialect has no epsilon, so its `initial_accumulator` must be above zero.
    """
    given = {
        "learning_rate": learning_rate,
        "epsilon": epsilon,
        "weight_decay": weight_decay,
        "initial_accumulator": initial_accumulator,
        "lr_decay": lr_decay,
    }
    positive = ("initial_accumulator",) if dialect == "tf1" else ()
    numbers = resolve("adagrad", DIALECTS, dialect, given, positive=positive)

    def rule(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
        s = slots["s"] + g * g
        if dialect == "tf1":
            return -h.rate * g / jnp.sqrt(s), {"s": s}
        if dialect == "torch":
            rate = h.rate / (1 + (h.t - 1) * h.lr_decay)
            return -rate * g / root_outside(s, h.epsilon), {"s": s}
        return -h.rate * g / root_inside(s, h.epsilon), {"s": s}

    return transformation(
        rule, numbers, slots={"s": numbers["initial_accumulator"]}, decay=l2_or_decoupled(dialect == "keras")
    )
