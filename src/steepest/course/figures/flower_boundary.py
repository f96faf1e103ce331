"""The decision boundary of a shallow network on the flower, as it trains (chapter 1.3)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...view.chart import axis, chart, dots, fact, line, panel, regions, rule, say
from ..controls import choice, slider
from ..figure import Figure
from ..histories import MOST, history
from ..samples import samples

__all__ = ["FIGURE"]

EPOCHS = 1000
DRAWN = 8  # units whose own lines are drawn; more would hide the plane
SIDE = np.linspace(-2.7, 2.7, 61)
GRID = np.stack(np.meshgrid(SIDE, SIDE), axis=-1).reshape(-1, 2).astype(np.float32)


def _units(weights: Any, biases: Any) -> list[dict[str, Any]]:
    """The line w·x + b = 0 of each hidden unit, as far as it crosses the plane; none where there are too many."""
    out: list[dict[str, Any]] = []
    for w, b in zip(weights.T, biases, strict=True) if weights.shape[1] <= DRAWN else ():
        foot, along = -b * w / (w @ w), np.array([-w[1], w[0]]) / np.sqrt(w @ w)
        points = foot + np.linspace(-4, 4, 161)[:, None] * along
        inside = np.abs(points).max(axis=1) <= SIDE[-1]
        if inside.any():
            x, y = points[inside].T
            out.append(line(x, y, say("a hidden unit's line", "隐藏单元的直线"), 3))
    return out


def compute(hidden: int, epoch: int, rate: float, activation: str, seed: int) -> dict[str, Any]:
    """The plane as the network sees it, with the training points, and the cost."""
    way = history("flower-shallow", hidden, rate, EPOCHS, activation=activation, seed=seed)
    seen, unseen = (samples("flower", "standardise", split) for split in ("train", "test"))
    plane = way.logits(epoch, GRID).astype(np.float64).reshape(len(SIDE), -1)
    accuracy = [float(np.mean((way.logits(epoch, s.x) > 0) == s.y)) for s in (seen, unseen)]
    epochs = np.arange(0, EPOCHS + 1, 5)
    points = [dots(seen.x[seen.y == y, 0], seen.x[seen.y == y, 1], say(f"class {y}", f"第 {y} 类"), y) for y in (0, 1)]
    first = (np.asarray(both[0][epoch], np.float64)[..., :hidden] for both in (way.weights, way.biases))
    lines = _units(*first) if hidden else []
    return chart(
        [
            panel(
                axis(say("x₁ (standardised)", "x₁（已标准化）")),
                axis(say("x₂ (standardised)", "x₂（已标准化）")),
                [regions(SIDE, SIDE, 1 / (1 + np.exp(-plane))), *points, *lines],
                say("decision boundary", "决策边界"),
                equal=True,
            ),
            panel(
                axis(say("epoch", "训练轮数")),
                axis(say("cost J of the training set", "训练集上的代价 J")),
                [line(epochs, way.costs[::5], None, 2), rule(x=epoch)],
            ),
        ],
        [
            fact(say("training accuracy", "训练准确率"), accuracy[0]),
            fact(say("test accuracy", "测试准确率"), accuracy[1]),
            fact(say("cost J", "代价 J"), float(way.costs[epoch])),
            fact(say("parameters", "参数个数"), 4 * hidden + 1 if hidden else 3, 4),
        ],
        say(
            f"0 hidden units: one neuron, whose border is a straight line. Up to {DRAWN}: the units' lines are drawn.",
            f"0 个隐藏单元就是一个神经元，分界只能是直线。不超过 {DRAWN} 个单元时，画出各单元自己的直线。",
        ),
    )


FIGURE = Figure(
    "flower-boundary",
    say("The decision boundary as the network trains", "决策边界随训练的变化"),
    (
        slider("hidden", say("hidden units", "隐藏单元数"), 4, 0, MOST, 1),
        slider("epoch", say("epoch", "训练轮数"), EPOCHS, 0, EPOCHS, 10),
        slider("rate", say("learning rate", "学习率"), 1.2, 0.01, 10.0, 0.01, log=True),
        choice("activation", say("activation", "激活函数"),
               [(n, say(n, n)) for n in ("tanh", "relu", "leaky_relu", "sigmoid", "identity")]),
        slider("seed", say("seed of the first weights", "初始权重的种子"), 0, 0, 20, 1),
    ),
    compute,
)  # fmt: skip
