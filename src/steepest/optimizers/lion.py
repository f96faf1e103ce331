"""Lion: the sign of an interpolated momentum, so every weight moves by the rate. Chen et al. (2023).

    w -= rate sign(beta1 m + (1 - beta1) g), then m = beta2 m + (1 - beta2) g

The same in every library; weight decay is decoupled in all.
"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from .dialects import resolve
from .pieces import ewma
from .transformation import Numbers, Slots, transformation

__all__ = ["DIALECTS", "lion"]

DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": {"learning_rate": 1e-4, "beta1": 0.9, "beta2": 0.99, "weight_decay": 0.0},
    "keras": {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.99, "weight_decay": 0.0},
    # Optax requires a rate: the paper's
    "optax": {"learning_rate": 1e-4, "beta1": 0.9, "beta2": 0.99, "weight_decay": 1e-3},
}


def lion(
    learning_rate: Any = None,
    *,
    beta1: Any = None,
    beta2: Any = None,
    weight_decay: Any = None,
    dialect: str = "textbook",
) -> optax.GradientTransformationExtraArgs:
    """Lion; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`."""
    given = {"learning_rate": learning_rate, "beta1": beta1, "beta2": beta2, "weight_decay": weight_decay}
    positive = ("beta1",) if dialect == "keras" else ()
    numbers = resolve("lion", DIALECTS, dialect, given, positive=positive)
    return transformation(_rule, numbers, slots={"m": 0.0}, decay="decoupled")


def _rule(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
    direction = jnp.sign(ewma(slots["m"], g, h.beta1))
    return -h.rate * direction, {"m": ewma(slots["m"], g, h.beta2)}
