"""Race on around the best settings of a stored race: narrower axes, new seeds, more epochs.

Of each entry that goes on, every number that was an axis becomes one from the neighbour below its best value to the
one above; past the end of an axis it goes as far on. What all entries share (batch sizes, schedules, …) stays shared:
where their best settings differ, all of them are raced. The seeds follow those of the first race, so that what is
reported was not what chose.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import BadFile
from ..optimizers.registry import OPTIMIZERS
from .choices import FULL, whole_number
from .command import SHARED, axis_text, entry_text, schedule_text
from .edges import entry_settings, numeric_axes
from .entries import Optimizer
from .factories import is_foreign
from .own import Own, own_again
from .progress import Progress
from .race import race
from .rules import is_optimizers
from .schedule import Schedules, is_registered
from .windows import window

if TYPE_CHECKING:
    from .results import Race

__all__ = ["POINTS", "Refinement", "refine", "refinement"]

POINTS = 5
Settings = Mapping[str, Sequence[Any]]  # hyper-parameter -> the values that it takes


@dataclass(frozen=True)
class Refinement:
    """What to race: `optimizers` and the other arguments of `race`, texts as the command line takes them."""

    optimizers: tuple[Any, ...]
    options: Mapping[str, Any]

    def command(self, workload: str, out: str | Path) -> str:
        """The command line that asks for the same, when all optimizers have names that it knows."""
        words = ["steepest", "race", workload]
        words += [word for one in self.optimizers for word in ("-o", _named(one))]
        for name, value in self.options.items():
            for one in value if isinstance(value, list) else [value]:
                words += [f"--{name.replace('_', '-')}", _named(one)]
        return shlex.join([*words, "--out", str(out)])


def refinement(
    first: Race,
    *,
    top: int | str | None = None,
    points: int | str = POINTS,
    seeds: int | str | None = None,
    epochs: float | str | None = None,
    own: Own | None = None,
) -> Refinement:
    """What to race after `first`; see `refine`. `own` is what of it is not registered."""
    rows = [row for row in first.ranking if row["n"]]
    if not rows:
        raise BadFile(f"{first.path} has no setting with a result yet; resume it with: steepest resume {first.path}")
    entries = whole_number(top, "top") if top is not None else max(1, sum(bool(row["tied"]) for row in rows))
    n = whole_number(points, "points")
    own = own or own_again(first.spec)
    chosen = [(first.spec.configurations[row["configuration"]], _around(first, row, n)) for row in rows[:entries]]
    last = max(first.spec.seeds)
    many = len(first.spec.seeds) if seeds is None else whole_number(seeds, "seeds")
    options = {
        "seeds": f"{last + 1}..{last + many}",
        "epochs": f"{first.spec.epochs:.12g}" if epochs is None else str(epochs),
        **_shared([settings for _, settings in chosen], int(first.spec.facts.get("samples", 0)), own),
        **{k: str(first.spec.options[k]) for k in ("scaling", "samples") if k in first.spec.options},
    }
    if "start" in first.spec.options:
        options["start"] = ",".join(f"{v:.12g}" for v in first.spec.options["start"])
    return Refinement(tuple(_entry(c.optimizer, settings, own) for c, settings in chosen), options)


def refine(
    first: Race,
    *,
    top: int | str | None = None,
    points: int | str = POINTS,
    seeds: int | str | None = None,
    epochs: float | str | None = None,
    optimizers: Sequence[Optimizer] = (),
    schedules: Schedules = (),
    out: str | Path | None = None,
    command: str = "",
    progress: Callable[[Progress], None] | None = None,
) -> Race:
    """Race on around the best settings of `first`, and return the new race.

    top         how many entries go on, from the top of the ranking; None for the leader and all that are tied with it
    points      on each axis; 1 races the best settings alone, e.g. with more seeds
    seeds       how many (None: as many as before); new ones, that follow those of `first`
    epochs      passes over the training split; None for as many as before
    optimizers, schedules   those of the race that only the program has, as in `resume`

    Raises `BadFile` when `first` has no result yet, and whatever `race` raises.
    """
    own = own_again(first.spec, optimizers, schedules)
    asked = refinement(first, top=top, points=points, seeds=seeds, epochs=epochs, own=own)
    return race(first.source, list(asked.optimizers), **asked.options, out=out, command=command, progress=progress)


def _around(first: Race, row: Mapping[str, Any], points: int) -> Settings:
    """The values of every hyper-parameter around the best setting in `row`."""
    settings, best, samples = entry_settings(first.spec, row["configuration"])
    axes = numeric_axes(settings, best)
    return {
        name: window(name, axes[name], value, points, samples if name == "batch_size" else float("inf"))
        if name in axes
        else [value]
        for name, value in best.items()
    }


def _entry(optimizer: str, settings: Settings, own: Own) -> Any:
    """The entry of `race`: a text, of ours with what is not its dialect's default; (name, factory, axes) if it must."""
    mine = {k: v for k, v in settings.items() if is_optimizers(k) and v[0] is not None}
    if optimizer in OPTIMIZERS:
        dialect = mine["dialect"][0]
        defaults = {**OPTIMIZERS.module(optimizer).DIALECTS[dialect], "dialect": "textbook", "learning_rate": None}
        return entry_text(optimizer, {k: v for k, v in mine.items() if list(v) != [defaults[k]]})
    factory = own.factories[optimizer]
    named = next((name for name, one in own.factories.items() if one is factory and is_foreign(name)), None)
    if named:
        return entry_text(named, mine)
    return optimizer, factory, {k: list(v) if isinstance(v[0], float) else v[0] for k, v in mine.items()}


def _schedule(settings: Settings, own: Own) -> Any:
    """The schedule of `race`: a text, or (name, function)."""
    name = settings["schedule"][0]
    return schedule_text(settings) if is_registered(name) else (name, own.schedules[name])


def _named(one: Any) -> str:
    return str(one[0] if isinstance(one, tuple) else one)


def _shared(chosen: Sequence[Settings], samples: int, own: Own) -> dict[str, Any]:
    """What the entries share: each one's values, together."""
    options: dict[str, Any] = {}
    for name in SHARED:
        values = sorted({value for settings in chosen for value in settings.get(name, ())})
        if values:
            options[name] = axis_text(values)
    sizes = sorted({size for settings in chosen for size in settings["batch_size"]})
    options["batch_size"] = ",".join(FULL if size >= samples > 0 else str(size) for size in sizes)
    options["schedule"] = list(dict.fromkeys(_schedule(settings, own) for settings in chosen))
    inits = dict.fromkeys(settings["init"][0] for settings in chosen if "init" in settings)
    return {**options, "init": ",".join(inits)} if inits else options
