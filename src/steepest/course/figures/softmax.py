"""Softmax, cross-entropy and its gradient, for four logits that the reader moves (chapter 2.1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from ...view.chart import axis, bars, chart, fact, panel, say
from ..controls import choice, slider
from ..figure import Figure

__all__ = ["FIGURE"]

CLASSES = ("1", "2", "3", "4")


@cache
def _program() -> Callable[..., Any]:
    """Loss, and its gradient at the logits, by automatic differentiation."""
    import jax
    import jax.numpy as jnp

    from ...nn.losses import softmax_cross_entropy

    return jax.jit(jax.value_and_grad(lambda z, y: jnp.sum(softmax_cross_entropy(z[None], y[None]))))


def compute(z1: float, z2: float, z3: float, z4: float, label: str) -> dict[str, Any]:
    """Logits, probabilities, and what a step against the gradient would do to each logit."""
    from ...racing.predict import probabilities

    z = np.array([z1, z2, z3, z4])
    p = probabilities(z)
    true = CLASSES.index(label)
    loss, gradient = _program()(z.astype(np.float32), np.int32(true))
    name = say("class", "类别")
    return chart(
        [
            panel(axis(name, "point"), axis(say("logit z", "logit z")), [bars(CLASSES, z)], say("scores", "得分")),
            panel(
                axis(name, "point"),
                axis(say("probability", "概率"), domain=(0, 1)),
                [bars(CLASSES, p, series=1)],
                say("softmax", "softmax"),
            ),
            panel(
                axis(name, "point"),
                axis(say("∂L/∂z", "∂L/∂z"), domain=(-1, 1)),
                [bars(CLASSES, np.asarray(gradient), series=2)],
                say("gradient: ŷ − y", "梯度：ŷ − y"),
            ),
        ],
        [
            fact(say("probabilities", "各类概率"), ", ".join(f"{value:.3f}" for value in p)),
            fact(say("their sum", "概率之和"), float(p.sum())),
            fact(say("cross-entropy −ln ŷ of the true class", "交叉熵：真实类别的 −ln ŷ"), float(loss), 4),
        ],
    )


def _logit(name: str, default: float) -> Any:
    return slider(name, say(name, name), default, -10.0, 10.0, 0.5)


FIGURE = Figure(
    "softmax",
    say("From scores to probabilities", "从得分到概率"),
    (
        *(_logit(f"z{i}", value) for i, value in enumerate((5.0, 2.0, -1.0, 3.0), 1)),
        choice("label", say("true class", "真实类别"), tuple((c, say(c, c)) for c in CLASSES)),
    ),
    compute,
)
