"""A race's schedule: its spelling becomes structure and axes of a configuration, and these become a rate at a step.

A schedule of the user's own, any schedule of Optax's among them, is a function from the step of the run, from 0, to
the learning rate itself: it stands in place of the entries' learning rates, is structure, and is kept by its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array

from ..core.errors import BadValue
from ..core.spec import Configuration
from ..engine.rules import Numbers
from ..schedules.parsing import build, parse, plateau
from ..schedules.registry import SCHEDULES
from .crossing import Choice
from .trial import failure

__all__ = ["PREFIX", "RunSchedule", "Schedules", "is_registered", "listed_schedules", "schedule_choice"]

PREFIX = "schedule."  # of the schedule's keys among a configuration's hyper-parameters

Rates = Callable[[Any], Any]
Schedule = str | Rates | tuple[str, Rates]
Schedules = Schedule | list[Schedule] | tuple[Schedule, ...]


def listed_schedules(schedules: Any) -> list[Any]:
    """Several schedules as a list, or one that is given bare."""
    several = isinstance(schedules, Iterable) and not isinstance(schedules, str) and not _is_pair(schedules)
    return list(schedules) if several else [schedules]


def schedule_choice(schedule: Schedule) -> Choice:
    """What a schedule adds to a configuration: a text (e.g. `warmup:epochs=1+cosine`), a function, or (name, function).

    Raises `UserError` in one line.
    """
    if not isinstance(schedule, str):
        return _own_choice(schedule)
    parsed = parse(schedule)
    structure = {PREFIX + key: value for key, value in parsed["structure"].items()}
    axes = {PREFIX + key: tuple(values) for key, values in parsed["numbers"].items()}
    return Choice({"schedule": parsed["name"], **structure}, axes)


def is_registered(name: str) -> bool:
    """Whether the schedule `name` of a configuration is of ours, and not a function that a program has."""
    return all(part in SCHEDULES for part in name.split("+"))


def _is_pair(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str) and callable(value[1])


def _own_choice(schedule: Any) -> Choice:
    name, rates = schedule if _is_pair(schedule) else (_name(schedule), schedule)
    if not callable(rates):
        raise BadValue(f"schedule {schedule!r}: give a name such as 'cosine', or a function from a step to a rate")
    if not re.fullmatch(r"\w[\w. -]*", name) or is_registered(name):
        raise BadValue(f"schedule {name!r}: a schedule of your own needs its own name; give ('my_rates', function)")
    try:
        made = jax.tree.leaves(jax.eval_shape(rates, jax.ShapeDtypeStruct((), jnp.int32)))
    except Exception as error:
        raise BadValue(f"schedule {name!r} failed: {failure(error)}") from error
    if [rate.shape for rate in made] != [()]:
        raise BadValue(f"schedule {name!r} must make one number of a step; it made {[rate.shape for rate in made]}")
    return Choice({"schedule": name}, rates=rates)


def _name(schedule: Any) -> str:
    """The name of a function; of one that Optax made, the name of what made it."""
    name = str(getattr(schedule, "__name__", "custom"))
    if str(getattr(schedule, "__module__", "")).startswith("optax."):
        name = schedule.__qualname__.partition(".")[0]
    return name if name.isidentifier() else "custom"


def _own(values: Any) -> dict[str, Any]:
    return {key.removeprefix(PREFIX): value for key, value in values.items() if key.startswith(PREFIX)}


class RunSchedule:
    """The schedule of a lane: which parts it has is structure, their numbers come with every call.

    `rates` is the function that it is where it is not of ours; then there need be no learning rate.
    """

    def __init__(
        self, configuration: Configuration, steps_per_epoch: int, epochs: float, rates: Rates | None = None
    ) -> None:
        numbers = {key: [value] for key, value in _own(configuration.numbers).items()}
        structure = _own(configuration.structure)
        self._description = {
            "name": configuration.structure["schedule"],
            "numbers": numbers,
            "structure": structure,
        }
        self._steps_per_epoch, self._epochs, self._rates = steps_per_epoch, epochs, rates
        self.listens = plateau(self._description, {}) is not None
        self.sets_rates = rates is not None or "learning_rate" in configuration.numbers

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
        if self._rates is not None:
            return jnp.asarray(self._rates(step), jnp.result_type(float))
        own = {"learning_rate": numbers["learning_rate"], **_own(numbers)}
        rate = build(self._description, own, self._steps_per_epoch, self._epochs)(step)
        watcher = plateau(self._description, own)
        return jnp.asarray(rate if watcher is None else rate * watcher.factor(state), jnp.result_type(float))
