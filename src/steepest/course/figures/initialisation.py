"""What goes forward and what comes back through a deep network at its start, by initialisation (chapter 1.4)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from ...view.chart import axis, chart, fact, line, panel, say
from ..controls import choice, slider
from ..figure import Figure
from ..samples import samples

__all__ = ["FIGURE"]

WIDTH, DEEPEST, PICTURES = 64, 50, 64
ACTIVATIONS = ("relu", "tanh", "sigmoid", "identity")
SCHEMES = (
    ("zeros", 0.0, say("zeros", "全零")),
    ("normal", 0.01, say("too small: σ = 0.01", "太小：σ = 0.01")),
    ("normal", 1.0, say("too large: σ = 1", "太大：σ = 1")),
    ("xavier", 1.0, say("Xavier: variance 1/n", "Xavier：方差 1/n")),
    ("he", 1.0, say("He: variance 2/n", "He：方差 2/n")),
)


@cache
def _flow(activation: str) -> Callable[..., Any]:
    """(depth, seed) -> spread of the activations and of dZ, [schemes, 2, DEEPEST]; layers beyond `depth` pass by."""
    import jax
    import jax.numpy as jnp

    from ...nn.activations import activation as activation_called
    from ...nn.initialisers import draw
    from ...nn.losses import softmax_cross_entropy

    g = activation_called(activation)
    x, y = samples("digits", "unit", "train")
    x, y = x[:PICTURES], y[:PICTURES]

    def through(probe: Any, weights: Any, head: Any, depth: Any) -> Any:
        def layer(a: Any, at: Any) -> Any:
            w, nothing, number = at
            out = jnp.where(number < depth, g(a @ w + nothing), a)
            return out, out.std()

        a, spreads = jax.lax.scan(layer, jnp.asarray(x, jnp.float64), (weights, probe, jnp.arange(DEEPEST)))
        return softmax_cross_entropy(a @ head, jnp.asarray(y)).mean(), spreads

    @jax.jit
    def flow(depth: Any, seed: Any) -> Any:
        first, second = jax.random.split(jax.random.key(seed))
        keys = jax.random.split(first, DEEPEST)
        probe = jnp.zeros((DEEPEST, PICTURES, WIDTH))  # added to every Z, so that its gradient is dZ
        out = []
        for scheme, scale, _ in SCHEMES:
            weights = jax.vmap(lambda key, s=scheme, c=scale: draw(s, key, (WIDTH, WIDTH), c))(keys)
            head = draw(scheme, second, (WIDTH, 10), scale)
            slopes, spreads = jax.grad(through, has_aux=True)(probe, weights, head, depth)
            out.append(jnp.stack([spreads, PICTURES * jnp.sqrt((slopes**2).mean(axis=(1, 2)))]))
        return jnp.stack(out)

    return flow


def compute(depth: int, activation: str, seed: int) -> dict[str, Any]:
    """A line a scheme in two panels; in float64, since float32 ends at 1e38."""
    import jax

    with jax.enable_x64(True):
        forward, backward = np.moveaxis(np.asarray(_flow(activation)(depth, np.uint32(seed))), 1, 0)
    layers = np.arange(1, depth + 1)
    lines = []
    for values in (forward[:, :depth], backward[:, :depth]):
        shown = np.where(values > 0, values, np.nan)
        lines.append([line(layers, v, name, i) for i, (v, (_, _, name)) in enumerate(zip(shown, SCHEMES, strict=True))])
    across = axis(say("layer", "层"))
    kept = [
        fact(
            say(
                f"{name['en']}: dZ of layer 1 / of layer {depth}",
                f"{name['zh']}：第 1 层 dZ / 第 {depth} 层 dZ",
            ),
            float(backward[i, 0] / backward[i, depth - 1]) if backward[i, depth - 1] > 0 else say("all zero", "全为零"),
            2,
        )
        for i, (_, _, name) in enumerate(SCHEMES)
    ]
    return chart(
        [
            panel(across, axis(say("standard deviation of the activations", "激活值的标准差"), "log"), lines[0],
                  say("forward", "前向")),
            panel(across, axis(say("root mean square of dZ", "dZ 的均方根"), "log"), lines[1],
                  say("backward", "反向")),
        ],
        kept,
        say("What is exactly zero has no place on a logarithmic axis.", "恰好为零的量在对数轴上没有位置，故不画。"),
    )  # fmt: skip


FIGURE = Figure(
    "initialisation",
    say("Activations and gradients of every layer, before the first step", "训练之前，每一层的激活值与梯度"),
    (
        slider("depth", say("hidden layers", "隐藏层数"), 20, 2, DEEPEST, 1),
        choice("activation", say("activation", "激活函数"), [(n, say(n, n)) for n in ACTIVATIONS]),
        slider("seed", say("seed of the weights", "权重的种子"), 0, 0, 20, 1),
    ),
    compute,
)  # fmt: skip
