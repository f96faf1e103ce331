"""The figures by name, in the order of the course."""

from __future__ import annotations

from ...core.registry import Registry
from ..figure import Figure

__all__ = ["FIGURES", "figure"]

FIGURES = Registry(
    "figure",
    "steepest.course.figures",
    (
        "digits-compare",
        "digit-features",
        "graph",
        "log-loss",
        "one-neuron",
        "activations",
        "flower-boundary",
        "initialisation",
        "init-race",
        "softmax",
        "digit-templates",
        "reliability",
        "vanishing",
        "critical-points",
        "minibatch-cost",
        "minibatch-paths",
        "batch-time",
        "ewma",
        "ewma-weights",
        "zigzag",
        "schedules",
        "standardised",
        "descent",
    ),
)


def figure(name: str) -> Figure:
    """The figure called `name`; `UnknownName` when there is none."""
    found: Figure = FIGURES.module(name).FIGURE
    return found
