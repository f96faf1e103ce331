"""Muon: momentum whose matrices are made orthogonal before the step. Jordan et al. (2024).

For a tensor of two dimensions, with O(.) five steps of a Newton-Schulz iteration towards the nearest
orthogonal matrix, X -> a X + (b A + c A A) X with A = X X^T, from X over its norm, and r the rate:

    textbook   m = beta m + (1 - beta) g   n = beta m + (1 - beta) g   w -= r sqrt(max(1, columns/rows)) O(n)
    keras      m = beta m + g              n = beta m + g              w -= r rms sqrt(max(rows,columns)) O(n)
    optax      m as in textbook            n = NAdam's mean            w -= r sqrt(max(1, columns/rows)) O(n)

Without `nesterov` n = m (optax: corrected for its start at zero). Every other tensor takes the step of Adam
in the same dialect, at the rate times `adam_lr_ratio`; weight decay is decoupled. Optax's `nesterov` makes
that Adam a NAdam. Columns are a layer's outputs, as in JAX's libraries and in our networks; Jordan's code has
them as rows, as PyTorch keeps its weights.

There is no torch dialect: torch.optim.Muon refuses tensors of other dimensions and iterates in bfloat16.
"""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from .adam import adam_rule
from .dialects import resolve
from .pieces import accumulated, corrected, ewma, nesterov_mean
from .transformation import Numbers, Rule, Slots, transformation

__all__ = ["DIALECTS", "muon"]

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)

_JORDAN = {
    "learning_rate": 0.02,
    "beta": 0.95,
    "nesterov": True,
    "ns_steps": 5,
    "weight_decay": 0.0,
    "beta1": 0.9,
    "beta2": 0.95,
    "epsilon": 1e-10,
    "adam_weight_decay": 0.0,
    "adam_lr_ratio": 0.015,  # 3e-4 beside 0.02
}

DIALECTS: dict[str, dict[str, Any]] = {
    "textbook": _JORDAN,
    "keras": {
        **_JORDAN,
        "learning_rate": 1e-3,
        "weight_decay": 0.004,
        "beta2": 0.999,
        "epsilon": 1e-7,
        "adam_weight_decay": 0.004,
        "adam_lr_ratio": 1.0,
        "rms_rate": 0.2,
    },
    # Optax requires a rate: Jordan's. Its adam_learning_rate, None, is the rate itself.
    "optax": {**_JORDAN, "beta2": 0.999, "epsilon": 1e-8, "adam_lr_ratio": 1.0, "adam_eps_root": 0.0},
}


def muon(
    learning_rate: Any = None,
    *,
    beta: Any = None,
    nesterov: bool | None = None,
    ns_steps: int | None = None,
    weight_decay: Any = None,
    beta1: Any = None,
    beta2: Any = None,
    epsilon: Any = None,
    adam_weight_decay: Any = None,
    adam_lr_ratio: Any = None,
    adam_eps_root: Any = None,
    rms_rate: Any = None,
    dialect: str = "textbook",
) -> optax.GradientTransformationExtraArgs:
    """Muon; None takes the dialect's default in `DIALECTS`. Raises `UnknownName`, `BadValue`.

    `beta`, `nesterov`, `ns_steps` and `weight_decay` are of the matrices; `beta1`, `beta2`, `epsilon` and the
    arguments in adam_ of the rest (optax takes `epsilon` in the norm of the matrices too).
    """
    given = {
        "learning_rate": learning_rate,
        "beta": beta,
        "nesterov": nesterov,
        "ns_steps": ns_steps,
        "weight_decay": weight_decay,
        "beta1": beta1,
        "beta2": beta2,
        "epsilon": epsilon,
        "adam_weight_decay": adam_weight_decay,
        "adam_lr_ratio": adam_lr_ratio,
        "adam_eps_root": adam_eps_root,
        "rms_rate": rms_rate,
    }
    numbers = resolve("muon", DIALECTS, dialect, given)
    matrix = _matrix_rule(dialect, numbers["nesterov"], numbers["ns_steps"])
    other = adam_rule(dialect, ahead=dialect == "optax" and numbers["nesterov"])

    def rule(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
        if g.ndim == 2:
            step, after = matrix(g, w, slots, h)
            return step - h.rate * h.weight_decay * w, after
        of_adam = Numbers(**{**vars(h), "rate": h.rate * h.adam_lr_ratio})
        if dialect == "optax":
            of_adam.eps_root = h.adam_eps_root
        step, after = other(g, w, slots, of_adam)
        shrinks = h.rate if dialect == "keras" else of_adam.rate  # Keras decays before it knows of the ratio
        return step - shrinks * h.adam_weight_decay * w, after

    # A matrix has no average of squares: its leaf in the tree of `s` is None.
    squares = {"s": lambda leaf: None if leaf.ndim == 2 else jnp.zeros_like(leaf)}
    return transformation(rule, numbers, slots={"m": 0.0, **squares}, needs_params=True)


def _matrix_rule(dialect: str, nesterov: bool, ns_steps: int) -> Rule:
    def average(g: Array, slots: Slots, h: Numbers) -> tuple[Array, Array]:
        """The momentum as kept, and what is made orthogonal."""
        if dialect == "optax":
            m = ewma(slots["m"], g, h.beta)
            return m, nesterov_mean(m, g, h.beta, h.t) if nesterov else corrected(m, h.beta, h.t)
        mean = accumulated if dialect == "keras" else ewma
        m = mean(slots["m"], g, h.beta)
        return m, mean(m, g, h.beta) if nesterov else m

    def rule(g: Array, w: Array, slots: Slots, h: Numbers) -> tuple[Array, Slots]:
        m, n = average(g, slots, h)
        rows, columns = g.shape
        wide = math.sqrt(max(1, columns / max(1, rows)))
        scale = h.rms_rate * math.sqrt(max(rows, columns)) if dialect == "keras" else wide
        epsilon = h.epsilon if dialect == "optax" else 1e-7
        return -h.rate * scale * orthogonalised(n, ns_steps, epsilon), {"m": m, "s": None}

    return rule


def orthogonalised(x: Array, steps: int, epsilon: Any) -> Array:
    """The matrix `x` with its singular values moved to about one, by `steps` of the quintic iteration."""
    a, b, c = _COEFFICIENTS
    if x.shape[0] > x.shape[1]:
        return orthogonalised(x.T, steps, epsilon).T
    x = x / (jnp.sqrt(jnp.sum(x * x)) + epsilon)
    for _ in range(steps):
        A = x @ x.T
        x = a * x + (b * A + c * A @ A) @ x
    return x
