"""AdaMax: Adam with the greatest gradient, fading, in place of the root. Kingma & Ba (2015), section 7.1.

    textbook, torch, optax   u = max(beta2 u, |g| + epsilon)     w -= rate/(1 - beta1^t) m/u
    keras                    u = max(beta2 u, |g|)               w -= rate/(1 - beta1^t) m/(u + epsilon)

The paper has no epsilon, and divides zero by zero on a weight whose gradient has been zero so far.
"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from .dialects import resolve
from .pieces import corrected, ewma
from .transformation import Numbers, Slots, l2_or_decoupled, transformation

__all__ = ["DIALECTS", "adamax"]

_PAPER = {"learning_rate": 2e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}

DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": _PAPER,
    "torch": {**_PAPER, "weight_decay": 0.0},
    "keras": {**_PAPER, "learning_rate": 1e-3, "epsilon": 1e-7, "weight_decay": 0.0},
    "optax": _PAPER,  # Optax requires a rate: the paper's
}


def adamax(
    learning_rate: Any = None,
    *,
    beta1: Any = None,
    beta2: Any = None,
    epsilon: Any = None,
    weight_decay: Any = None,
    dialect: str = "textbook",
) -> optax.GradientTransformationExtraArgs:
    """AdaMax; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`."""
    given = {
        "learning_rate": learning_rate,
        "beta1": beta1,
        "beta2": beta2,
        "epsilon": epsilon,
        "weight_decay": weight_decay,
    }
    numbers = resolve("adamax", DIALECTS, dialect, given)

    def rule(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
        m = ewma(slots["m"], g, h.beta1)
        if dialect == "keras":
            u = jnp.maximum(h.beta2 * slots["u"], jnp.abs(g))
            return -h.rate * corrected(m, h.beta1, h.t) / (u + h.epsilon), {"m": m, "u": u}
        u = jnp.maximum(h.beta2 * slots["u"], jnp.abs(g) + h.epsilon)
        return -h.rate * corrected(m, h.beta1, h.t) / u, {"m": m, "u": u}

    return transformation(rule, numbers, slots={"m": 0.0, "u": 0.0}, decay=l2_or_decoupled(dialect == "keras"))
