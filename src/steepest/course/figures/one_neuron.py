"""One neuron learns to tell tumours apart: its predictions on unseen ones after so many epochs (chapter 1.2)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...view.chart import axis, chart, dots, fact, line, panel, rule, say
from ..controls import slider
from ..figure import Figure
from ..histories import history
from ..samples import samples

__all__ = ["FIGURE"]

EPOCHS = 200


def compute(epoch: int, rate: float) -> dict[str, Any]:
    """Every unseen tumour at its z and ŷ, and the cost up to here."""
    way = history("cancer-neuron", 0, rate, EPOCHS)
    unseen = samples("cancer", "standardise", "test")
    z = way.logits(epoch, unseen.x).astype(np.float64)
    a = 1 / (1 + np.exp(-z))
    right = (z > 0) == (unseen.y > 0)
    reach = max(6.0, float(np.abs(z).max()))
    curve = np.linspace(-reach, reach, 121)
    kinds = ((1, say("benign", "良性"), 0), (0, say("malignant", "恶性"), 1))
    epochs = np.arange(EPOCHS + 1)
    return chart(
        [
            panel(
                axis(say("z = w·x + b", "z = w·x + b")),
                axis(say("prediction ŷ = σ(z)", "预测 ŷ = σ(z)"), domain=(0, 1)),
                [
                    line(curve, 1 / (1 + np.exp(-curve)), None, 2, faint=True),
                    *(dots(z[unseen.y == y], a[unseen.y == y], name, series) for y, name, series in kinds),
                    rule(y=0.5, name=say("the decision boundary", "决策边界")),
                ],
                say("113 tumours of the test set", "测试集里的 113 个肿瘤"),
            ),
            panel(
                axis(say("epoch", "训练轮数")),
                axis(say("cost J of the training set", "训练集上的代价 J"), domain=(0, float(max(1, way.costs[0])))),
                [
                    line(epochs, way.costs, None, 2, faint=True),
                    line(epochs[: epoch + 1], way.costs[: epoch + 1], None, 2),
                    rule(x=epoch),
                ],
            ),
        ],
        [
            fact(say("right of 113", "113 个中分对"), int(right.sum()), 3),
            fact(say("test accuracy", "测试准确率"), float(right.mean())),
            fact(say("cost J", "代价 J"), float(way.costs[epoch])),
            fact(say("malignant taken for benign", "恶性被当成良性"), int(((z > 0) & (unseen.y == 0)).sum())),
        ],
    )


FIGURE = Figure(
    "one-neuron",
    say("One neuron learns to tell tumours apart", "一个神经元学着分辨肿瘤"),
    (
        slider("epoch", say("epoch", "训练轮数"), 10, 0, EPOCHS, 1),
        slider("rate", say("learning rate", "学习率"), 0.1, 0.001, 10.0, 0.001, log=True),
    ),
    compute,
)
