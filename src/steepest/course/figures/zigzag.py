"""Plain descent beside an optimiser with a memory, in a valley of any condition number and tilt (chapter 2.2)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...view.chart import axis, chart, contours, dots, fact, line, panel, path, say
from ..blocks import Text
from ..controls import choice, slider
from ..figure import Figure
from ..walks import clipped, walk

__all__ = ["FIGURE", "valley"]

START = (-4.0, 1.2)
LOW, HIGH = (-5.0, -3.0), (5.0, 3.0)
GRID = 61
STEPS = 100

NAMES = {
    "momentum": say("momentum", "动量"),
    "nesterov": say("Nesterov", "Nesterov"),
    "rmsprop": say("RMSProp", "RMSProp"),
    "adam": say("Adam", "Adam"),
}


def valley(condition: float, tilt: float) -> NDArray[np.float64]:
    """The Hessian [2, 2] with curvatures 1 and `condition`, the long axis turned by `tilt` degrees."""
    c, s = np.cos(np.radians(tilt)), np.sin(np.radians(tilt))
    Q = np.array([[c, -s], [s, c]])
    return Q @ np.diag([1.0, condition]) @ Q.T


def compute(optimizer: str, rate: float, beta: float, condition: float, tilt: float, plain: str) -> dict[str, Any]:
    """Both paths over the contours, and how far each is from the bottom after each step."""
    hessian = valley(condition, tilt)
    plain_rate = rate if plain == "same" else 2 / (1 + condition)  # both curvatures then shrink by the same factor
    numbers = {"beta1": beta} if optimizer == "adam" else {"beta": beta}
    x, y = np.linspace(LOW[0], HIGH[0], GRID), np.linspace(LOW[1], HIGH[1], GRID)
    at = np.stack(np.meshgrid(x, y), axis=-1)
    plane = [contours(x, y, 0.5 * np.einsum("...i,ij,...j->...", at, hessian, at), "log")]
    far, facts = [], []
    runs: tuple[tuple[str, Text, float, dict[str, float]], ...] = (
        ("sgd", say("plain descent", "普通梯度下降"), plain_rate, {}),
        (optimizer, NAMES[optimizer], rate, numbers),
    )
    for series, (name, label, alpha, others) in enumerate(runs):
        w = walk(name, hessian, (0, 0), START, alpha, STEPS, **others)
        distance = np.linalg.norm(w, axis=1)
        kept = clipped(w, LOW, HIGH)
        plane.append(path(kept[:, 0], kept[:, 1], label, series))
        far.append(line(np.arange(STEPS + 1), np.where(distance < 1e6, distance, np.nan), label, series))
        end = float(distance[-1])
        facts.append(
            fact(
                say(f"{label['en']}: distance after {STEPS} steps", f"{label['zh']}：{STEPS} 步后的距离"),
                end if np.isfinite(end) else say("beyond all bounds", "发散到无穷"),
            )
        )
    plane.append(dots([0], [0], say("minimum", "最低点"), 3))
    facts.append(
        fact(say("largest stable rate of plain descent, 2/λ", "普通梯度下降的最大稳定学习率 2/λ"), 2 / condition)
    )
    if optimizer == "momentum":
        limit = 2 * (1 + beta) / ((1 - beta) * condition)
        label = say("that of momentum, 2(1+β)/((1−β)λ)", "动量的最大稳定学习率 2(1+β)/((1−β)λ)")
        facts.append(fact(label, limit))
    return chart(
        [
            panel(
                axis(say("w₁", "w₁"), "linear", (LOW[0], HIGH[0])),
                axis(say("w₂", "w₂"), "linear", (LOW[1], HIGH[1])),
                plane,
                equal=True,
            ),
            panel(axis(say("step", "步")), axis(say("distance from the minimum", "离最低点的距离"), "log"), far),
        ],
        facts,
    )


FIGURE = Figure(
    "zigzag",
    say("A zigzag, and what a memory does to it", "之字形震荡，以及“记忆”如何抹平它"),
    (
        choice("optimizer", say("optimizer", "优化器"), tuple(NAMES.items())),
        slider("rate", say("learning rate", "学习率"), 0.079, 0.001, 1.0, 0.001, log=True),
        slider("beta", say("β", "β"), 0.8, 0.0, 0.98, 0.01),
        slider("condition", say("condition number", "条件数"), 25.0, 1.0, 100.0, 1.0),
        slider("tilt", say("tilt, degrees", "倾斜角（度）"), 0.0, 0.0, 45.0, 1.0),
        choice(
            "plain",
            say("plain descent's rate", "普通梯度下降的学习率"),
            (
                ("same", say("the same", "与另一个相同")),
                ("best", say("its best, 2/(λ₁ + λ₂)", "自己最好的 2/(λ₁ + λ₂)")),
            ),
        ),
    ),
    compute,
)
