"""What takes part, crossed: every point of each entry's axes with one choice of every group. Pure; nothing is raced."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from ..core.errors import BadValue
from ..core.spec import Configuration
from .entries import Entry

__all__ = ["Choice", "check_rates", "configurations", "count"]

Axes = Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class Choice:
    """One way to train: structure, and axes of numbers. The choices of a group exclude each other.

    rates  the learning rate at a step, where that is given in place of the entries' learning rates
    """

    structure: Mapping[str, str | bool | int | None] = field(default_factory=dict)
    axes: Axes = field(default_factory=dict)
    rates: Callable[[Any], Any] | None = None


def check_rates(entries: Sequence[Entry], groups: Sequence[Sequence[Choice]]) -> None:
    """Raise `BadValue` where a choice that gives the rates leaves an entry's own without effect, or has none to set."""
    for group in groups:
        giving = [choice.structure["schedule"] for choice in group if choice.rates is not None]
        for entry in entries if giving else ():
            if "learning_rate" not in entry.axes:
                raise BadValue(f"optimizer {entry.label!r} has no learning rate for schedule {giving[0]!r} to set")
            if entry.brings_rates and len(giving) == len(group):
                raise BadValue(f"schedule {giving[0]!r} gives the learning rates: leave out those of {entry.label!r}")


def count(entries: Sequence[Entry], groups: Sequence[Sequence[Choice]]) -> int:
    """How many configurations there would be; nothing is allocated."""
    every = math.prod(sum(_points(choice.axes) for choice in group) for group in groups)
    rated = math.prod(sum(_points(choice.axes) for choice in group if choice.rates is None) for group in groups)
    return sum(rated * _points(e.axes) + (every - rated) * _points(_without_rates(e.axes)) for e in entries)


def configurations(entries: Sequence[Entry], groups: Sequence[Sequence[Choice]]) -> list[Configuration]:
    """Every point of each entry's axes, crossed with one choice of every group and every point of its axes."""
    return [
        Configuration(e.optimizer, label, {**e.structure, **structure}, dict(zip(axes, values, strict=True)))
        for e, label in zip(entries, _labels(entries), strict=True)
        for choices in product(*groups)
        for structure in [{k: v for choice in choices for k, v in choice.structure.items()}]
        for axes in [_crossed(e, choices)]
        for values in product(*axes.values())
    ]


def _crossed(entry: Entry, choices: Sequence[Choice]) -> Axes:
    rated = all(choice.rates is None for choice in choices)
    axes = dict(entry.axes if rated else _without_rates(entry.axes))
    return axes | {key: axis for choice in choices for key, axis in choice.axes.items()}


def _without_rates(axes: Axes) -> Axes:
    return {key: values for key, values in axes.items() if key != "learning_rate"}


def _points(axes: Axes) -> int:
    return math.prod(len(values) for values in axes.values())


def _labels(entries: Sequence[Entry]) -> list[str]:
    names = [e.label for e in entries]
    labels = [e.label if names.count(e.label) == 1 else e.text for e in entries]
    for label in labels:
        if labels.count(label) > 1:
            raise BadValue(f"optimizer {label!r} is entered twice; enter it once, or with different keys")
    return labels
