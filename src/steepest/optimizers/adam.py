"""Adam: momentum over RMSProp, both corrected for their start at zero. Chapter 2.2; Kingma & Ba (2015).

    v = beta1 v + (1 - beta1) g         v^ = v / (1 - beta1^t)
    s = beta2 s + (1 - beta2) g^2       s^ = s / (1 - beta2^t)
    textbook, torch, optax   w -= rate v^ / (sqrt(s^) + epsilon)
    tf1, keras               w -= rate sqrt(1 - beta2^t)/(1 - beta1^t) v / (sqrt(s) + epsilon)

s^ is corrected by beta2, where the common notes print beta1. tf1 and keras have the paper's "epsilon hat".
AMSGrad (Reddi et al., 2018) takes the greatest s so far: of the uncorrected in torch and keras, of the
corrected in optax.
"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from .dialects import resolve
from .pieces import corrected, ewma, nesterov_mean, root_outside
from .transformation import Decay, Numbers, Rule, Slots, l2_or_decoupled, transformation

__all__ = ["DIALECTS", "adam", "adam_rule", "adam_transformation"]

_PAPER = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}

DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": _PAPER,
    "torch": {**_PAPER, "weight_decay": 0.0, "amsgrad": False},
    "keras": {**_PAPER, "epsilon": 1e-7, "weight_decay": 0.0, "amsgrad": False},
    "tf1": _PAPER,
    "optax": {**_PAPER, "eps_root": 0.0, "amsgrad": False},  # Optax requires a rate: the paper's
}


def adam(
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
    """Adam; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`."""
    given = {
        "learning_rate": learning_rate,
        "beta1": beta1,
        "beta2": beta2,
        "epsilon": epsilon,
        "weight_decay": weight_decay,
        "amsgrad": amsgrad,
        "eps_root": eps_root,
    }
    numbers = resolve("adam", DIALECTS, dialect, given)
    return adam_transformation(numbers, dialect, l2_or_decoupled(dialect == "keras"))


def adam_transformation(numbers: dict[str, Any], dialect: str, decay: Decay) -> optax.GradientTransformationExtraArgs:
    """Adam in `dialect` with the resolved `numbers` and that kind of weight decay."""
    amsgrad = bool(numbers.get("amsgrad", False))
    slots = {"m": 0.0, "s": 0.0, "greatest": 0.0} if amsgrad else {"m": 0.0, "s": 0.0}
    return transformation(adam_rule(dialect, amsgrad), numbers, slots=slots, decay=decay)


def adam_rule(dialect: str, amsgrad: bool = False, ahead: bool = False) -> Rule:
    """Adam on one tensor as `dialect` writes it; slots m and s, and with `amsgrad` greatest.

    With `ahead` the mean is Nesterov's, one step ahead (not in the dialects of epsilon hat).
    """
    hat, corrects_first = dialect in ("tf1", "keras"), dialect == "optax"

    def rule(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
        m = ewma(slots["m"], g, h.beta1)
        s = ewma(slots["s"], g * g, h.beta2)
        after = {"m": m, "s": s}
        if amsgrad:
            after["greatest"] = jnp.maximum(slots["greatest"], corrected(s, h.beta2, h.t) if corrects_first else s)
            s = after["greatest"]
        if hat:
            rate = h.rate * jnp.sqrt(1 - h.beta2**h.t) / (1 - h.beta1**h.t)
            return -rate * m / root_outside(s, h.epsilon), after
        s_hat = s if amsgrad and corrects_first else corrected(s, h.beta2, h.t)
        s_hat = s_hat + h.eps_root if dialect == "optax" else s_hat
        mean = nesterov_mean(m, g, h.beta1, h.t) if ahead else corrected(m, h.beta1, h.t)
        return -h.rate * mean / root_outside(s_hat, h.epsilon), after

    return rule
