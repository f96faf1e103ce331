"""Starts that end in different places: two minima, a saddle, a plateau, each end judged by its Hessian (2.2)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...view.chart import axis, chart, contours, dots, fact, panel, path, say
from ..controls import choice, slider
from ..figure import Figure

__all__ = ["FIGURE", "STARTS"]

GRID = 61
STARTS = {  # the ends of the segment that the third start moves on
    "two-minima": ((-0.6, 1.2), (1.1, 1.2)),
    "saddle": ((-1.6, -0.02), (-1.6, 0.02)),
    "plateau": ((-2.6, 2.0), (-0.9, 0.7)),
}
KINDS = {
    "minimum": say("minimum", "极小点"),
    "maximum": say("maximum", "极大点"),
    "saddle": say("saddle", "鞍点"),
    "plateau": say("plateau", "平台"),
    "slope": say("slope, still on its way", "斜坡，还在路上"),
}


def compute(surface: str, optimizer: str, between: float, rate: float, steps: int) -> dict[str, Any]:
    """Three paths, and what kind of place each one's end is."""
    from ...racing.descent import descend
    from ...surfaces.loading import surface as load

    chosen = load(surface)
    a, b = np.array(STARTS[surface])
    starts = np.stack([a, a + between * (b - a), b])
    x, y = (np.linspace(low, high, GRID) for low, high in chosen.domain)
    marks = [contours(x, y, chosen.value(*np.meshgrid(x, y)))]
    facts = []
    found = descend(chosen, optimizer, lr=rate * chosen.learning_rate, start=starts, steps=steps)
    for series, (letter, one) in enumerate(zip("ABC", found, strict=True)):
        marks.append(path(one.path[:, 0], one.path[:, 1], say(f"start {letter}", f"起点 {letter}"), series))
        label = say(f"end of {letter}", f"{letter} 的终点")
        if one.verdict is None:
            facts.append(fact(label, say("diverged", "发散")))
            continue
        low, high, x_end, y_end = np.round([*one.verdict.eigenvalues, *one.path[-1]], 2) + 0.0  # no −0.00
        at = f"({x_end:.2f}, {y_end:.2f})"
        en, zh = (KINDS[one.verdict.kind][language] for language in ("en", "zh"))
        facts.append(
            fact(
                label,
                say(f"{en} at {at}, curvatures {low:.2f}, {high:.2f}", f"{zh}，位于 {at}，曲率 {low:.2f}、{high:.2f}"),
            )
        )
    minima = np.array(chosen.minima)
    marks.append(dots(minima[:, 0], minima[:, 1], say("lowest points", "最低点"), 3))
    across, up = (axis(say(name, name), "linear", domain) for name, domain in zip("xy", chosen.domain, strict=True))
    return chart([panel(across, up, marks)], facts, chosen.title)


FIGURE = Figure(
    "critical-points",
    say("Where a descent ends depends on where it starts", "终点取决于起点"),
    (
        choice(
            "surface",
            say("surface", "曲面"),
            (
                ("two-minima", say("two minima", "两个极小点")),
                ("saddle", say("saddle", "鞍点")),
                ("plateau", say("plateau", "高原")),
            ),
        ),
        choice(
            "optimizer",
            say("optimizer", "优化器"),
            (
                ("sgd", say("plain descent", "普通梯度下降")),
                ("momentum", say("momentum", "动量")),
                ("adam", say("Adam", "Adam")),
            ),
        ),
        slider("between", say("start B, from A (0) to C (1)", "起点 B：从 A（0）到 C（1）"), 0.4, 0.0, 1.0, 0.01),
        slider(
            "rate", say("learning rate, times the surface's own", "学习率（曲面建议值的倍数）"), 0.5, 0.05, 2.0, 0.05
        ),
        slider("steps", say("steps", "步数"), 120, 10, 400, 10),
    ),
    compute,
)
