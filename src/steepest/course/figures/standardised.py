"""The same regression before and after its input is standardised: contours, path and step count (chapter 2.2)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...view.chart import Chart, axis, chart, contours, dots, fact, panel, path, say
from ..controls import choice, slider
from ..figure import Figure
from ..walks import walk
from ..weather import LeastSquares, high_from_low

__all__ = ["FIGURE", "MOST", "descent"]

MOST = 8192  # steps walked at most
SMALL = 1e-4  # the share of the excess cost that may be left
GRID = 61


def descent(problem: LeastSquares, rate: float) -> tuple[NDArray[np.float64], int | None]:
    """The path of plain descent from zero, at `rate` times the largest stable one, and the steps that it needs until
    its excess cost is SMALL of the first; None when MOST are not enough.
    """
    largest = 2 / np.linalg.eigvalsh(problem.hessian)[-1]
    steps = 256
    while True:
        w = walk("sgd", problem.hessian, problem.linear, (0, 0), rate * largest, steps)
        excess = problem.cost(w) - problem.cost(problem.best)
        there = excess <= SMALL * excess[0]
        if there.any() or steps == MOST:
            return w, int(there.argmax()) if there.any() else None
        steps = MOST


def _shown(w: NDArray[np.float64], end: int) -> NDArray[np.float64]:
    """The path to step `end`: each of its first steps, then ever fewer."""
    chosen = np.unique(np.append(np.arange(min(end, 40) + 1), np.geomspace(40, max(end, 40), 60).astype(int)))
    return w[chosen[chosen <= end]]


def _panel(problem: LeastSquares, w: NDArray[np.float64], end: int, title: Any, series: int) -> Chart:
    best = problem.best
    reach = 1.25 * max(abs(best[1]), 1.0)  # the same scale on both axes, or ellipses would not look like what they are
    x, y = best[0] + np.linspace(-reach, reach, GRID), best[1] + np.linspace(-reach, reach, GRID)
    kept = _shown(w, end)
    marks = [
        contours(x, y, problem.cost(np.stack(np.meshgrid(x, y), axis=-1)), "log"),
        path(kept[:, 0], kept[:, 1], say("descent", "下降路径"), series),
        dots([best[0]], [best[1]], say("minimum", "最低点"), 3),
    ]
    return panel(
        axis(say("weight w", "权重 w"), "linear", (x[0], x[-1])),
        axis(say("bias b", "偏置 b"), "linear", (y[0], y[-1])),
        marks,
        title,
        equal=True,
    )


def compute(unit: str, rate: float) -> dict[str, Any]:
    """Two panels: the input as measured, and standardised."""
    before, after = high_from_low(unit), high_from_low("standardised")
    panels, facts = [], []
    for series, (problem, title) in enumerate(
        ((before, say("as measured", "原始输入")), (after, say("standardised", "标准化之后")))
    ):
        w, needed = descent(problem, rate)
        panels.append(_panel(problem, w, len(w) - 1 if needed is None else needed, title, series))
        facts.append(fact(say(f"{title['en']}: condition number", f"{title['zh']}：条件数"), problem.condition))
        label = say(f"{title['en']}: steps needed", f"{title['zh']}：所需步数")
        more = say(f"more than {MOST}", f"多于 {MOST}")
        facts.append(fact(label, more if needed is None else needed, 5))
    slow = 1 - 2 * rate / before.condition  # what one step leaves of the error along the valley
    facts.append(
        fact(
            say("steps that shrink the slow direction tenfold", "慢方向误差缩小到十分之一所需步数"),
            math.log(0.1) / math.log(slow),
        )
    )
    return chart(
        panels,
        facts,
        say("A day's high predicted from its low: ŷ = w·low + b.", "用当天最低气温预测最高气温：ŷ = w·low + b。"),
    )


FIGURE = Figure(
    "standardised",
    say("Standardised inputs turn a valley into a bowl", "输入标准化：山谷变圆碗"),
    (
        choice(
            "unit",
            say("unit of the low", "最低气温的单位"),
            (
                ("celsius", say("°C", "°C")),
                ("fahrenheit", say("°F", "°F")),
                ("kelvin", say("K", "K")),
            ),
        ),
        slider(
            "rate",
            say("learning rate, of the largest stable one", "学习率（占最大稳定值的比例）"),
            0.4,
            0.05,
            0.98,
            0.01,
        ),
    ),
    compute,
)
