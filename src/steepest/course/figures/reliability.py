"""Does a confidence of 70 % mean right in seven cases of ten? A trained digit reader, and a temperature (chapter 2.1).

The softmax is of z / T. Guo and others, On Calibration of Modern Neural Networks, 2017. The network is trained once,
when first asked for; sliders then only read its logits.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...view.chart import axis, chart, dots, fact, line, panel, say
from ..controls import choice, slider
from ..figure import Figure

__all__ = ["FIGURE"]

FEW = 20  # a tenth of confidence with fewer digits says too little to be drawn


@cache
def _network() -> Any:
    from ...racing.race import train

    return train("mnist-mlp")


@cache
def _read(split: str) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Logits [n, 10] and labels [n] of a split."""
    from ...data import load

    part = getattr(load("mnist"), split)
    return _network().predict(part.x), part.y


def compute(temperature: float, digits: str) -> dict[str, Any]:
    """How often the network is right, against how sure it is."""
    from ...racing.predict import probabilities

    z, y = _read(digits)
    p = probabilities(z / temperature)
    sure, right = p.max(axis=1), p.argmax(axis=1) == y
    loss = -np.log(np.maximum(p[np.arange(len(y)), y], 1e-38)).mean()
    tenth = np.minimum((sure * 10).astype(int), 9)
    bins = [inside for k in range(10) if (inside := tenth == k).sum() >= FEW]
    confidence, share = ([float(of[inside].mean()) for inside in bins] for of in (sure, right))
    x, y_axis = (axis(label, domain=(0, 1)) for label in (say("confidence", "置信度"), say("right", "正确的比例")))
    marks = [
        line([0, 1], [0, 1], say("calibrated", "已校准"), 1, faint=True),
        line(confidence, share, say("this network", "这个网络"), 0),
        dots(confidence, share, series=0),
    ]
    return chart(
        [panel(x, y_axis, marks, equal=True)],
        [
            fact(say("mean confidence", "平均置信度"), float(sure.mean())),
            fact(say("accuracy", "准确率"), float(right.mean())),
            fact(say("mistakes expected", "预期的错误数"), float((1 - sure).sum()), 4),
            fact(say("mistakes made", "实际的错误数"), int((~right).sum()), 4),
            fact(say("cross-entropy", "交叉熵"), float(loss), 4),
        ],
        say(f"A dot: a tenth with at least {FEW} digits.", f"一个点：宽 0.1 的一段，至少含 {FEW} 个数字。"),
    )


SPLITS = [("test", say("test", "测试集")), ("validation", say("validation", "验证集"))]
TEMPERATURE = slider("temperature", say("temperature T", "温度 T"), 1.0, 0.5, 3.0, 0.05)
NAME = say("How sure, and how often right", "有多大把握，有多常正确")
FIGURE = Figure("reliability", NAME, (TEMPERATURE, choice("digits", say("digits", "数字"), SPLITS)), compute)
