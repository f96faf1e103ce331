"""Homework of chapter 1.4: a network of any depth, forward and backward, checked against automatic differentiation."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from ....view.chart import say
from ...homework import Homework, Work

__all__ = ["HOMEWORK"]

STARTER = '''"""A network of any depth: ReLU inside, one sigmoid neuron at the end. NumPy is all you need.

X [n, m]: one sample a column; Y [1, m]: 0 or 1; p: a list with one pair (W [out, in], b [out, 1]) a layer.
"""

import numpy as np


def initialise(sizes, random):
    """p for a network of these sizes, (inputs, hidden ..., 1): W by He's rule, b zero.

    Draw with random.normal(size=...); random is a numpy Generator.
    """


def forward(p, X):
    """(cache, A): the answers A [1, m], and whatever your backward needs."""


def backward(p, cache, A, Y):
    """A list with one pair (dW, db) a layer, in the order of p."""


def step(p, slopes, learning_rate):
    """p after one step of gradient descent, as a new list."""
'''

Layers = list[tuple[np.ndarray, np.ndarray]]
MEAN = say("is it a sum where the mean over the m samples is wanted?", "这是对样本求和，而题目要的是对 m 个样本取平均")
MASK = say(
    "what comes back to a hidden layer must be multiplied by that layer's own ReLU slope",
    "传回隐藏层的量要乘上这一层自己的 ReLU 斜率",
)


def _initialise(work: Work) -> None:
    sizes = (400, 300, 200, 1)
    p = work.call("initialise", sizes, np.random.default_rng(1), keeps=False)
    p = work.several("initialise", p, [f"(W{i}, b{i})" for i in range(1, len(sizes))])
    for i, (layer, (n, k)) in enumerate(zip(p, pairwise(sizes), strict=True), 1):
        W, b = work.several("initialise", layer, ("W", "b"))
        name = say(f"initialise: layer {i}", f"初始化：第 {i} 层")
        work.expect(name, np.shape(W), (k, n), say("W is [out, in]", "W 的形状是 [out, in]"))
        zero = say("biases start at zero, as [out, 1]", "偏置从零开始，形状 [out, 1]")
        work.expect(name, b, np.zeros((k, 1)), zero)
        spread = float(np.std(np.asarray(W, float)))
        work.expect(
            say(f"initialise: spread of W{i}", f"初始化：W{i} 的标准差"),
            spread,
            np.sqrt(2 / n),
            say("He's rule asks for a variance of 2 by the number of inputs", "He 规则要求方差为 2 除以输入个数"),
            slips=[
                (
                    2 / n,
                    say(
                        "that is the variance; normal() is scaled by its root",
                        "这是方差，乘在 normal() 上的应是它的平方根",
                    ),
                ),
                (np.sqrt(1 / n), say("this is Xavier's rule", "这是 Xavier 规则")),
                (np.sqrt(2 / k), say("the number of inputs counts, not of outputs", "要用输入个数，不是输出个数")),
            ],
            tolerance=0.2,  # the spread of 200 draws is within 20 % of its expectation, four standard errors
        )


def check(work: Work) -> None:
    """Spread of the first weights; answers and derivatives at two depths, in float64."""
    import jax
    import jax.numpy as jnp

    _initialise(work)
    random = np.random.default_rng(14)
    X, Y = random.normal(size=(4, 9)), random.integers(0, 2, (1, 9)).astype(float)
    for sizes in ((4, 5, 1), (4, 6, 6, 6, 6, 1)):
        p = [(random.normal(size=(k, n)) / np.sqrt(n), 0.1 * random.normal(size=(k, 1))) for n, k in pairwise(sizes)]
        with jax.enable_x64(True):
            A, slopes = _truth(jax.tree.map(jnp.asarray, p), jnp.asarray(X), jnp.asarray(Y))
        _compare(work, p, X, Y, np.asarray(A), jax.tree.map(np.asarray, slopes))


def _truth(p: Any, X: Any, Y: Any) -> tuple[Any, Any]:
    import jax
    import jax.numpy as jnp

    def logits(p: Any) -> Any:
        A = X
        for W, b in p[:-1]:
            A = jax.nn.relu(W @ A + b)
        return p[-1][0] @ A + p[-1][1]

    def cost(p: Any) -> Any:
        z = logits(p)
        return jnp.mean(Y * jax.nn.softplus(-z) + (1 - Y) * jax.nn.softplus(z))

    return jax.nn.sigmoid(logits(p)), jax.grad(cost)(p)


def _unmasked(p: Layers, X: np.ndarray, A: np.ndarray, Y: np.ndarray) -> list[np.ndarray]:
    """dW of each layer when every slope of ReLU is taken for 1."""
    inputs = [X]
    for W, b in p[:-1]:
        inputs.append(np.maximum(0, W @ inputs[-1] + b))
    dZ, out = A - Y, []
    for (W, _), before in zip(reversed(p), reversed(inputs), strict=True):
        out.append(dZ @ before.T / Y.shape[1])
        dZ = W.T @ dZ
    return out[::-1]


def _compare(work: Work, p: Layers, X: np.ndarray, Y: np.ndarray, A: np.ndarray, slopes: Layers) -> None:
    depth, m = len(p), Y.shape[1]
    at = say(f"{depth} layers", f"{depth} 层")
    cache, mine = work.several("forward", work.call("forward", p, X), ("cache", "A"))
    Z = np.log(A / (1 - A))
    work.expect(
        say(f"{at['en']}: answers A", f"{at['zh']}：回答 A"),
        mine,
        A,
        say(
            "W·A + b and ReLU in every layer but the last, which has a sigmoid",
            "除最后一层用 sigmoid 外，每层都是 W·A + b 再取 ReLU",
        ),
        slips=[
            (Z, say("the last activation is missing", "还差最后的激活函数")),
            (
                np.maximum(0, Z),
                say("the last activation is a sigmoid, not ReLU", "最后的激活函数是 sigmoid，不是 ReLU"),
            ),
        ],
    )
    got = work.several(
        "backward", work.call("backward", p, cache, A, Y), [f"(dW{i}, db{i})" for i in range(1, depth + 1)]
    )
    unmasked = _unmasked(p, X, A, Y)
    for i in reversed(range(depth)):
        dW, db = work.several("backward", got[i], ("dW", "db"))
        hint = (
            say(
                "here dZ = A − Y, and the inputs of the layer are what came before",
                "这里 dZ = A − Y，这一层的输入是前面传来的量",
            )
            if i == depth - 1
            else say(
                "dA_prev = Wᵀ·dZ of the layer behind, then this layer's slope, then its inputs",
                "后一层的 dA_prev = Wᵀ·dZ，乘这一层的斜率，再乘它的输入",
            )
        )
        slips = [(slopes[i][0] * m, MEAN)] + ([(unmasked[i], MASK)] if i < depth - 1 else [])
        name = f"dW{i + 1}"
        work.expect(say(f"{at['en']}: {name}", f"{at['zh']}：{name}"), dW, slopes[i][0], hint, slips=slips)
        name = f"db{i + 1}"
        biases = say("the mean of dZ over the samples, kept as [out, 1]", "dZ 对样本取平均，形状保持 [out, 1]")
        work.expect(
            say(f"{at['en']}: {name}", f"{at['zh']}：{name}"),
            db,
            slopes[i][1],
            biases,
            slips=[(slopes[i][1] * m, MEAN)],
        )
    got = work.several("step", work.call("step", p, slopes, 0.3), [f"(W{i}, b{i})" for i in range(1, depth + 1)])
    uphill = say("descent goes against the gradient", "下降要逆着梯度走")
    for i, (layer, (W, b), (dW, db)) in enumerate(zip(got, p, slopes, strict=True), 1):
        mine_W, mine_b = work.several("step", layer, ("W", "b"))
        moved = say(f"{at['en']}: step of layer {i}", f"{at['zh']}：第 {i} 层迈一步")
        hint = say("subtract the learning rate times the derivative", "减去学习率乘导数")
        work.expect(moved, mine_W, W - 0.3 * dW, hint, slips=[(W + 0.3 * dW, uphill)])
        work.expect(moved, mine_b, b - 0.3 * db, hint, slips=[(b + 0.3 * db, uphill)])


HOMEWORK = (Homework("deep", STARTER, check),)
