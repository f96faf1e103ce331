"""AdamW: Adam whose weight decay is decoupled from the gradient. Loshchilov & Hutter (2019).

w = (1 - rate lambda) w, then the step of Adam in the same dialect, on the gradient at the old w
"""

from __future__ import annotations

from typing import Any

import optax

from .adam import adam_transformation
from .dialects import resolve

__all__ = ["DIALECTS", "adamw"]

_PAPER = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0.01}

DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": _PAPER,
    "torch": {**_PAPER, "amsgrad": False},
    "keras": {**_PAPER, "epsilon": 1e-7, "weight_decay": 0.004, "amsgrad": False},
    "optax": {**_PAPER, "weight_decay": 1e-4, "eps_root": 0.0},  # Optax requires a rate: the paper's
}


def adamw(
    learning_rate: Any = None,
    *,
    beta1: Any = None,
    beta2: Any = None,
    epsilon: Any = None,
    weight_decay: Any = None,
    amsgrad: bool | None = None,
    eps_root: Any = None,
    dialect: str = "textbook",
) -> optax.GradientTransformationExtraArgs:
    """AdamW; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`."""
    given = {
        "learning_rate": learning_rate,
        "beta1": beta1,
        "beta2": beta2,
        "epsilon": epsilon,
        "weight_decay": weight_decay,
        "amsgrad": amsgrad,
        "eps_root": eps_root,
    }
    return adam_transformation(resolve("adamw", DIALECTS, dialect, given), dialect, "decoupled")
