"""An activation and its derivative, with the slope at one z (chapter 1.3)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from ...view.chart import axis, chart, dots, fact, line, panel, rule, say
from ..controls import choice, slider
from ..figure import Figure

__all__ = ["FIGURE"]

Z = np.linspace(-5, 5, 201)
NAMES = ("sigmoid", "tanh", "relu", "leaky_relu", "identity")


@cache
def _curves(name: str) -> Callable[..., Any]:
    """z [n] -> g(z) and g′(z)."""
    import jax

    from ...nn.activations import activation

    return jax.jit(jax.vmap(jax.value_and_grad(activation(name))))


def compute(activation: str, z: float) -> dict[str, Any]:
    """g with its tangent at z, and g′, in float32 as a network has them."""
    g, slope = (np.asarray(v) for v in _curves(activation)(np.append(Z, z).astype(np.float32)))
    here, steep = float(g[-1]), float(slope[-1])
    near = np.array([max(-5, z - 1.5), min(5, z + 1.5)])
    return chart(
        [
            panel(
                axis(say("z", "z")),
                axis(say("g(z)", "g(z)")),
                [
                    line(Z, g[:-1], None, 0),
                    line(near, here + steep * (near - z), say("tangent", "切线"), 1),
                    dots([z], [here], None, 1),
                ],
                say("the activation", "激活函数"),
            ),
            panel(
                axis(say("z", "z")),
                axis(say("g′(z)", "g′(z)"), domain=(-0.05, 1.05)),
                [line(Z, slope[:-1], None, 0), dots([z], [steep], None, 1), rule(y=0)],
                say("its derivative: the factor in backward propagation", "导数：反向传播时要乘上的数"),
            ),
        ],
        [
            fact(say("g(z)", "g(z)"), here),
            fact(say("g′(z)", "g′(z)"), steep),
            fact(say("g′(z) ten layers in a row", "连续十层的 g′(z)"), steep**10),
        ],
    )


FIGURE = Figure(
    "activations",
    say("Activations and their derivatives", "激活函数与它的导数"),
    (
        choice("activation", say("activation", "激活函数"), [(n, say(n, n)) for n in NAMES]),
        slider("z", say("z", "z"), 1.0, -5.0, 5.0, 0.1),
    ),
    compute,
)
