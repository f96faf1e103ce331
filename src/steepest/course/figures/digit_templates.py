"""What softmax regression has learned: the weights of its ten outputs as pictures, trained on request (2.1)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...view.chart import axis, chart, fact, image, panel, say
from ..controls import slider
from ..figure import Figure

__all__ = ["FIGURE"]


def compute(epochs: int, l2: float) -> dict[str, Any]:
    """One picture a digit: bright where ink speaks for it, dark where ink speaks against it."""
    from ...racing.race import train

    run = train("mnist-softmax", l2=l2, epochs=epochs)
    weight = run.race.model(run.id)["layers.0.weight"]  # [784, 10]
    reach = np.abs(weight).max(axis=0)
    pictures = 0.5 + 0.5 * (weight / reach).T.reshape(10, 28, 28)
    across, down = axis(say("pixel column", "像素列")), axis(say("pixel row", "像素行"))
    return chart(
        [panel(across, down, [image(picture)], say(str(i), str(i)), equal=True) for i, picture in enumerate(pictures)],
        [
            fact(say("test accuracy", "测试准确率"), run.metrics["test_accuracy"], 4),
            fact(say("parameters", "参数个数"), int(run.race.spec.facts["parameters"]), 5),
        ],
        say(
            "Bright: ink here raises the digit's score; dark: it lowers it.",
            "亮处有墨，这个数字的得分升高；暗处有墨，得分降低。",
        ),
    )


FIGURE = Figure(
    "digit-templates",
    say("Ten templates that read digits", "会认数字的十张模板"),
    (
        slider("epochs", say("epochs", "轮数"), 1, 1, 5, 1),
        slider("l2", say("λ of L2", "L2 的 λ"), 0.0, 0.0, 0.1, 0.001),
    ),
    compute,
    seconds=4,
)
