"""Gradients in a deep chain of layers (chapter 2.2): measured by automatic differentiation, and as predicted.

Each layer is W = w·I with two units and no bias, from x = (1, 1); the cost is the sum of the outputs. With g(z) = z

    ‖∂J/∂a[l]‖ = √2·w^(L−l)      ‖∂J/∂W[l]‖ = 2·w^(L−1), the same in every layer
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from ...view.chart import axis, chart, dots, fact, line, panel, say
from ..controls import choice, slider
from ..figure import Figure

__all__ = ["FIGURE"]

DEEPEST = 50
SLOPE = {"identity": 1.0, "relu": 1.0, "tanh": 1.0, "sigmoid": 0.25}  # the greatest slope of each activation


@cache
def _program(activation_name: str) -> Callable[..., Any]:
    import jax
    import jax.numpy as jnp

    from ...nn.activations import activation

    g = activation(activation_name)

    def cost(weights: Any, shifts: Any, depth: Any) -> Any:
        def layer(a: Any, here: Any) -> Any:
            number, W, shift = here
            return jnp.where(number < depth, g(W @ a) + shift, a), None  # layers beyond the depth hand on what they get

        a, _ = jax.lax.scan(layer, jnp.ones(2), (jnp.arange(DEEPEST), weights, shifts))
        return a.sum()

    def norms(w: Any, depth: Any) -> Any:
        weights = jnp.broadcast_to(w * jnp.eye(2), (DEEPEST, 2, 2))
        dW, da = jax.grad(cost, argnums=(0, 1))(weights, jnp.zeros((DEEPEST, 2)), depth)
        return jnp.linalg.norm(dW, axis=(1, 2)), jnp.linalg.norm(da, axis=1)

    return jax.jit(jax.vmap(norms, in_axes=(None, 0)))


def gradients(w: float, activation_name: str) -> tuple[np.ndarray, np.ndarray]:
    """‖∂J/∂W[l]‖ and ‖∂J/∂a[l]‖, each [depth − 1, l − 1] for every depth from 1 to DEEPEST; zero beyond the depth."""
    import jax

    with jax.enable_x64(True):
        dW, da = _program(activation_name)(np.float64(w), np.arange(1, DEEPEST + 1))
        return np.asarray(dW), np.asarray(da)


def compute(w: float, depth: int, activation: str) -> dict[str, Any]:
    """Per layer at one depth; the first layer at every depth."""
    dW, da = gradients(w, activation)
    layers, depths = np.arange(1, depth + 1), np.arange(1, DEEPEST + 1)
    slope, exact = w * SLOPE[activation], activation in ("identity", "relu")
    power = "w" if SLOPE[activation] == 1 else "(w/4)"
    relation = "=" if exact else "≤"
    log = "log"
    marks = [
        dots(layers, da[depth - 1, :depth], say("∂J/∂a[l], measured", "∂J/∂a[l]，实测"), series=0),
        line(
            layers,
            np.sqrt(2) * slope ** (depth - layers),
            say(f"{relation} √2·{power}^(L−l)", f"{relation} √2·{power}^(L−l)"),
            series=0,
            faint=True,
        ),
        dots(layers, dW[depth - 1, :depth], say("∂J/∂W[l], measured", "∂J/∂W[l]，实测"), series=1),
    ]
    first = [dots(depths, dW[:, 0], say("∂J/∂W[1], measured", "∂J/∂W[1]，实测"), series=1)]
    if exact:
        marks.append(line(layers, np.full(depth, 2 * w ** (depth - 1)), say("= 2·w^(L−1)", "= 2·w^(L−1)"), 1, True))
        first.append(line(depths, 2 * w ** (depths - 1.0), say("= 2·w^(L−1)", "= 2·w^(L−1)"), 1, True))
    norm = axis(say("norm of the gradient", "梯度的范数"), log)
    return chart(
        [
            panel(
                axis(say("layer l", "第 l 层")),
                norm,
                marks,
                say(f"each layer, depth L = {depth}", f"逐层，深度 L = {depth}"),
            ),
            panel(
                axis(say("depth L", "深度 L")),
                norm,
                first,
                say("the first layer, at every depth", "第一层，随深度变化"),
            ),
        ],
        [
            fact(
                say("∂J/∂a in the first layer over the last", "首层与末层 ∂J/∂a 之比"),
                float(da[depth - 1, 0] / da[depth - 1, depth - 1]),
            ),
            fact(say("∂J/∂W of the first layer", "首层的 ∂J/∂W"), float(dW[depth - 1, 0])),
        ],
    )


FIGURE = Figure(
    "vanishing",
    say("Gradients vanish or explode exponentially with depth", "梯度随深度按指数消失或爆炸"),
    (
        slider("w", say("weight w", "权重 w"), 0.8, 0.3, 1.7, 0.02),
        slider("depth", say("depth L", "深度 L"), 30, 2, DEEPEST, 1),
        choice(
            "activation",
            say("activation", "激活函数"),
            (
                ("identity", say("g(z) = z", "g(z) = z")),
                ("relu", say("ReLU", "ReLU")),
                ("tanh", say("tanh", "tanh")),
                ("sigmoid", say("sigmoid", "sigmoid")),
            ),
        ),
    ),
    compute,
)
