"""NAdam: Adam with Nesterov's look-ahead in its mean. Dozat (2016).

    w -= rate n / (sqrt(s^) + epsilon)
    textbook, optax   n = beta1 m/(1 - beta1^(t+1)) + (1 - beta1) g/(1 - beta1^t)
    torch, keras      n = mu' m/(1 - P mu') + (1 - mu) g/(1 - P),   mu = beta1 (1 - 0.5 0.96^(t psi)),
                      mu' the same at t + 1, P the product of mu up to t; psi is 0.004 in torch and 1 in keras

m, s and s^ are Adam's.
"""

from __future__ import annotations

from typing import Any

import optax
from jax import Array

from .dialects import resolve
from .pieces import corrected, ewma, nesterov_mean, root_outside
from .transformation import Numbers, Slots, l2_or_decoupled, transformation

__all__ = ["DIALECTS", "nadam"]

_ADAM = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}

DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": _ADAM,
    "torch": {
        **_ADAM,
        "learning_rate": 2e-3,
        "weight_decay": 0.0,
        "momentum_decay": 4e-3,
        "decoupled_weight_decay": False,
    },
    "keras": {**_ADAM, "epsilon": 1e-7, "weight_decay": 0.0},
    "optax": {**_ADAM, "eps_root": 0.0},  # Optax requires a rate: this one is ours
}


def nadam(
    learning_rate: Any = None,
    *,
    beta1: Any = None,
    beta2: Any = None,
    epsilon: Any = None,
    weight_decay: Any = None,
    momentum_decay: Any = None,
    decoupled_weight_decay: bool | None = None,
    eps_root: Any = None,
    dialect: str = "textbook",
) -> optax.GradientTransformationExtraArgs:
    """NAdam; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`.

    `momentum_decay` (torch) is psi; `decoupled_weight_decay` (torch) takes the decay out of the gradient.
    """
    given = {
        "learning_rate": learning_rate,
        "beta1": beta1,
        "beta2": beta2,
        "epsilon": epsilon,
        "weight_decay": weight_decay,
        "momentum_decay": momentum_decay,
        "decoupled_weight_decay": decoupled_weight_decay,
        "eps_root": eps_root,
    }
    numbers = resolve("nadam", DIALECTS, dialect, given)
    warmed = dialect in ("torch", "keras")

    def mu(t: Array, h: Numbers) -> Array:
        psi = h.momentum_decay if dialect == "torch" else 1
        return h.beta1 * (1 - 0.5 * 0.96 ** (t * psi))

    def advance(shared: dict[str, Array], h: Numbers) -> dict[str, Array]:
        return {"P": shared["P"] * mu(h.t, h)}

    def mean(m: Array, g: Array, h: Numbers) -> Array:
        if not warmed:
            return nesterov_mean(m, g, h.beta1, h.t)
        now, ahead = mu(h.t, h), mu(h.t + 1, h)
        return ahead * m / (1 - h.P * ahead) + (1 - now) * g / (1 - h.P)

    def rule(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
        m = ewma(slots["m"], g, h.beta1)
        s = ewma(slots["s"], g * g, h.beta2)
        s_hat = corrected(s, h.beta2, h.t)
        s_hat = s_hat + h.eps_root if dialect == "optax" else s_hat
        return -h.rate * mean(m, g, h) / root_outside(s_hat, h.epsilon), {"m": m, "s": s}

    return transformation(
        rule,
        numbers,
        slots={"m": 0.0, "s": 0.0},
        shared={"P": 1.0} if warmed else None,
        advance=advance if warmed else None,
        decay=l2_or_decoupled(dialect == "keras" or bool(numbers.get("decoupled_weight_decay", False))),
    )
