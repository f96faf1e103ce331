"""Homework of chapter 1.2: forward and backward of one neuron, checked against automatic differentiation."""

from __future__ import annotations

import numpy as np

from ....view.chart import say
from ...blocks import Text
from ...homework import Homework, Work

__all__ = ["HOMEWORK"]

STARTER = '''"""One neuron. X [n, m]: one sample a column; y [m]: 0 or 1; w [n]; b a number. NumPy is all you need."""

import numpy as np


def sigmoid(z):
    """1 / (1 + e^-z) of every element of z."""


def forward(w, b, X):
    """The outputs a [m]."""


def cost(a, y):
    """The mean over the samples of -y ln a - (1 - y) ln(1 - a)."""


def backward(a, X, y):
    """(dw [n], db): the derivatives of the cost."""


def train(w, b, X, y, learning_rate, steps):
    """(w, b) after so many steps of gradient descent."""
'''

MEAN: Text = say(
    "is it a sum where the mean over the m samples is wanted?", "这是对样本求和，而题目要的是对 m 个样本取平均"
)
SIGN: Text = say(
    "the sign is turned round: an answer above the truth must pull z down", "符号反了：回答高于真值时，应把 z 往下拉"
)


def check(work: Work) -> None:
    """Against JAX's derivative of the cost, in float64."""
    import jax
    import jax.numpy as jnp

    random = np.random.default_rng(12)
    X, y = random.normal(size=(3, 7)), random.integers(0, 2, 7).astype(float)
    w, b = random.normal(size=3), 0.3
    z = np.array([-3.0, 0.0, 0.5, 4.0])
    work.expect(
        say("sigmoid", "sigmoid"),
        work.call("sigmoid", z),
        1 / (1 + np.exp(-z)),
        say("compare with 1 / (1 + e^−z): at z = 0 it must give one half", "对照 1 / (1 + e^−z)：z = 0 时应为二分之一"),
        slips=[(1 / (1 + np.exp(z)), say("the sign of z in the exponent", "指数里 z 的符号"))],
    )
    a = 1 / (1 + np.exp(-(w @ X + b)))
    work.expect(
        say("forward: a", "前向：a"),
        work.call("forward", w, b, X),
        a,
        say("z is w·x + b, sample by sample; then the sigmoid", "先逐样本算 z = w·x + b，再取 sigmoid"),
        slips=[
            (w @ X + b, say("this is z; the activation is missing", "这是 z，还差激活函数")),
            (1 / (1 + np.exp(-(w @ X))), say("the bias b is missing", "漏了偏置 b")),
        ],
    )

    def mean_cost(w: jax.Array, b: jax.Array) -> jax.Array:
        s = jax.nn.sigmoid(w @ jnp.asarray(X) + b)
        return jnp.mean(-y * jnp.log(s) - (1 - y) * jnp.log(1 - s))

    with jax.enable_x64(True):
        value, (dw, db) = jax.value_and_grad(mean_cost, (0, 1))(jnp.asarray(w), jnp.asarray(b))
        value, dw, db = float(value), np.asarray(dw), float(db)
    m = len(y)
    work.expect(
        say("cost", "代价"),
        work.call("cost", a, y),
        value,
        say(
            "one term counts when y = 1, the other when y = 0; take natural logarithms",
            "y = 1 与 y = 0 各有一项起作用；用自然对数",
        ),
        slips=[(value * m, MEAN), (-value, say("a cost is positive: the minus signs", "代价应为正：检查负号"))],
    )
    got = work.several("backward", work.call("backward", a, X, y), ("dw", "db"))
    work.expect(
        say("backward: dw", "反向：dw"),
        got[0],
        dw,
        say(
            "chain dz = a − y with dz/dw = x, then average over the samples",
            "把 dz = a − y 与 ∂z/∂w = x 相乘，再对样本取平均",
        ),
        slips=[(dw * m, MEAN), (-dw, SIGN)],
    )
    work.expect(
        say("backward: db", "反向：db"),
        got[1],
        db,
        say(
            "z grows as fast as b: what is left of dz for all samples together?",
            "b 增加多少 z 就增加多少：那么所有样本的 dz 合起来是什么？",
        ),
        slips=[(db * m, MEAN), (-db, SIGN)],
    )

    def descended(rate: float) -> tuple[np.ndarray, float]:
        v, c = w, b
        for _ in range(5):
            s = 1 / (1 + np.exp(-(v @ X + c)))
            v, c = v - rate * X @ (s - y) / m, c - rate * np.mean(s - y)
        return v, c

    w_true, b_true = descended(0.5)
    got = work.several("train", work.call("train", w, b, X, y, 0.5, 5), ("w", "b"))
    stale = say("do forward and backward run again in every step?", "每一步都重新做前向与反向了吗？")
    uphill = say("descent goes against the gradient", "下降要逆着梯度走")
    work.expect(
        say("train: w after 5 steps", "训练：5 步后的 w"), got[0], w_true, stale, slips=[(descended(-0.5)[0], uphill)]
    )
    work.expect(say("train: b after 5 steps", "训练：5 步后的 b"), got[1], b_true, stale)


HOMEWORK = (Homework("neuron", STARTER, check),)
