"""RMSProp: the gradient over the root of the average of its squares. Chapter 2.2; Hinton's lecture 6e (2012).

    s = beta s + (1 - beta) g^2, and when centered a = beta a + (1 - beta) g, s - a^2 in place of s below
    textbook, keras, optax   d = g / sqrt(s + epsilon)
    torch                    d = g / (sqrt(s) + epsilon)      (optax too with eps_in_sqrt=False)
    tf1                      d = g / sqrt(s + epsilon), with s = 1 at the start

    torch                    B = momentum B + d,        w -= rate B
    tf1, keras, optax        B = momentum B + rate d,   w -= B    (optax nesterov: w -= rate d + momentum B)

With momentum 0 the last two lines are w -= rate d; the textbook has no other.
"""

from __future__ import annotations

from typing import Any

import optax
from jax import Array

from .dialects import resolve
from .pieces import accumulated, corrected, ewma, root_inside, root_outside
from .transformation import Numbers, Slots, l2_or_decoupled, transformation

__all__ = ["DIALECTS", "rmsprop"]

# tf1 and Optax require a rate: 1e-3 is ours, Keras's default.
DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": {"learning_rate": 1e-3, "beta": 0.9, "epsilon": 1e-8},
    "torch": {
        "learning_rate": 0.01,
        "beta": 0.99,
        "epsilon": 1e-8,
        "weight_decay": 0.0,
        "momentum": 0.0,
        "centered": False,
    },
    "keras": {
        "learning_rate": 1e-3,
        "beta": 0.9,
        "epsilon": 1e-7,
        "weight_decay": 0.0,
        "momentum": 0.0,
        "centered": False,
    },
    "tf1": {"learning_rate": 1e-3, "beta": 0.9, "epsilon": 1e-10, "momentum": 0.0, "centered": False},
    "optax": {
        "learning_rate": 1e-3,
        "beta": 0.9,
        "epsilon": 1e-8,
        "momentum": 0.0,
        "centered": False,
        "nesterov": False,
        "eps_in_sqrt": True,
        "initial_scale": 0.0,
        "bias_correction": False,
    },
}


def rmsprop(
    learning_rate: Any = None,
    *,
    beta: Any = None,
    epsilon: Any = None,
    weight_decay: Any = None,
    momentum: Any = None,
    centered: bool | None = None,
    nesterov: bool | None = None,
    eps_in_sqrt: bool | None = None,
    initial_scale: Any = None,
    bias_correction: bool | None = None,
    dialect: str = "textbook",
) -> optax.GradientTransformationExtraArgs:
    """RMSProp; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`."""
    given = {
        "learning_rate": learning_rate,
        "beta": beta,
        "epsilon": epsilon,
        "weight_decay": weight_decay,
        "momentum": momentum,
        "centered": centered,
        "nesterov": nesterov,
        "eps_in_sqrt": eps_in_sqrt,
        "initial_scale": initial_scale,
        "bias_correction": bias_correction,
    }
    numbers = resolve("rmsprop", DIALECTS, dialect, given)
    root = root_inside if numbers.get("eps_in_sqrt", dialect != "torch") else root_outside
    is_centered, is_corrected = numbers.get("centered", False), numbers.get("bias_correction", False)

    def average(slots: Slots, name: str, value: Array, h: Numbers) -> tuple[Array, Array]:
        """The average as kept, and as used."""
        kept = ewma(slots[name], value, h.beta)
        return kept, corrected(kept, h.beta, h.t) if is_corrected else kept

    def direction(g: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
        s, variance = average(slots, "s", g * g, h)
        if not is_centered:
            return g / root(variance, h.epsilon), {"s": s}
        a, mean = average(slots, "a", g, h)
        return g / root(variance - mean * mean, h.epsilon), {"s": s, "a": a}

    def rule(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
        d, after = direction(g, slots, h)
        if dialect == "textbook":
            return -h.rate * d, after
        if dialect == "torch":
            B = accumulated(slots["B"], d, h.momentum)
            return -h.rate * B, {**after, "B": B}
        B = accumulated(slots["B"], h.rate * d, h.momentum)
        step = accumulated(B, h.rate * d, h.momentum) if numbers.get("nesterov") else B
        return -step, {**after, "B": B}

    slots = {"s": 1.0 if dialect == "tf1" else numbers.get("initial_scale", 0.0)}
    slots |= {"a": 0.0} if is_centered else {}
    slots |= {"B": 0.0} if dialect != "textbook" else {}
    return transformation(rule, numbers, slots=slots, decay=l2_or_decoupled(dialect == "keras"))
