"""Homework of chapter 1.2: a neuron whose two mistakes weigh differently, checked against automatic differentiation."""

from __future__ import annotations

import numpy as np

from ....view.chart import say
from ...homework import Homework, Work

__all__ = ["HOMEWORK"]

STARTER = '''"""One neuron, where a sample of class 0 counts k times. NumPy is all you need.

X [n, m]: one sample per column; y [m]: 0 or 1; w [n]; b and k numbers.
"""

import numpy as np


def forward(w, b, X):
    """The predictions a [m]."""


def cost(a, y, k):
    """The mean over the samples of -y ln a - k (1 - y) ln(1 - a)."""


def backward(a, X, y, k):
    """(dw [n], db): the derivatives of the cost."""


def train(w, b, X, y, k, learning_rate, steps):
    """(w, b) after so many steps of gradient descent."""
'''

MEAN = say("is it a sum where the mean over the m samples is wanted?", "这是对样本求和，而题目要的是对 m 个样本取平均")
SIGN = say("the sign is wrong: a prediction above the label must pull z down", "符号反了：预测高于标签时，应使 z 变小")
PLAIN = say("this holds for k = 1; where does k enter dz?", "这只在 k = 1 时成立；k 应该出现在 dz 的什么地方？")
SWAPPED = say("k belongs to the samples with y = 0, not to those with y = 1", "k 属于 y = 0 的样本，不属于 y = 1 的")


def check(work: Work) -> None:
    """Against JAX's derivative of the cost, in float64."""
    import jax
    import jax.numpy as jnp

    random = np.random.default_rng(12)
    X, y = random.normal(size=(3, 7)), np.array([1.0, 0, 0, 1, 1, 0, 1])
    w, b, m = random.normal(size=3), 0.3, len(y)
    a = 1 / (1 + np.exp(-(w @ X + b)))
    work.expect(
        say("forward: a", "前向：a"),
        work.call("forward", w, b, X),
        a,
        say("z is w·x + b, sample by sample; then the sigmoid", "先逐样本算 z = w·x + b，再取 sigmoid"),
        slips=[
            (w @ X + b, say("this is z; the activation is missing", "这是 z，还差激活函数")),
            (1 / (1 + np.exp(-(w @ X))), say("the bias b is missing", "漏了偏置 b")),
            (1 - a, say("check the sign of z in the exponent", "检查指数里 z 的符号")),
        ],
    )

    def weighted(w: jax.Array, b: jax.Array, of_zero: float, of_one: float) -> jax.Array:
        s = jax.nn.sigmoid(w @ jnp.asarray(X) + b)
        return jnp.mean(-of_one * y * jnp.log(s) - of_zero * (1 - y) * jnp.log(1 - s))

    def truth(of_zero: float, of_one: float = 1.0) -> tuple[float, np.ndarray, float]:
        with jax.enable_x64(True):
            value, (dw, db) = jax.value_and_grad(weighted, (0, 1))(jnp.asarray(w), jnp.asarray(b), of_zero, of_one)
        return float(value), np.asarray(dw), float(db)

    plain = truth(1.0)
    for k in (1.0, 5.0):
        (value, dw, db), swapped = truth(k), truth(1.0, k)
        at = f"k = {k:g}"
        work.expect(
            say(f"cost, {at}", f"代价，{at}"),
            work.call("cost", a, y, k),
            value,
            say("one term counts when y = 1, the other, k times, when y = 0; take natural logarithms",
                "y = 1 时一项起作用，y = 0 时另一项乘 k 起作用；用自然对数"),
            slips=[
                (value * m, MEAN),
                (-value, say("a cost is positive: the minus signs", "代价应为正：检查负号")),
                (plain[0], PLAIN),
                (swapped[0], SWAPPED),
                (value * m / (y + k * (1 - y)).sum(),
                 say("divide by the number of samples, not by the sum of the weights", "除以样本数，不是除以权重之和")),
            ],
        )  # fmt: skip
        got = work.several("backward", work.call("backward", a, X, y, k), ("dw", "db"))
        dz = say("derive dz for y = 1 and for y = 0 separately, then write both in one formula",
                 "分别推导 y = 1 与 y = 0 时的 dz，再合成一个式子")  # fmt: skip
        for i, name in enumerate(("dw", "db")):
            mine, right = got[i], (dw, db)[i]
            slips = [(right * m, MEAN), (-right, SIGN), (plain[i + 1], PLAIN), (swapped[i + 1], SWAPPED)]
            work.expect(say(f"backward: {name}, {at}", f"反向：{name}，{at}"), mine, right, dz, slips=slips)

    def descended(rate: float, k: float) -> tuple[np.ndarray, float]:
        v, c = w, b
        for _ in range(5):
            s = 1 / (1 + np.exp(-(v @ X + c)))
            dz = np.where(y == 1, s - 1, k * s)
            v, c = v - rate * X @ dz / m, c - rate * np.mean(dz)
        return v, c

    w_true, b_true = descended(0.5, 3.0)
    got = work.several("train", work.call("train", w, b, X, y, 3.0, 0.5, 5), ("w", "b"))
    stale = say("do forward and backward run again in every step?", "每一步都重新做前向与反向了吗？")
    uphill = say("descent goes against the gradient", "下降要逆着梯度走")
    slips = [(descended(-0.5, 3.0)[0], uphill), (descended(0.5, 1.0)[0], PLAIN)]
    work.expect(say("train: w after 5 steps", "训练：5 步后的 w"), got[0], w_true, stale, slips=slips)
    work.expect(say("train: b after 5 steps", "训练：5 步后的 b"), got[1], b_true, stale)


HOMEWORK = (Homework("neuron", STARTER, check),)
