"""RAdam: Adam that waits until the average of squares has seen enough to be trusted. Liu et al. (2020).

    rho_inf = 2/(1 - beta2) - 1,   rho = rho_inf - 2 t beta2^t/(1 - beta2^t)
    r = sqrt((rho - 4)(rho - 2) rho_inf / ((rho_inf - 4)(rho_inf - 2) rho))
    not rectified            w -= rate m^
    rectified when           rho > 4 (textbook, the paper), > 5 (torch), >= threshold (optax, 5)
    textbook, optax          w -= rate r m^ / (sqrt(s^) + epsilon)
    torch                    w -= rate r m^ sqrt(1 - beta2^t) / (sqrt(s) + epsilon)

m^, s and s^ are Adam's; with beta2 <= 2/3 (paper: 3/5) it never rectifies.
"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from .dialects import resolve
from .pieces import corrected, ewma, nesterov_mean, root_outside
from .transformation import Numbers, Slots, l2_or_decoupled, transformation

__all__ = ["DIALECTS", "radam"]

_PAPER = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}

DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": _PAPER,
    "torch": {**_PAPER, "weight_decay": 0.0, "decoupled_weight_decay": False},
    "optax": {**_PAPER, "eps_root": 0.0, "threshold": 5.0, "nesterov": False},  # Optax requires a rate
}


def radam(
    learning_rate: Any = None,
    *,
    beta1: Any = None,
    beta2: Any = None,
    epsilon: Any = None,
    weight_decay: Any = None,
    decoupled_weight_decay: bool | None = None,
    nesterov: bool | None = None,
    eps_root: Any = None,
    threshold: Any = None,
    dialect: str = "textbook",
) -> optax.GradientTransformationExtraArgs:
    """RAdam; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`."""
    given = {
        "learning_rate": learning_rate,
        "beta1": beta1,
        "beta2": beta2,
        "epsilon": epsilon,
        "weight_decay": weight_decay,
        "decoupled_weight_decay": decoupled_weight_decay,
        "nesterov": nesterov,
        "eps_root": eps_root,
        "threshold": threshold,
    }
    numbers = resolve("radam", DIALECTS, dialect, given)

    def rectified(rho: Array, h: Numbers) -> Array:
        if dialect == "optax":
            return rho >= h.threshold
        return rho > (5 if dialect == "torch" else 4)

    def root(s: Array, h: Numbers) -> Array:
        if dialect == "torch":
            return root_outside(s, h.epsilon) / jnp.sqrt(1 - h.beta2**h.t)
        s_hat = corrected(s, h.beta2, h.t)
        return root_outside(s_hat + h.eps_root if dialect == "optax" else s_hat, h.epsilon)

    def rule(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
        m = ewma(slots["m"], g, h.beta1)
        s = ewma(slots["s"], g * g, h.beta2)
        m_hat = nesterov_mean(m, g, h.beta1, h.t) if numbers.get("nesterov") else corrected(m, h.beta1, h.t)
        rho_inf = 2 / (1 - h.beta2) - 1
        rho = rho_inf - 2 * h.t * h.beta2**h.t / (1 - h.beta2**h.t)
        trusted = rectified(rho, h)
        squared = (rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho)
        r = jnp.sqrt(jnp.where(trusted, squared, 1))
        return -h.rate * jnp.where(trusted, r * m_hat / root(s, h), m_hat), {"m": m, "s": s}

    decay = l2_or_decoupled(bool(numbers.get("decoupled_weight_decay", False)))
    return transformation(rule, numbers, slots={"m": 0.0, "s": 0.0}, decay=decay)
