"""Homework of chapter 2.2: random mini-batches, momentum, Adam, learning-rate decay, and an open experiment."""

from __future__ import annotations

from ...homework import Homework
from . import decay, experiment, minibatches, updates

__all__ = ["HOMEWORK"]

HOMEWORK = (
    Homework("minibatches", minibatches.STARTER, minibatches.check),
    Homework("momentum", updates.MOMENTUM, updates.check_momentum),
    Homework("adam", updates.ADAM, updates.check_adam),
    Homework("decay", decay.STARTER, decay.check),
    Homework("experiment", experiment.STARTER, experiment.check),
)
