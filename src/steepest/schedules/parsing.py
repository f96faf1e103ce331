"""The command line's schedules, from text to plain data, and from plain data to a callable.

    cosine                              step:factor=0.5,0.1,every=10          a key's list goes on to the
    next key warmup:epochs=1+cosine:final=0.01   cosine+reduce_on_plateau:patience=3   parts, joined by '+'

The description is a dict that JSON can hold: `name`, the parts joined; `numbers`, "part.key" to its axis,
defaults included; `structure`, "part.key" to bool. A run has one number of each axis. Times are in epochs;
a schedule that lasts as long as the run needs no `epochs`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Any

from ..core.axes import parse_axis
from ..core.errors import BadValue
from ..core.registry import unknown
from .clock import Schedule
from .reduce_on_plateau import ReduceOnPlateau
from .registry import FEEDBACK, SCHEDULES, WRAPPERS

__all__ = ["build", "options", "parse", "plateau"]

Description = dict[str, Any]
GIVEN = ("learning_rate", "schedule", "steps_per_epoch")  # what the race itself hands over
POSITIVE = ("cosine.epochs", "exponential.rate", "linear.epochs", "one_cycle.epochs", "step.every")
FRACTIONS = ("one_cycle.rise",)
SWITCH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def options(name: str) -> dict[str, float | bool | None]:
    """The keys of schedule `name` with their defaults; None is the run's length."""
    parameters = inspect.signature(SCHEDULES.load(name)).parameters
    none = inspect.Parameter.empty
    return {key: None if p.default is none else p.default for key, p in parameters.items() if key not in GIVEN}


def _pairs(text: str, part: str) -> dict[str, str]:
    """`a=1,2,b=3` as {a: "1,2", b: "3"}."""
    found: dict[str, str] = {}
    key = ""
    for token in text.split(","):
        before, equals, after = token.partition("=")
        if equals:
            key = before.strip().replace("-", "_")
            if key in found:
                raise BadValue(f"schedule {part}: {key} is given twice")
            found[key] = after
        elif key:
            found[key] += f",{token}"
        else:
            raise BadValue(f"schedule {part}: {token!r} has no key; write {part}:key=value")
    return found


def _check(path: str, values: tuple[float, ...]) -> list[float]:
    for value in values:
        if value < 0 or (value == 0 and path in POSITIVE):
            bound = "above zero" if path in POSITIVE else "zero or more"
            raise BadValue(f"schedule {path} must be {bound}; got {value:g}")
        if path in FRACTIONS and value > 1:
            raise BadValue(f"schedule {path} must be from 0 to 1; got {value:g}")
    return list(values)


def _part(text: str, description: Description) -> str:
    """Add one part, `NAME` or `NAME:key=value,…`, to `description`; its name."""
    name, colon, rest = text.strip().partition(":")
    name = SCHEDULES.check(name.strip().replace("-", "_"))
    known = options(name)
    given = _pairs(rest, name) if colon else {}
    for key in given:
        if key not in known:
            raise unknown(f"key of schedule {name}", key, tuple(known) or ("none",))
    for key, default in known.items():
        path = f"{name}.{key}"
        if isinstance(default, bool):
            value = given.get(key, str(default)).strip().lower()
            if value not in SWITCH:
                raise BadValue(f"schedule {path} must be true or false; got {given[key]!r}")
            description["structure"][path] = SWITCH[value]
        elif key in given:
            description["numbers"][path] = _check(path, parse_axis(given[key], f"schedule {path}"))
        elif default is not None:
            description["numbers"][path] = [float(default)]
    return name


def parse(text: str) -> Description:
    """The description of the schedule that `text` spells.

    Raises `UnknownName` for a schedule or key that does not exist, `BadValue` for a value out of its domain
    or for parts that do not go together, each in one line.
    """
    description: Description = {"name": "", "numbers": {}, "structure": {}}
    names = [_part(part, description) for part in re.split(r"\+(?=\s*[A-Za-z])", text)]
    plain = [name for name in names if name not in (*WRAPPERS, *FEEDBACK)]
    order = [*(n for n in names if n in WRAPPERS), *plain, *(n for n in names if n in FEEDBACK)]
    if len(plain) > 1 or len(set(names)) < len(names) or names != order:
        raise BadValue(f"schedule {text!r}: give [warmup+]NAME[+reduce_on_plateau], each at most once")
    description["name"] = "+".join(names)
    return description


def _arguments(part: str, description: Mapping[str, Any], numbers: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `part`: its structure, and its numbers from `numbers`, else the axis's first."""
    chosen = {**description["structure"], **{k: v[0] for k, v in description["numbers"].items()}}
    chosen |= {k: numbers[k] for k in description["numbers"] if k in numbers}
    return {path.partition(".")[2]: v for path, v in chosen.items() if path.partition(".")[0] == part}


def build(description: Mapping[str, Any], numbers: Mapping[str, Any], steps_per_epoch: Any, epochs: Any) -> Schedule:
    """The schedule of one run: step -> rate.

    `numbers` has "learning_rate" and one value of each "part.key", traced or not; `epochs` is the run's
    length, which a part without its own lasts for (what the warm-up leaves of it). What `reduce_on_plateau`
    adds is not in here: see `plateau`.
    """
    names = description["name"].split("+")
    plain = next((name for name in names if name not in (*WRAPPERS, *FEEDBACK)), "constant")
    arguments = _arguments(plain, description, numbers)
    warm = _arguments("warmup", description, numbers) if "warmup" in names else None
    if "epochs" in options(plain):
        arguments.setdefault("epochs", epochs - warm["epochs"] if warm else epochs)
    schedule: Schedule = SCHEDULES.load(plain)(numbers["learning_rate"], **arguments, steps_per_epoch=steps_per_epoch)
    if warm is not None:
        schedule = SCHEDULES.load("warmup")(schedule, **warm, steps_per_epoch=steps_per_epoch)
    return schedule


def plateau(description: Mapping[str, Any], numbers: Mapping[str, Any]) -> ReduceOnPlateau | None:
    """The part that watches the validation loss, fed once an epoch by the engine; None when there is none."""
    if "reduce_on_plateau" not in description["name"].split("+"):
        return None
    watcher: ReduceOnPlateau = SCHEDULES.load("reduce_on_plateau")(
        **_arguments("reduce_on_plateau", description, numbers)
    )
    return watcher
