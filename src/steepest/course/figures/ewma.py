"""Two years of daily temperatures and their exponentially weighted averages (chapter 2.2)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...averages import ewma
from ...data.temperatures import temperatures
from ...view.chart import axis, chart, dots, fact, line, panel, say
from ..controls import choice, slider, switch
from ..figure import Figure

__all__ = ["FIGURE"]

COMPARED = (0.5, 0.9, 0.98)


def compute(beta: float, start: str, correction: bool, compare: bool) -> dict[str, Any]:
    """Points, the average for `beta`, and those for the three betas of the text."""
    t = temperatures()
    days = t.date.astype(str)
    corrected = correction and start == "zero"

    def averaged(values: np.ndarray, b: float) -> np.ndarray:
        return ewma(values, b, start="zero" if start == "zero" else "first", bias_correction=corrected)

    mine = averaged(t.average, beta)
    marks = [dots(days, t.average, say("measured", "实测"), series=0, faint=True)]
    if compare:
        marks += [
            line(days, averaged(t.average, b), say(f"β = {b}", f"β = {b}"), series=2 + i, faint=True)
            for i, b in enumerate(COMPARED)
        ]
    marks.append(line(days, mine, say(f"β = {beta:g}", f"β = {beta:g}"), series=1))
    jumps = np.abs(np.diff(mine)).mean() / np.abs(np.diff(t.average)).mean()
    return chart(
        [panel(axis(say("day", "日期"), "time"), axis(say("daily mean temperature, °C", "日平均气温（°C）")), marks)],
        [
            fact(say("effective window 1/(1−β), days", "有效窗口 1/(1−β)（天）"), 1 / (1 - beta)),
            fact(say("lag behind a steady rise β/(1−β), days", "匀速升温时的滞后 β/(1−β)（天）"), beta / (1 - beta)),
            fact(say("jumps from day to day, of the data's", "逐日跳动（占原数据的比例）"), float(jumps)),
            fact(say("first day: measured, °C", "第一天：实测（°C）"), float(t.average[0])),
            fact(say("first day: averaged, °C", "第一天：平均值（°C）"), float(mine[0])),
        ],
        say(
            "With start 0 and no correction the curve begins near 0 °C whatever the weather was.",
            "从 0 起步又不修正，曲线总从 0 °C 附近出发，与天气无关。",
        )
        if start == "zero" and not corrected
        else None,
    )


FIGURE = Figure(
    "ewma",
    say("Exponentially weighted averages of two years in Beijing", "北京两年气温的指数加权平均"),
    (
        slider("beta", say("β", "β"), 0.95, 0.0, 0.99, 0.005),
        choice(
            "start", say("start", "起点"), (("first", say("S₁ = Y₁", "S₁ = Y₁")), ("zero", say("S₀ = 0", "S₀ = 0")))
        ),
        switch("correction", say("bias correction (start 0)", "偏差修正（从 0 起步时）")),
        switch("compare", say("β = 0.5, 0.9 and 0.98 beside it", "同时画出 β = 0.5、0.9、0.98"), True),
    ),
    compute,
)
