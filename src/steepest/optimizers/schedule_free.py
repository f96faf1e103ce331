"""Schedule-Free: averaging in place of a falling rate. Defazio et al. (2024).

Three sequences: z takes the steps, x averages z, and the gradient is taken between them, at y = the
parameters.

    z = z - rate u                                 u: the direction of the base, at y
    x = (1 - c) x + c z                            c = weight / (sum of the weights so far)
    y = beta1 x + (1 - beta1) z

    base "sgd"       u = g
    base "adamw"     u = g / (sqrt(s^) + epsilon), s^ Adam's
    textbook, optax  u = u + lambda y,  weight = (greatest rate so far)^weight_lr_power
    keras            y = (1 - rate lambda) y before the step,  weight = 1, base "adamw" alone

x is not stored: x = (y - (1 - beta1) z)/beta1, so beta1 must be above zero, and y moves by
(1 - c) y + c z - rate (1 - beta1 (1 - c)) u. **Evaluate at x**: `evaluation_parameters(state, params)`.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import optax
from jax import Array

from ..core.errors import BadValue
from .dialects import resolve
from .pieces import corrected, ewma, root_outside
from .transformation import Numbers, Slots, State, transformation

__all__ = ["DIALECTS", "eval_params", "evaluation_parameters", "schedule_free"]

_DEFAZIO = {
    "learning_rate": 0.0025,  # of base "adamw"; "sgd" wants about 1
    "beta1": 0.9,
    "beta2": 0.999,
    "epsilon": 1e-8,
    "weight_decay": 0.0,
    "weight_lr_power": 2.0,
    "base": "adamw",
}

DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": _DEFAZIO,
    "keras": {name: value for name, value in _DEFAZIO.items() if name not in ("weight_lr_power", "base")},
    "optax": _DEFAZIO,
}

_BASES = ("adamw", "sgd")


def schedule_free(
    learning_rate: Any = None,
    *,
    beta1: Any = None,
    beta2: Any = None,
    epsilon: Any = None,
    weight_decay: Any = None,
    weight_lr_power: Any = None,
    base: str | None = None,
    dialect: str = "textbook",
) -> optax.GradientTransformationExtraArgs:
    """Schedule-Free; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`.

    The parameters it updates are y; measure and keep `evaluation_parameters(state, params)`. Under a schedule
    the weight is of the rate of the same step, as in the authors' code; Optax weighs by the rate of the next.
    """
    given = {
        "learning_rate": learning_rate,
        "beta1": beta1,
        "beta2": beta2,
        "epsilon": epsilon,
        "weight_decay": weight_decay,
        "weight_lr_power": weight_lr_power,
        "base": base,
    }
    numbers = resolve("schedule_free", DIALECTS, dialect, given, positive=("beta1",))
    adaptive = numbers.get("base", "adamw") == "adamw"
    if numbers.get("base", "adamw") not in _BASES:
        raise BadValue(f"schedule_free: base must be one of {', '.join(_BASES)}, got {numbers['base']!r}")
    keras = dialect == "keras"

    def advance(shared: dict[str, Array], h: Numbers) -> dict[str, Array]:
        greatest = jnp.maximum(shared["greatest_rate"], h.rate)
        weight = jnp.ones_like(h.t) if keras else greatest**h.weight_lr_power
        total = shared["total"] + weight
        share = jnp.where(total > 0, weight / jnp.where(total > 0, total, 1), 0)
        return {"greatest_rate": greatest, "total": total, "share": share, "beta1": h.beta1}

    def direction(g: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
        if not adaptive:
            return g, {}
        s = ewma(slots["s"], g * g, h.beta2)
        return g / root_outside(corrected(s, h.beta2, h.t), h.epsilon), {"s": s}

    def rule(g: Array, y: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
        u, after = direction(g, slots, h)
        u = u if keras else u + h.weight_decay * y
        step = h.share * (slots["z"] - y) - h.rate * (1 - h.beta1 * (1 - h.share)) * u
        return step, {**after, "z": slots["z"] - h.rate * u}

    return transformation(
        rule,
        numbers,
        slots={"z": _copied, "s": 0.0} if adaptive else {"z": _copied},
        shared={"greatest_rate": 0.0, "total": 0.0, "share": 0.0, "beta1": numbers["beta1"]},
        advance=advance,
        decay="decoupled" if keras else None,
        needs_params=True,
    )


def evaluation_parameters(state: State, params: Any) -> Any:
    """The average x that Schedule-Free is judged by, from its state and the parameters y it trains."""

    def averaged(y: Array, z: Array) -> Array:
        beta1 = state.shared["beta1"].astype(z.dtype)
        return ((y - (1 - beta1) * z) / beta1).astype(y.dtype)

    return jax.tree.map(averaged, params, state.slots["z"])


eval_params = evaluation_parameters


def _copied(leaf: Any) -> Array:
    return jnp.array(leaf, copy=True)  # its own buffer, so that both may be donated
