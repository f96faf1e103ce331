"""Homework of chapter 1.4: a deep network for regression, a numerical gradient; against automatic differentiation."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from ....view.chart import say
from ...homework import Homework, Work

__all__ = ["HOMEWORK"]

STARTER = '''"""A network of any depth for regression: tanh inside, no activation at the output. NumPy is all you need.

X [m, n]: one sample per row; Y [m, 1]: numbers; p: a list with one pair (W [in, out], b [out]) per layer.
"""

import numpy as np


def initialise(sizes, random):
    """p for a network of these sizes, (inputs, hidden ..., 1): W uniform with Glorot's variance, b zero.

    Draw with random.uniform(-r, r, size=...); random is a numpy Generator.
    """


def forward(p, X):
    """(cache, A): the predictions A [m, 1], and whatever your backward needs."""


def backward(p, cache, A, Y):
    """A list with one pair (dW, db) per layer, in the order of p, of J = sum((A - Y)^2) / 2m."""


def numerical(f, w, h=1e-4):
    """The gradient of f, a function of an array, at w, in w's shape, by central differences of h to either side."""
'''

Layers = list[tuple[np.ndarray, np.ndarray]]
MEAN = say("is it a sum where the mean over the m samples is wanted?", "这是对样本求和，而题目要的是对 m 个样本取平均")
HALF = say("J has a ½, so that its derivative has no 2", "J 里有 ½，所以导数里没有 2")
SLOPE = say(
    "the gradient that comes back to a hidden layer must be multiplied by the slope of tanh there",
    "传回隐藏层的梯度要乘上这一层 tanh 的斜率",
)


def _initialise(work: Work) -> None:
    sizes = (400, 300, 100, 1)
    p = work.call("initialise", sizes, np.random.default_rng(1), keeps=False)
    p = work.several("initialise", p, [f"(W{i}, b{i})" for i in range(1, len(sizes))])
    for i, (layer, (n, k)) in enumerate(zip(p, pairwise(sizes), strict=True), 1):
        W, b = work.several("initialise", layer, ("W", "b"))
        name = say(f"initialise: layer {i}", f"初始化：第 {i} 层")
        work.expect(name, np.shape(W), (n, k), say("W is [in, out]", "W 的形状是 [in, out]"))
        work.expect(name, b, np.zeros(k), say("biases start at zero, as [out]", "偏置从零开始，形状 [out]"))
        W, variance = np.asarray(W, float), 2 / (n + k)
        r = np.sqrt(3 * variance)
        work.expect(
            say(f"initialise: standard deviation of W{i}", f"初始化：W{i} 的标准差"),
            float(W.std()),
            np.sqrt(variance),
            say("what is the variance of a uniform number from −r to r?", "从 −r 到 r 均匀分布的数，方差是多少？"),
            slips=[
                (np.sqrt(variance / 3), say("r itself is not the standard deviation", "r 本身不是标准差")),
                (variance, say("that is the variance, not the standard deviation", "这是方差，不是标准差")),
                (np.sqrt(1 / n), say("Glorot's rule counts inputs and outputs", "Glorot 规则同时计入输入和输出")),
                (np.sqrt(2 / n), say("this is He's rule", "这是 He 规则")),
            ],
            tolerance=0.12,  # the spread of 100 uniform draws: standard error 4.5 %, and rules differ by 22 % or more
        )
        even = say("drawn uniformly: nothing lies beyond r", "均匀抽取：不应有超出 r 的数")
        name = say(f"initialise: bounds of W{i}", f"初始化：W{i} 的范围")
        work.expect(name, bool(np.abs(W).max() <= r * 1.0001), True, even)


def check(work: Work) -> None:
    """Initial weights; predictions and derivatives at two depths, in float64; a gradient by differences."""
    import jax
    import jax.numpy as jnp

    _initialise(work)
    random = np.random.default_rng(14)
    X, Y = random.normal(size=(9, 4)), random.normal(size=(9, 1))
    for sizes in ((4, 5, 1), (4, 6, 6, 6, 6, 1)):
        p = [(random.normal(size=(n, k)) / np.sqrt(n), 0.1 * random.normal(size=k)) for n, k in pairwise(sizes)]
        with jax.enable_x64(True):
            A, slopes = _truth(jax.tree.map(jnp.asarray, p), jnp.asarray(X), jnp.asarray(Y))
        _compare(work, p, X, Y, np.asarray(A), jax.tree.map(np.asarray, slopes))
    _numerical(work)


def _truth(p: Any, X: Any, Y: Any) -> tuple[Any, Any]:
    import jax
    import jax.numpy as jnp

    def outputs(p: Any) -> Any:
        A = X
        for W, b in p[:-1]:
            A = jnp.tanh(A @ W + b)
        return A @ p[-1][0] + p[-1][1]

    return outputs(p), jax.grad(lambda p: jnp.mean((outputs(p) - Y) ** 2) / 2)(p)


def _flat(p: Layers, X: np.ndarray, A: np.ndarray, Y: np.ndarray) -> list[np.ndarray]:
    """dW of each layer when every slope of tanh is taken for 1."""
    inputs = [X]
    for W, b in p[:-1]:
        inputs.append(np.tanh(inputs[-1] @ W + b))
    dZ, out = A - Y, []
    for (W, _), before in zip(reversed(p), reversed(inputs), strict=True):
        out.append(before.T @ dZ / len(Y))
        dZ = dZ @ W.T
    return out[::-1]


def _compare(work: Work, p: Layers, X: np.ndarray, Y: np.ndarray, A: np.ndarray, slopes: Layers) -> None:
    depth, m = len(p), len(Y)
    at = say(f"{depth} layers", f"{depth} 层")
    cache, mine = work.several("forward", work.call("forward", p, X), ("cache", "A"))
    work.expect(
        say(f"{at['en']}: predictions A", f"{at['zh']}：预测 A"),
        mine,
        A,
        say("A·W + b in every layer, and tanh in every one but the last", "每层都是 A·W + b，除最后一层外再取 tanh"),
        slips=[(np.tanh(A), say("the output has no activation in a regression", "回归的输出没有激活函数"))],
    )
    wanted = [f"(dW{i}, db{i})" for i in range(1, depth + 1)]
    got = work.several("backward", work.call("backward", p, cache, A, Y), wanted)
    flat = _flat(p, X, A, Y)
    for i in reversed(range(depth)):
        dW, db = work.several("backward", got[i], ("dW", "db"))
        hint = (
            say("here dZ = A − Y, and the inputs of the layer are the outputs of the one before",
                "这里 dZ = A − Y，这一层的输入是前一层的输出")
            if i == depth - 1
            else say("dZ of the layer behind times its W, transposed; then the slope here; then the inputs",
                     "后一层的 dZ 乘它转置的 W，再乘这一层的斜率，再乘它的输入")
        )  # fmt: skip
        slips = [(slopes[i][0] * m, MEAN), (slopes[i][0] * 2, HALF)]
        slips += [(flat[i], SLOPE)] if i < depth - 1 else []
        work.expect(say(f"{at['en']}: dW{i + 1}", f"{at['zh']}：dW{i + 1}"), dW, slopes[i][0], hint, slips=slips)
        biases = say("the mean of dZ over the samples, of shape [out]", "dZ 对样本取平均，形状 [out]")
        slips = [(slopes[i][1] * m, MEAN)]
        work.expect(say(f"{at['en']}: db{i + 1}", f"{at['zh']}：db{i + 1}"), db, slopes[i][1], biases, slips=slips)


def _numerical(work: Work) -> None:
    """On a function whose gradient is known, with an h so large that one-sided differences show."""
    w = np.array([[0.3, -1.1, 0.8], [2.0, 0.1, -0.6]])

    def f(w: np.ndarray) -> float:
        return float(np.sin(w).sum() + w[0, 0] * w[1, 1] ** 2)

    def nudged(entry: int, by: float) -> float:
        moved = w.copy()
        moved.flat[entry] += by
        return f(moved)

    h = 1e-3
    forward, backward = (np.array([(nudged(i, s * h) - f(w)) / (s * h) for i in range(w.size)]) for s in (1, -1))
    truth = (forward + backward).reshape(w.shape) / 2
    one_sided = say(
        "nudge to both sides: the error is then of order h², not h", "两侧都要变动：误差是 h² 阶，而不是 h 阶"
    )
    work.expect(
        say("numerical gradient", "数值梯度 numerical"),
        work.call("numerical", f, w, h),
        truth,
        say("nudge one entry at a time, and leave the others as they were", "每次只变动一个元素，其余保持原样"),
        slips=[
            (forward.reshape(w.shape), one_sided),
            (backward.reshape(w.shape), one_sided),
            (truth * 2, say("the two points are 2h apart", "两点相距 2h")),
            (truth * h, say("the difference is not divided by the distance", "差没有除以距离")),
        ],
    )


HOMEWORK = (Homework("deep", STARTER, check),)
