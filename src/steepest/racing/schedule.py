"""A race's schedule: its spelling becomes structure and axes of a configuration, and these become a rate at a step."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
from jax import Array

from ..core.spec import Configuration
from ..engine.rules import Numbers
from ..schedules.parsing import build, parse, plateau
from .entries import Choice

__all__ = ["PREFIX", "RunSchedule", "schedule_choice"]

PREFIX = "schedule."  # of the schedule's keys among a configuration's hyper-parameters


def schedule_choice(text: str) -> Choice:
    """What `text` (e.g. `warmup:epochs=1+cosine`) adds to a configuration. Raises `UserError` in one line."""
    parsed = parse(text)
    structure = {PREFIX + key: value for key, value in parsed["structure"].items()}
    axes = {PREFIX + key: tuple(values) for key, values in parsed["numbers"].items()}
    return Choice({"schedule": parsed["name"], **structure}, axes)


def _own(values: Any) -> dict[str, Any]:
    return {key.removeprefix(PREFIX): value for key, value in values.items() if key.startswith(PREFIX)}


class RunSchedule:
    """The schedule of a lane: which parts it has is structure, their numbers come with every call."""

    def __init__(self, configuration: Configuration, steps_per_epoch: int, epochs: float) -> None:
        numbers = {key: [value] for key, value in _own(configuration.numbers).items()}
        structure = _own(configuration.structure)
        self._description = {
            "name": configuration.structure["schedule"],
            "numbers": numbers,
            "structure": structure,
        }
        self._steps_per_epoch, self._epochs = steps_per_epoch, epochs
        self.listens = plateau(self._description, {}) is not None

    def init(self, numbers: Numbers) -> Any:
        """The state of what listens to the validation loss; () when nothing does."""
        watcher = plateau(self._description, _own(numbers))
        return () if watcher is None else watcher.init()

    def observe(self, state: Any, numbers: Numbers, validation_loss: Array) -> Any:
        """The state after an epoch's validation loss."""
        watcher = plateau(self._description, _own(numbers))
        return state if watcher is None else watcher.update(state, validation_loss)

    def rate(self, numbers: Numbers, step: Any, state: Any) -> Array:
        """The learning rate of `step`, counted from 0; a scalar of JAX's float type, in a race float32."""
        own = {"learning_rate": numbers["learning_rate"], **_own(numbers)}
        rate = build(self._description, own, self._steps_per_epoch, self._epochs)(step)
        watcher = plateau(self._description, own)
        return jnp.asarray(rate if watcher is None else rate * watcher.factor(state), jnp.result_type(float))
