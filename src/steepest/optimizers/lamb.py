"""LAMB: Adam's step made as long, tensor by tensor, as the tensor itself. You et al. (2020).

    u = m^ / (sqrt(s^) + epsilon)
    textbook, optax   u = u + lambda w,              w -= rate |w|/|u| u
    keras             w = (1 - rate lambda) w,       w -= rate |w|/|u| u

m^ and s^ are Adam's; the ratio is 1 when either norm is 0.
"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from .dialects import resolve
from .pieces import corrected, ewma, root_outside
from .transformation import Numbers, Slots, transformation

__all__ = ["DIALECTS", "lamb"]

_PAPER = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-6, "weight_decay": 0.0}

DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": _PAPER,
    "keras": {**_PAPER, "epsilon": 1e-7},
    "optax": {**_PAPER, "eps_root": 0.0},  # Optax requires a rate: this one is ours
}


def lamb(
    learning_rate: Any = None,
    *,
    beta1: Any = None,
    beta2: Any = None,
    epsilon: Any = None,
    weight_decay: Any = None,
    eps_root: Any = None,
    dialect: str = "textbook",
) -> optax.GradientTransformationExtraArgs:
    """LAMB; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`."""
    given = {
        "learning_rate": learning_rate,
        "beta1": beta1,
        "beta2": beta2,
        "epsilon": epsilon,
        "weight_decay": weight_decay,
        "eps_root": eps_root,
    }
    numbers = resolve("lamb", DIALECTS, dialect, given)
    decoupled = dialect == "keras"

    def rule(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
        m = ewma(slots["m"], g, h.beta1)
        s = ewma(slots["s"], g * g, h.beta2)
        s_hat = corrected(s, h.beta2, h.t)
        s_hat = s_hat + h.eps_root if dialect == "optax" else s_hat
        u = corrected(m, h.beta1, h.t) / root_outside(s_hat, h.epsilon)
        u = u if decoupled else u + h.weight_decay * w
        return -h.rate * trust_ratio(w, u) * u, {"m": m, "s": s}

    return transformation(
        rule,
        numbers,
        slots={"m": 0.0, "s": 0.0},
        decay="decoupled" if decoupled else None,
        needs_params=True,
    )


def trust_ratio(w: Array, u: Array) -> Array:
    """|w|/|u| over the whole tensor, 1 where either is zero."""
    size, step = jnp.sqrt(jnp.sum(w * w)), jnp.sqrt(jnp.sum(u * u))
    usable = (size > 0) & (step > 0)
    return jnp.where(usable, size / jnp.where(usable, step, 1), 1)
