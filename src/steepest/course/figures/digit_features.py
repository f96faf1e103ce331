"""What the hidden neurons of a digits network look for: their weights as pictures, trained on request (1.1)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...view.chart import axis, chart, fact, image, panel, say
from ..controls import choice, slider
from ..figure import Figure

__all__ = ["FIGURE"]

SHOWN = 10
DECAYS = ("0", "0.003", "0.01")


def compute(decay: str, epochs: int, seed: int) -> dict[str, Any]:
    """A picture for each of the neurons whose output moves the scores most; mid-grey is a weight of zero."""
    from ...racing.race import train

    run = train("digits-mlp", l2=float(decay), epochs=epochs, seed=seed)
    model = run.race.model(run.id)
    weights, onward = model["layers.0.weight"].T, model["layers.1.weight"]  # a row a neuron: [32, 64], [32, 10]
    influence = np.linalg.norm(weights, axis=1) * np.linalg.norm(onward, axis=1)
    most = np.argsort(-influence, kind="stable")[:SHOWN]
    across, down = axis(say("pixel column", "像素列")), axis(say("pixel row", "像素行"))
    pictures = [0.5 + 0.5 * (weights[j] / np.abs(weights[j]).max()).reshape(8, 8) for j in most]
    return chart(
        [panel(across, down, [image(picture)], equal=True) for picture in pictures],
        [fact(say("test accuracy", "测试准确率"), run.metrics["test_accuracy"])],
        say("Where it is drawn as ink, ink raises the neuron's sum; where it is drawn as paper, ink lowers it.",
            "画成墨色的地方有墨，神经元的和增加；画成纸色的地方有墨，和减少。"),
    )  # fmt: skip


FIGURE = Figure(
    "digit-features",
    say("What hidden neurons look for", "隐藏神经元在找什么"),
    (
        choice("decay", say("λ of L2", "L2 的 λ"), [(value, say(value, value)) for value in DECAYS], "0.003"),
        slider("epochs", say("epochs", "轮数"), 50, 5, 50, 5),
        slider("seed", say("seed of the first weights", "初始权重的种子"), 0, 0, 20, 1),
    ),
    compute,
    seconds=4,
)
