"""Cost against iteration for whole-batch, mini-batch and stochastic descent on one real least-squares problem (2.2)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...engine.order import epoch_order
from ...view.chart import axis, chart, fact, line, panel, rule, say
from ..controls import choice, slider
from ..figure import Figure
from ..walks import walk
from ..weather import Moments, tomorrow

__all__ = ["FIGURE", "SIZES", "descents"]

START = (-1.0, 1.5)
SIZES = tuple((str(n), say(str(n), str(n))) for n in (2, 4, 8, 16, 32, 64, 128, 256, 512))


def descents(
    batch_size: int, rate: float, steps: int, seed: int
) -> list[tuple[str, int, Moments, NDArray[np.float64]]]:
    """(kind, samples a step, moments of each step's batch, weights [steps + 1, 2]) for the whole batch, for
    `batch_size` and for 1.
    """
    problem = tomorrow()
    m = len(problem.y)
    out = []
    for kind, size in (("batch", m), ("mini", batch_size), ("stochastic", 1)):
        epochs = -(-steps // -(-m // size))
        epochs = 1 if kind == "batch" else epochs  # its batch is the same in every epoch
        order = np.concatenate([epoch_order(seed, epoch, m, size) for epoch in range(epochs)])[:steps]
        batches = problem.batches(order)
        if kind == "batch":
            batches = Moments(*(np.repeat(a, steps, axis=0) for a in (batches.hessian, batches.linear, batches.square)))
        out.append((kind, size, batches, walk("sgd", batches.hessian, batches.linear, START, rate, steps)))
    return out


NAMES = {
    "batch": say("whole batch", "整批"),
    "mini": say("mini-batch", "小批量"),
    "stochastic": say("stochastic (1)", "随机（1 个）"),
}


def compute(batch_size: str, rate: float, steps: int, seed: int) -> dict[str, Any]:
    """The cost that each step sees on its own batch; the cost of all samples against the samples read."""
    problem = tomorrow()
    seen, whole, facts = [], [], []
    for series, (kind, size, batches, w) in enumerate(descents(int(batch_size), rate, steps, seed)):
        costs = problem.cost(w)
        seen.append(
            line(np.arange(1, steps + 1), batches.cost(w[:-1]), NAMES[kind], series, faint=kind == "stochastic")
        )
        whole.append(line(np.arange(1, steps + 1) * size / len(problem.y), costs[1:], NAMES[kind], series))
        facts.append(
            fact(
                say(f"{NAMES[kind]['en']}: cost after {steps} steps", f"{NAMES[kind]['zh']}：{steps} 步后的代价"),
                float(costs[-1]),
            )
        )
    least = float(problem.cost(problem.best))
    whole.append(rule(y=least, name=say("the least", "最小值")))
    cost = say("cost J", "代价 J")
    return chart(
        [
            panel(
                axis(say("iteration", "迭代次数")),
                axis(cost),
                seen,
                say("on the batch of each step", "每步在自己那一批上的代价"),
            ),
            panel(
                axis(say("epochs (samples read / m)", "轮数（读过的样本数 / m）"), "log"),
                axis(cost, "log"),
                whole,
                say("on all samples, by samples read", "在全体样本上的代价，按读过的样本数"),
            ),
        ],
        [*facts, fact(say("least cost possible", "可能的最小代价"), least)],
        say(
            "Tomorrow's mean temperature from today's low and high: 730 days, two weights.",
            "用今天的最低、最高气温预测明天的平均气温：730 天，两个权重。",
        ),
    )


FIGURE = Figure(
    "minibatch-cost",
    say("Cost against iteration: smooth, noisy, never settling", "代价随迭代的变化：平滑、抖动、永不安定"),
    (
        choice("batch_size", say("mini-batch size", "小批量大小"), SIZES, "64"),
        slider("rate", say("learning rate", "学习率"), 0.1, 0.005, 1.0, 0.005, log=True),
        slider("steps", say("iterations", "迭代次数"), 200, 20, 730, 10),
        slider("seed", say("seed", "随机种子"), 0, 0, 9, 1),
    ),
    compute,
)
