"""Homework of chapter 1.3: a network with one hidden layer, checked against automatic differentiation."""

from __future__ import annotations

import numpy as np

from ....view.chart import say
from ...homework import Homework, Work

__all__ = ["HOMEWORK"]

STARTER = '''"""One hidden layer of tanh units, one sigmoid neuron behind it. NumPy is all you need.

X [n, m]: one sample a column; y [m]: 0 or 1; p = [W1 [h, n], b1 [h, 1], W2 [1, h], b2 [1, 1]].
"""

import numpy as np


def slope(name, z):
    """g'(z), element by element, of the activation called "sigmoid", "tanh" or "relu"."""


def forward(p, X):
    """(A1 [h, m], A2 [1, m])."""


def cost(A2, y):
    """The mean over the samples of -y ln a - (1 - y) ln(1 - a): a number."""


def backward(p, A1, A2, X, y):
    """[dW1, db1, dW2, db2], each with the shape of its parameter."""


def train(p, X, y, learning_rate, steps):
    """p after so many steps of gradient descent, as a new list."""
'''

NAMES = ("W1", "b1", "W2", "b2")
MEAN = say("is it a sum where the mean over the m samples is wanted?", "这是对样本求和，而题目要的是对 m 个样本取平均")
SLOPE = say("what came back was not multiplied by the slope of tanh", "传回来的量没有乘上 tanh 的斜率")
HINTS = {
    "W2": say(
        "dZ2 is the answer minus the truth; the inputs of this layer are A1", "dZ2 是回答减真值；这一层的输入是 A1"
    ),
    "b2": say("the mean of dZ2 over the samples, kept as [1, 1]", "dZ2 对样本取平均，形状保持 [1, 1]"),
    "W1": say(
        "first back through W2, transposed, then times the slope at Z1, then times X",
        "先经过转置的 W2，再乘 Z1 处的斜率，再乘 X",
    ),
    "b1": say("the mean of dZ1 over the samples, kept as [h, 1]", "dZ1 对样本取平均，形状保持 [h, 1]"),
}


def check(work: Work) -> None:
    """Slopes and derivatives against JAX's, in float64."""
    import jax
    import jax.numpy as jnp

    from ....nn.activations import activation

    random = np.random.default_rng(13)
    z = np.array([-2.0, -0.4, 0.7, 3.0])
    with jax.enable_x64(True):
        for name in ("sigmoid", "tanh", "relu"):
            work.expect(
                say(f"slope of {name}", f"{name} 的斜率"),
                work.call("slope", name, z),
                jax.vmap(jax.grad(activation(name)))(jnp.asarray(z)),
                say("the derivative, as a function of z", "要的是导数，写成 z 的函数"),
                slips=[
                    (activation(name)(jnp.asarray(z)), say("that is g itself", "这是 g 本身")),
                    (
                        1 - z**2,
                        say("1 − a² wants the answer a = tanh z in place of z", "1 − a² 里的 a 是 tanh z，不是 z"),
                    ),
                ],
            )
        _network(work, random)


def _network(work: Work, random: np.random.Generator) -> None:
    import jax
    import jax.numpy as jnp

    X, y = random.normal(size=(3, 6)), random.integers(0, 2, 6).astype(float)
    p = [random.normal(size=shape) for shape in ((4, 3), (4, 1), (1, 4), (1, 1))]
    m = len(y)

    def outputs(p: list, X: jax.Array) -> tuple:
        A1 = jnp.tanh(p[0] @ X + p[1])
        return A1, jax.nn.sigmoid(p[2] @ A1 + p[3])

    def mean_cost(p: list) -> jax.Array:
        a = outputs(p, jnp.asarray(X))[1][0]
        return jnp.mean(-y * jnp.log(a) - (1 - y) * jnp.log(1 - a))

    value_and_slopes = jax.jit(jax.value_and_grad(mean_cost))
    A1, A2 = (np.asarray(a) for a in outputs([jnp.asarray(v) for v in p], jnp.asarray(X)))
    got = work.several("forward", work.call("forward", p, X), ("A1", "A2"))
    work.expect(
        say("forward: A1", "前向：A1"),
        got[0],
        A1,
        say("Z1 = W1·X + b1, then tanh", "Z1 = W1·X + b1，再取 tanh"),
        slips=[(p[0] @ X + p[1], say("this is Z1; the activation is missing", "这是 Z1，还差激活函数"))],
    )
    work.expect(
        say("forward: A2", "前向：A2"),
        got[1],
        A2,
        say("Z2 = W2·A1 + b2, then the sigmoid", "Z2 = W2·A1 + b2，再取 sigmoid"),
        slips=[(np.tanh(p[2] @ A1 + p[3]), say("the last activation is a sigmoid", "最后的激活函数是 sigmoid"))],
    )
    value, slopes = value_and_slopes([jnp.asarray(v) for v in p])
    work.expect(say("cost", "代价"), work.call("cost", A2, y), float(value), MEAN, slips=[(float(value) * m, MEAN)])
    got = work.several("backward", work.call("backward", p, A1, A2, X, y), ["d" + name for name in NAMES])
    dZ1 = p[2].T @ (A2 - y)
    flat = {"W1": dZ1 @ X.T / m, "b1": dZ1.mean(axis=1, keepdims=True)}
    for at in (2, 3, 0, 1):
        name, truth = NAMES[at], np.asarray(slopes[at])
        slips = [(truth * m, MEAN)] + ([(flat[name], SLOPE)] if name in flat else [])
        work.expect(say(f"backward: d{name}", f"反向：d{name}"), got[at], truth, HINTS[name], slips=slips)
    trained = [jnp.asarray(v) for v in p]
    for _ in range(4):
        trained = [v - 0.7 * dv for v, dv in zip(trained, value_and_slopes(trained)[1], strict=True)]
    got = work.several("train", work.call("train", p, X, y, 0.7, 4), NAMES)
    for name, mine, wanted in zip(NAMES, got, trained, strict=True):
        hint = say(
            "all four move at once, by derivatives of the same step, and forward runs again in each",
            "四个参数用同一步的导数一起更新，而且每一步都要重新做前向",
        )
        work.expect(say(f"train: {name} after 4 steps", f"训练：4 步后的 {name}"), mine, np.asarray(wanted), hint)


HOMEWORK = (Homework("shallow", STARTER, check),)
