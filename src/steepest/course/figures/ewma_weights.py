"""The weights that one day's average gives to the days before it (chapter 2.2), read off the average itself.

The average is linear in the data, so its answer to a single 1 among zeros is that day's weight.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...averages import ewma
from ...view.chart import axis, chart, dots, fact, line, panel, rule, say
from ..controls import choice, slider, switch
from ..figure import Figure

__all__ = ["FIGURE"]


def weights(beta: float, day: int, start: str, correction: bool) -> NDArray[np.float64]:
    """The weight [day] in S_day of the value of that day, of the day before, … of day 1."""
    impulse = np.zeros(day + 1)
    if start == "zero":
        impulse[0] = 1
        found = ewma(impulse, beta, start="zero")[:day]
        whole = ewma(np.ones(day), beta, start="zero")[-1]  # 1 − β^day, the sum of the weights
        return found / whole if correction else found
    impulse[1] = 1
    later = ewma(impulse, beta)[1:day]  # every day but the first, which has a weight of its own
    first = ewma(np.eye(1, day)[0], beta)[-1]
    return np.append(later, first)


def compute(beta: float, day: int, start: str, correction: bool) -> dict[str, Any]:
    """One dot a day back, the curve (1−β)·β^k that they lie on, and the window."""
    w = weights(beta, day, start, correction)
    ago = np.arange(day)
    window = 1 / (1 - beta)
    inside = float(w[: max(1, round(window))].sum())
    marks = [
        line(ago, (1 - beta) * beta**ago, say("(1−β)·βᵏ", "(1−β)·βᵏ"), series=1, faint=True),
        dots(ago, w, say("weight", "权重"), series=0),
        rule(x=window, name=say("1/(1−β) days", "1/(1−β) 天")),
    ]
    return chart(
        [
            panel(
                axis(say("days back, k", "往前第 k 天")),
                axis(say("weight in that day's average", "在当天平均值中的权重")),
                marks,
            )
        ],
        [
            fact(say("sum of all weights", "全部权重之和"), float(w.sum()), 4),
            fact(say("of which within 1/(1−β) days", "其中 1/(1−β) 天以内"), inside),
            fact(say("weight of day 1", "第 1 天的权重"), float(w[-1]), 4),
            fact(say("mean age of the values, days", "数据的平均“年龄”（天）"), float(w @ ago / w.sum())),
        ],
    )


FIGURE = Figure(
    "ewma-weights",
    say("What one day's average is made of", "某一天的平均值由哪些天组成"),
    (
        slider("beta", say("β", "β"), 0.9, 0.0, 0.99, 0.005),
        slider("day", say("day t", "第 t 天"), 60, 1, 365, 1),
        choice(
            "start", say("start", "起点"), (("zero", say("S₀ = 0", "S₀ = 0")), ("first", say("S₁ = Y₁", "S₁ = Y₁")))
        ),
        switch("correction", say("bias correction (start 0)", "偏差修正（从 0 起步时）")),
    ),
    compute,
)
