"""The optimisers race down one surface from one start (chapter 2.2), at a common rate or each at its best of many.

`best` lets every optimiser descend at RATES and keeps the one that ends lowest: the fair comparison.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...view.chart import Chart, axis, chart, contours, dots, fact, line, panel, path, say
from ..controls import choice, slider, switch
from ..figure import Figure

__all__ = ["FIGURE", "OPTIMIZERS", "RATES", "SURFACES"]

RATES = "1e-4..10:16"
GRID = 61
SURFACES = {
    "saddle": say("saddle", "鞍点"),
    "ravine": say("ravine", "峡谷"),
    "beale": say("Beale", "Beale 函数"),
    "rosenbrock": say("Rosenbrock", "Rosenbrock 函数"),
    "tilted-bowl": say("tilted bowl", "斜椭圆碗"),
    "himmelblau": say("Himmelblau", "Himmelblau 函数"),
    "rastrigin": say("Rastrigin", "Rastrigin 函数"),
    "plateau": say("plateau", "高原"),
}
OPTIMIZERS = {
    "sgd": say("plain descent", "普通梯度下降"),
    "momentum": say("momentum", "动量"),
    "nesterov": say("Nesterov", "Nesterov"),
    "adagrad": say("Adagrad", "Adagrad"),
    "adadelta": say("Adadelta", "Adadelta"),
    "rmsprop": say("RMSProp", "RMSProp"),
    "adam": say("Adam", "Adam"),
}


def _plane(surface: Any) -> Chart:
    x, y = (np.linspace(low, high, GRID) for low, high in surface.domain)
    z = surface.value(*np.meshgrid(x, y))
    return contours(x, y, z - z.min() if surface.scale == "log" else z, surface.scale)


def _descents(surface: Any, names: list[str], rates: str, rate: float, steps: int) -> list[Any]:
    """One descent of each optimiser: at `rate`, or the one of RATES that ends lowest."""
    from ...racing.descent import descend

    if rates == "same":
        return descend(surface, names, lr=rate, steps=steps)
    best: dict[str, Any] = {}
    for one in descend(surface, names, lr=RATES, steps=steps):
        end = math.inf if one.diverged else float(one.values[-1])
        if one.optimizer not in best or end < best[one.optimizer][0]:
            best[one.optimizer] = (end, one)
    return [best[name][1] for name in names]


def compute(surface: str, rates: str, rate: float, steps: int, **shown: bool) -> dict[str, Any]:
    """Left the paths on the contours, right the height above the lowest point after each step."""
    from ...surfaces.loading import surface as load

    chosen = load(surface)
    names = [name for name in OPTIMIZERS if shown[name]] or ["sgd"]
    plane, heights, facts = [_plane(chosen)], [], []
    floor = min(float(chosen.value(*minimum)) for minimum in chosen.minima)
    (x0, x1), (y0, y1) = chosen.domain
    for one in _descents(chosen, names, rates, rate, steps):
        label, series = OPTIMIZERS[one.optimizer], list(OPTIMIZERS).index(one.optimizer)
        inside = np.clip(one.path, (x0, y0), (x1, y1))
        plane.append(path(inside[:, 0], inside[:, 1], label, series))
        above = one.values - floor
        heights.append(line(np.arange(len(above)), np.where(above > 1e-15, above, np.nan), label, series))
        used = one.hyperparameters["learning_rate"]
        end = say("diverged", "发散") if one.diverged else float(max(above[-1], 0))
        facts.append(fact(say(f"{label['en']}, α = {used:.3g}", f"{label['zh']}，α = {used:.3g}"), end))
    x, y = zip(*chosen.minima, strict=True)
    plane.append(dots(x, y, say("lowest points", "最低点"), len(OPTIMIZERS)))
    return chart(
        [
            panel(axis(say("x", "x"), "linear", (x0, x1)), axis(say("y", "y"), "linear", (y0, y1)), plane),
            panel(axis(say("step", "步")), axis(say("height above the lowest", "高出最低点"), "log"), heights),
        ],
        facts,
        say("The numbers are heights above the lowest point at the end.", "表中数字是终点高出最低点的高度。"),
    )


FIGURE = Figure(
    "descent",
    say("All of them, from one start", "同一起点，全体出发"),
    (
        choice("surface", say("surface", "曲面"), tuple(SURFACES.items()), "rosenbrock"),
        choice(
            "rates",
            say("learning rates", "学习率"),
            (
                ("same", say("the same for all", "大家相同")),
                ("best", say("each at its best of 16", "各取 16 档中最好的")),
            ),
            "best",
        ),
        slider("rate", say("learning rate, when the same", "相同时的学习率"), 0.02, 0.0001, 1.0, 0.0001, log=True),
        slider("steps", say("steps", "步数"), 150, 20, 400, 10),
        *(switch(name, label, name != "adadelta") for name, label in OPTIMIZERS.items()),
    ),
    compute,
)
