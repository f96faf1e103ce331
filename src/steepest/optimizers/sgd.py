"""Gradient descent: w -= rate g. Chapter 2.2; Cauchy (1847), Robbins & Monro (1951) on mini-batches.

Weight decay is the same as an L2 term and decoupled: w -= rate (g + lambda w).
"""

from __future__ import annotations

from typing import Any

import optax
from jax import Array

from .dialects import resolve
from .transformation import Numbers, Slots, transformation

__all__ = ["DIALECTS", "sgd"]

DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": {"learning_rate": 0.01},
    "torch": {"learning_rate": 1e-3, "weight_decay": 0.0},
    "keras": {"learning_rate": 0.01, "weight_decay": 0.0},
    "tf1": {"learning_rate": 0.01},  # the library requires a rate: this one is ours
    "optax": {"learning_rate": 0.01},  # likewise
}


def sgd(
    learning_rate: Any = None, *, weight_decay: Any = None, dialect: str = "textbook"
) -> optax.GradientTransformationExtraArgs:
    """Gradient descent; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`."""
    given = {"learning_rate": learning_rate, "weight_decay": weight_decay}
    return transformation(_rule, resolve("sgd", DIALECTS, dialect, given), decay="l2")


def _rule(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
    return -h.rate * g, {}
