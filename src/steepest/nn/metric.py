"""A metric: what is measured of outputs and targets, which way it is better, and how it goes from samples to a split.

Metric(of)                     the mean over samples of of(outputs, y) -> [B]
Metric(of, finish=jnp.exp)     a function of that mean: perplexity of a cross-entropy
whole(function)                function(outputs [N, …], y [N, …]) -> a number, of all samples of a split at once

What is whole keeps a split's outputs while it is measured: (validation + test samples) × outputs × 4 bytes for each run
that is on the devices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp

from ..core.errors import BadValue
from ..core.metrics import higher_is_better
from .losses import sigmoid_cross_entropy, softmax_cross_entropy, squared_error

__all__ = ["Metric", "declared", "whole"]

LOSSES = (sigmoid_cross_entropy, softmax_cross_entropy, squared_error)


@dataclass(frozen=True)
class Metric:
    """What a race measures; called on outputs and targets, it is their value, a scalar.

    of       (outputs, y) -> per-sample values [B]; when `whole`, the value itself, from all samples of a split
    better   "more" or "less"
    finish   mean -> what is reported, element by element; None reports the mean
    """

    of: Callable[[Any, Any], Any]
    better: str = "more"
    finish: Callable[[Any], Any] | None = None
    whole: bool = False

    def __post_init__(self) -> None:
        if not callable(self.of):
            raise BadValue(f"a metric is a function of (outputs, y); got {self.of!r}")
        if self.better not in ("more", "less"):
            raise BadValue(f"better is 'more' or 'less', got {self.better!r}")
        if self.finish is not None and (self.whole or not callable(self.finish)):
            raise BadValue("finish is a function of the mean over samples; a whole metric has no mean to finish")

    def __call__(self, outputs: Any, y: Any) -> Any:
        """The value over these samples."""
        value = self.of(outputs, y) if self.whole else jnp.mean(self.of(outputs, y))
        return value if self.finish is None else self.finish(value)


def whole(function: Callable[[Any, Any], Any], better: str = "more") -> Metric:
    """The metric that is `function` of all outputs [N, …] and targets [N, …] of a split; written with `jax.numpy`."""
    return Metric(function, better, whole=True)


def declared(name: str, given: Callable[[Any, Any], Any]) -> Metric:
    """`given` as a `Metric`: of a loss of ours less is better, of another plain function what its `name` says."""
    if isinstance(given, Metric):
        return given
    return Metric(given, "more" if given not in LOSSES and higher_is_better(name) else "less")
