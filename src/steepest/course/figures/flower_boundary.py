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
SIDE = np.linspace(-2.7, 2.7, 61)
GRID = np.stack(np.meshgrid(SIDE, SIDE), axis=-1).reshape(-1, 2).astype(np.float32)


def compute(hidden: int, epoch: int, rate: float, activation: str, seed: int) -> dict[str, Any]:
    """The plane as the network sees it, with the training points, and the cost."""
    way = history("flower-shallow", hidden, rate, EPOCHS, activation=activation, seed=seed)
    seen, unseen = (samples("flower", "standardise", split) for split in ("train", "test"))
    plane = way.logits(epoch, GRID).astype(np.float64).reshape(len(SIDE), -1)
    accuracy = [float(np.mean((way.logits(epoch, s.x) > 0) == s.y)) for s in (seen, unseen)]
    epochs = np.arange(0, EPOCHS + 1, 5)
    points = [dots(seen.x[seen.y == y, 0], seen.x[seen.y == y, 1], say(f"class {y}", f"第 {y} 类"), y) for y in (0, 1)]
    return chart(
        [
            panel(
                axis(say("x₁ (standardised)", "x₁（已标准化）")),
                axis(say("x₂ (standardised)", "x₂（已标准化）")),
                [regions(SIDE, SIDE, 1 / (1 + np.exp(-plane))), *points],
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
            "0 hidden units: one neuron, whose border is a straight line.",
            "0 个隐藏单元就是一个神经元，分界只能是直线。",
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
