"""The paths of whole-batch, mini-batch and stochastic descent over the contours of their own cost (chapter 2.2)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...view.chart import axis, chart, contours, dots, fact, panel, path, say
from ..controls import choice, slider
from ..figure import Figure
from ..walks import clipped
from ..weather import tomorrow
from .minibatch_cost import NAMES, SIZES, descents

__all__ = ["FIGURE"]

LOW, HIGH = (-1.6, -1.0), (1.6, 2.2)
GRID = 61


def compute(batch_size: str, rate: float, steps: int, seed: int) -> dict[str, Any]:
    """One panel of tilted ellipses with the three paths."""
    problem = tomorrow()
    x, y = np.linspace(LOW[0], HIGH[0], GRID), np.linspace(LOW[1], HIGH[1], GRID)
    marks = [contours(x, y, problem.cost(np.stack(np.meshgrid(x, y), axis=-1)), "log")]
    facts = []
    for series, (kind, size, _, w) in enumerate(descents(int(batch_size), rate, steps, seed)):
        kept = clipped(w, LOW, HIGH)
        marks.append(path(kept[:, 0], kept[:, 1], NAMES[kind], series))
        far = float(np.linalg.norm(w[-1] - problem.best))
        facts.append(
            fact(say(f"{NAMES[kind]['en']}: samples read", f"{NAMES[kind]['zh']}：读过的样本数"), size * steps, 6)
        )
        facts.append(
            fact(say(f"{NAMES[kind]['en']}: distance from the minimum", f"{NAMES[kind]['zh']}：离最低点的距离"), far)
        )
    best, together = problem.best, problem.hessian[0, 1]
    marks.append(dots([best[0]], [best[1]], say("minimum", "最低点"), 3))
    return chart(
        [
            panel(
                axis(say("weight of the low", "最低气温的权重"), "linear", (LOW[0], HIGH[0])),
                axis(say("weight of the high", "最高气温的权重"), "linear", (LOW[1], HIGH[1])),
                marks,
                equal=True,
            )
        ],
        [*facts, fact(say("condition number", "条件数"), problem.condition)],
        say(
            f"Low and high rise and fall together (correlation {together:.2f}), hence the long, tilted ellipses.",
            f"最低与最高气温同涨同落（相关系数 {together:.2f}），椭圆因此又斜又长。",
        ),
    )


FIGURE = Figure(
    "minibatch-paths",
    say("Three ways down the same ellipses", "同一组椭圆上的三条下降路径"),
    (
        choice("batch_size", say("mini-batch size", "小批量大小"), SIZES, "16"),
        slider("rate", say("learning rate", "学习率"), 0.2, 0.005, 1.2, 0.005, log=True),
        slider("steps", say("iterations", "迭代次数"), 120, 5, 300, 5),
        slider("seed", say("seed", "随机种子"), 0, 0, 9, 1),
    ),
    compute,
)
