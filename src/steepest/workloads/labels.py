"""Targets held against what our own losses and metrics take: class numbers, 0 or 1, or as many numbers as outputs.

A loss of the user's own takes what it likes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadValue
from ..data.splits import Splits
from ..nn import losses, metrics
from ..nn.metric import declared
from .workload import Workload

__all__ = ["answers", "check_labels"]

NAMES = {
    **{losses.softmax_cross_entropy: "softmax_cross_entropy", losses.sigmoid_cross_entropy: "sigmoid_cross_entropy"},
    **{losses.squared_error: "squared_error", metrics.accuracy: "accuracy"},
    **{metrics.binary_accuracy: "binary_accuracy", metrics.mae.of: "mae", metrics.r2.of: "r2"},
    **{metrics.f1.of: "f1", metrics.precision.of: "precision", metrics.recall.of: "recall"},
    **{metrics.macro_accuracy.of: "macro_accuracy", metrics.auc.of: "auc"},
}
CLASSES = ("softmax_cross_entropy", "accuracy")
BINARY = ("sigmoid_cross_entropy", "binary_accuracy")
NUMBERS = ("squared_error", "mae", "r2")  # the others take class numbers, or 0 and 1 of a single logit


def answers(workload: Workload) -> str:
    """What the outputs are, as the loss tells: logits of "classes", one logit of a "binary" answer, or "numbers"."""
    name = NAMES.get(workload.loss)
    return "classes" if name in CLASSES else "binary" if name in BINARY else "numbers"


def check_labels(workload: Workload, splits: Splits, outputs: tuple[int, ...]) -> None:
    """Raise `BadValue` for targets that a loss or metric of ours does not take; `outputs` is the shape of one."""
    functions: list[Callable[..., Any]] = [workload.loss]
    functions += [declared(name, metric).of for name, metric in workload.metrics.items()]
    y = np.concatenate([splits.train.y, splits.validation.y, splits.test.y])
    for name in (NAMES[function] for function in functions if function in NAMES):
        single = math.prod(outputs) == 1
        if name in NUMBERS:
            _numbers(name, y.shape[1:], outputs)
        elif name in BINARY or (name not in CLASSES and single):
            _binary(name, y, single, outputs)
        else:
            _classes(name, y, outputs)


def _text(shape: tuple[int, ...]) -> str:
    return str(["n", *shape]).replace("'", "")


def _numbers(name: str, targets: tuple[int, ...], outputs: tuple[int, ...]) -> None:
    if math.prod(targets) != math.prod(outputs):
        raise BadValue(f"{name} compares outputs {_text(outputs)} with y {_text(targets)}; give as many of each")


def _one_a_sample(name: str, y: NDArray[Any], what: str) -> None:
    if y.ndim > 1:
        advice = "y[:, 0]" if y.shape[1:] == (1,) else "y.argmax(1), if it is one-hot"
        raise BadValue(f"{name} takes {what} a sample, y [n]; got y {_text(y.shape[1:])}: give {advice}")


def _binary(name: str, y: NDArray[Any], single: bool, outputs: tuple[int, ...]) -> None:
    if not single:
        raise BadValue(f"{name} takes one logit a sample; the network gives {_text(outputs)}")
    _one_a_sample(name, y, "0 or 1")
    low, high = y.min(), y.max()
    if low < 0 or high > 1 or (name != "sigmoid_cross_entropy" and not np.isin(y, (0, 1)).all()):
        advice = {(1, 2): "give y - 1", (-1, 1): "give (y + 1) / 2"}.get((low, high), "give 0 and 1")
        raise BadValue(f"{name} takes labels 0 and 1; y goes from {low:g} to {high:g}: {advice}")


def _classes(name: str, y: NDArray[Any], outputs: tuple[int, ...]) -> None:
    if len(outputs) != 1:
        raise BadValue(f"{name} takes one logit a class, outputs [n, classes]; the network gives {_text(outputs)}")
    _one_a_sample(name, y, "the number of a class")
    (classes,) = outputs
    broken = y[y != np.round(y)] if y.dtype.kind == "f" else y[:0]
    if len(broken):
        raise BadValue(f"{name} takes class numbers 0 to {classes - 1}; y has {broken[0]:g}")
    low, high = int(y.min()), int(y.max())
    if low < 0 or high >= classes:
        advice = "give y - 1" if (low, high) == (1, classes) else "give other labels, or as many outputs as classes"
        raise BadValue(f"{name} takes class numbers 0 to {classes - 1}; y goes from {low} to {high}: {advice}")
