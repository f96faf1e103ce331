"""What a race is run with that is not registered: factories of optimisers and schedules, by the names in its spec."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..core.errors import BadValue, UnknownName
from ..core.spec import Configuration, RaceSpec
from ..optimizers.registry import OPTIMIZERS
from .crossing import Choice
from .entries import Entry, identified
from .factories import Factory, is_foreign, named
from .schedule import is_registered, listed_schedules, schedule_choice

__all__ = ["Own", "own_again", "own_of"]


@dataclass(frozen=True)
class Own:
    """Name -> factory, and name -> schedule: step of the run, from 0 -> learning rate."""

    factories: Mapping[str, Factory] = field(default_factory=dict)
    schedules: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)

    def of(self, configuration: Configuration) -> tuple[Factory | None, Callable[[Any], Any] | None]:
        """The factory and the schedule of a configuration that are not registered, each None where it is."""
        schedule = str(configuration.structure.get("schedule"))
        return self.factories.get(configuration.optimizer), self.schedules.get(schedule)


def own_of(entries: Sequence[Entry], groups: Sequence[Sequence[Choice]]) -> Own:
    """Those of a race that begins. Raises `BadValue` where one name means two things."""
    factories = [(e.optimizer, e.factory) for e in entries if e.factory is not None]
    schedules = [(str(c.structure["schedule"]), c.rates) for group in groups for c in group if c.rates is not None]
    return Own(_by_name("optimizer", factories), _by_name("schedule", schedules))


def own_again(spec: RaceSpec, optimizers: Iterable[Any] = (), schedules: Any = ()) -> Own:
    """Those of a stored race: what its spec finds, and what it must be given. Raises `UnknownName` for one missing."""
    given = [one for one in map(identified, optimizers) if one is not None]
    factories = {name: one.factory for one in given for name in (one.name.rpartition(":")[2], one.name)}
    for name in dict.fromkeys(c.optimizer for c in spec.configurations):
        if name not in OPTIMIZERS and name not in factories:
            if not is_foreign(name):
                advice = "pass it: optimizers=[…], or on the command line -o file.py:name"
                raise UnknownName(f"the race has {name!r}, which only the program that began it has; {advice}")
            factories[name] = named(name).factory
    choices = map(schedule_choice, listed_schedules(schedules))
    rates = {str(choice.structure["schedule"]): choice.rates for choice in choices if choice.rates is not None}
    for schedule in dict.fromkeys(str(c.structure.get("schedule", "constant")) for c in spec.configurations):
        if not is_registered(schedule) and schedule not in rates:
            raise UnknownName(
                f"the race follows schedule {schedule!r}, which only the program that began it has; "
                f"pass it: schedules=[({schedule!r}, function)]"
            )
    return Own(factories, rates)


def _by_name(kind: str, pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if found.setdefault(name, value) is not value:
            raise BadValue(f"two {kind}s are called {name!r}; give each a name of its own: ('name', {kind})")
    return found
