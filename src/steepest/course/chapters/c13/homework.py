"""Homework of chapter 1.3: a hidden layer of SiLU units, samples in rows, checked against automatic differentiation."""

from __future__ import annotations

from typing import Any

import numpy as np

from ....view.chart import say
from ...homework import Homework, Work

__all__ = ["HOMEWORK"]

STARTER = '''"""One hidden layer of SiLU units, one sigmoid neuron behind it. NumPy is all you need.

X [m, n]: one sample per row; y [m]: 0 or 1; p = [W1 [n, h], b1 [h], W2 [h], b2 (a number)].
"""

import numpy as np


def silu(z):
    """z times the sigmoid of z, element by element."""


def slope(z):
    """The derivative of silu, as a function of z, element by element."""


def forward(p, X):
    """(Z1 [m, h], a [m]): the pre-activations of the hidden layer, and the predictions."""


def backward(p, Z1, a, X, y):
    """[dW1, db1, dW2, db2] of the mean cross-entropy, each with the shape of its parameter."""


def train(p, X, y, learning_rate, steps):
    """p after so many steps of gradient descent, as a new list."""
'''

NAMES = ("W1", "b1", "W2", "b2")
MEAN = say("is it a sum where the mean over the m samples is wanted?", "这是对样本求和，而题目要的是对 m 个样本取平均")
SLOPE = say("the slope of the activation is missing on the way back", "反向时漏乘了激活函数的斜率")
HINTS = {
    "W2": say("dz2 is prediction minus label [m]; the inputs of this layer are silu(Z1)",
              "dz2 是预测减标签，形状 [m]；这一层的输入是 silu(Z1)"),
    "b2": say("the mean of dz2 over the samples: a number", "dz2 对样本取平均，是一个数"),
    "W1": say("dZ1 is [m, h]: which three numbers make its entry for one sample and one unit? dW1 has the shape of W1",
              "dZ1 的形状是 [m, h]：一个样本、一个单元的那一项，由哪三个数相乘得到？dW1 与 W1 形状相同"),
    "b1": say("the mean of dZ1 over the samples, of shape [h]", "dZ1 对样本取平均，形状 [h]"),
}  # fmt: skip


def check(work: Work) -> None:
    """Slopes and derivatives against JAX's, in float64."""
    import jax
    import jax.numpy as jnp

    with jax.enable_x64(True):
        z = np.array([-4.0, -1.2, -0.4, 0.0, 0.7, 3.0])
        s = 1 / (1 + np.exp(-z))
        work.expect(say("silu", "silu"), work.call("silu", z), z * s, say("z·σ(z)", "z·σ(z)"))
        work.expect(
            say("slope of silu", "silu 的斜率"),
            work.call("slope", z),
            jax.vmap(jax.grad(jax.nn.silu))(jnp.asarray(z)),
            say("a product of two functions of z: differentiate both", "两个 z 的函数的乘积：两个都要求导"),
            slips=[
                (z * s, say("that is the activation itself", "这是激活函数本身")),
                (s, say("only the first factor was differentiated", "只对第一个因子求了导")),
                (z * s * (1 - s), say("only the second factor was differentiated", "只对第二个因子求了导")),
            ],
        )
        _network(work)


def _outputs(p: Any, X: Any) -> Any:
    import jax

    Z1 = X @ p[0] + p[1]
    return Z1, jax.nn.sigmoid(jax.nn.silu(Z1) @ p[2] + p[3])


def _network(work: Work) -> None:
    import jax
    import jax.numpy as jnp

    random = np.random.default_rng(13)
    X, y = random.normal(size=(6, 3)), np.array([1.0, 0, 0, 1, 1, 0])
    p = [random.normal(size=shape) for shape in ((3, 4), (4,), (4,))] + [0.3]
    m = len(y)

    def mean_cost(p: list[Any]) -> jax.Array:
        a = _outputs(p, jnp.asarray(X))[1]
        return jnp.mean(-y * jnp.log(a) - (1 - y) * jnp.log(1 - a))

    gradient = jax.jit(jax.grad(mean_cost))
    start = [jnp.asarray(v, jnp.float64) for v in p]
    Z1, a = (np.asarray(v) for v in _outputs(start, jnp.asarray(X)))
    got = work.several("forward", work.call("forward", p, X), ("Z1", "a"))
    hidden = Z1 / (1 + np.exp(-Z1))
    work.expect(
        say("forward: Z1", "前向：Z1"),
        got[0],
        Z1,
        say("X·W1 + b1, a sample per row", "X·W1 + b1，一行一个样本"),
        slips=[(hidden, say("this is A1; Z1 is wanted, before the activation", "这是 A1；要的是激活前的 Z1"))],
    )
    z2 = np.log(a / (1 - a))
    work.expect(
        say("forward: a", "前向：a"),
        got[1],
        a,
        say("silu(Z1)·W2 + b2, then the sigmoid", "silu(Z1)·W2 + b2，再取 sigmoid"),
        slips=[
            (z2, say("the last activation is missing", "还差最后的激活函数")),
            (z2 * a, say("the last activation is the sigmoid, not SiLU", "最后的激活函数是 sigmoid，不是 SiLU")),
        ],
    )
    slopes = [np.asarray(v) for v in gradient(start)]
    got = work.several("backward", work.call("backward", p, Z1, a, X, y), ["d" + name for name in NAMES])
    flat = np.outer(a - y, p[2])
    without = {"W1": X.T @ flat / m, "b1": flat.mean(axis=0)}
    for at in (2, 3, 0, 1):
        name = NAMES[at]
        slips = [(slopes[at] * m, MEAN)] + ([(without[name], SLOPE)] if name in without else [])
        work.expect(say(f"backward: d{name}", f"反向：d{name}"), got[at], slopes[at], HINTS[name], slips=slips)
    trained = start
    for _ in range(4):
        trained = [v - 0.7 * dv for v, dv in zip(trained, gradient(trained), strict=True)]
    got = work.several("train", work.call("train", p, X, y, 0.7, 4), NAMES)
    for name, mine, wanted in zip(NAMES, got, trained, strict=True):
        hint = say(
            "all four move at once, by derivatives of the same step, and forward runs again in each",
            "四个参数用同一步的导数一起更新，而且每一步都要重新做前向",
        )
        work.expect(say(f"train: {name} after 4 steps", f"训练：4 步后的 {name}"), mine, np.asarray(wanted), hint)


HOMEWORK = (Homework("shallow", STARTER, check),)
