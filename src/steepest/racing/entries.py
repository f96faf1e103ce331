"""Who takes part: `NAME[:key=value,…]` entries and the axes common to all become configurations.

adam                                   the optimizer at its defaults
adam:beta1=0.8,0.9,epsilon=1e-8        an axis of two betas (a token without "=" goes on with the key before it)
momentum:learning_rate=1e-3..1:7,dialect=torch
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from ..core.axes import parse_axis
from ..core.errors import BadValue
from ..core.spec import Configuration
from ..optimizers.dialects import resolve
from ..optimizers.registry import OPTIMIZERS

__all__ = ["Choice", "Entry", "configurations", "count", "entry", "is_entry", "parse_entry", "with_rates"]

_WORDS = {"true": True, "false": False}

Optimizer = str | Callable[..., Any] | tuple[str, Any]


@dataclass(frozen=True)
class Choice:
    """One way to train: structure, and axes of numbers. The choices of a group exclude each other."""

    structure: Mapping[str, str | bool | int | None] = field(default_factory=dict)
    axes: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One optimizer of a race: the axes it brings itself and its structure."""

    optimizer: str
    axes: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    structure: Mapping[str, str | bool | int | None] = field(default_factory=dict)
    factory: Callable[..., Any] | None = None  # of an optimizer that is not registered
    text: str = ""


def _split(text: str) -> tuple[str, dict[str, str]]:
    name, colon, rest = text.partition(":")
    pairs: dict[str, str] = {}
    key = ""
    if colon and not rest.strip():
        raise BadValue(f"optimizer {text!r}: nothing follows the colon; write NAME or NAME:key=value,…")
    for token in filter(None, rest.split(",")) if colon else ():
        before, equals, value = token.partition("=")
        if equals:
            key = before.strip()
            if key in pairs:
                raise BadValue(f"optimizer {text!r}: {key} is given twice; write {key}=a,b for an axis")
            pairs[key] = value.strip()
        elif key:
            pairs[key] += f",{token.strip()}"
        else:
            raise BadValue(f"optimizer {text!r}: {token!r} has no key; write NAME:key=value,…")
    return name.strip(), pairs


def parse_entry(text: str) -> Entry:
    """The entry that `text` asks for. Raises `UnknownName` or `BadValue` in one line."""
    name, pairs = _split(text)
    dialects = OPTIMIZERS.module(name).DIALECTS
    dialect = pairs.pop("dialect", "textbook")
    defaults = resolve(name, dialects, dialect, {})
    structure: dict[str, Any] = {"dialect": dialect}
    axes: dict[str, tuple[float, ...]] = {}
    for key, default in defaults.items():
        if isinstance(default, float):
            axes[key] = (default,)
        else:
            structure[key] = default
    for key, value in pairs.items():
        default = defaults.get(key)
        if key not in defaults:
            resolve(name, dialects, dialect, {key: 0.0})  # says which arguments there are
        if isinstance(default, bool):
            structure[key] = _WORDS.get(value.lower(), value)  # type: ignore[arg-type]
        elif isinstance(default, int):
            structure[key] = int(value) if value.isdigit() else value
        elif isinstance(default, str):
            structure[key] = value
        else:
            structure.pop(key, None)
            axes[key] = parse_axis(value, f"{name}: {key}")
    entry = Entry(name, axes, structure, text=text)
    _check(entry)
    return entry


def _check(entry: Entry) -> None:
    """Hold every value of the entry against its dialect."""
    if entry.factory is not None:
        return
    dialects = OPTIMIZERS.module(entry.optimizer).DIALECTS
    structure = {k: v for k, v in entry.structure.items() if k != "dialect"}
    resolve(entry.optimizer, dialects, str(entry.structure["dialect"]), structure)
    for key, values in entry.axes.items():
        for value in values:
            OPTIMIZERS.load(entry.optimizer)(**{key: value}, dialect=entry.structure["dialect"])


def is_entry(value: Any) -> bool:
    """Whether `value` is one optimizer, not several."""
    if isinstance(value, tuple) and not hasattr(value, "update"):
        return len(value) == 2 and isinstance(value[0], str) and not isinstance(value[1], str)
    return isinstance(value, str) or callable(value) or hasattr(value, "update")


def entry(optimizer: Optimizer) -> Entry:
    """An entry from what `race` accepts: text, a factory, or (name, factory or `optax.GradientTransformation`).

    A factory is called with `learning_rate=` when it has that argument.
    """
    if isinstance(optimizer, str):
        return parse_entry(optimizer)
    if not is_entry(optimizer):
        raise BadValue(f"optimizer {optimizer!r}: give a name, a factory such as optax.adabelief, or (name, factory)")
    given: Any = optimizer
    name, factory = (None, given) if hasattr(given, "update") or not isinstance(given, tuple) else given
    if hasattr(factory, "update"):  # a ready-made GradientTransformation
        made = factory
        factory = lambda: made  # noqa: E731
        name = name or "transformation"
    if not callable(factory):
        raise BadValue(f"optimizer {optimizer!r}: give a name, a factory such as optax.adabelief, or (name, factory)")
    name = str(name or getattr(factory, "__name__", "custom"))
    if name in OPTIMIZERS:
        if factory is OPTIMIZERS.load(name):
            return parse_entry(name)
        raise BadValue(f"optimizer {name!r} is the name of one of ours; enter yours as ('my_{name}', factory)")
    takes_rate = "learning_rate" in inspect.signature(factory).parameters
    return Entry(name, {"learning_rate": (1e-3,)} if takes_rate else {}, factory=factory, text=name)


def with_rates(entry: Entry, rates: Sequence[float]) -> Entry:
    """The entry with the race's learning rates, unless it brings its own or takes none."""
    if not rates or "learning_rate" not in entry.axes or "learning_rate=" in entry.text:
        return entry
    changed = Entry(
        entry.optimizer,
        {**entry.axes, "learning_rate": tuple(rates)},
        entry.structure,
        entry.factory,
        entry.text,
    )
    _check(changed)
    return changed


def count(entries: Sequence[Entry], groups: Sequence[Sequence[Choice]]) -> int:
    """How many configurations there would be; nothing is allocated."""
    shared = math.prod(sum(_points(choice.axes) for choice in group) for group in groups)
    return sum(_points(e.axes) for e in entries) * shared


def _points(axes: Mapping[str, Sequence[float]]) -> int:
    return math.prod(len(values) for values in axes.values())


def _labels(entries: Sequence[Entry]) -> list[str]:
    names = [e.optimizer for e in entries]
    labels = [e.optimizer if names.count(e.optimizer) == 1 else e.text for e in entries]
    for label in labels:
        if labels.count(label) > 1:
            raise BadValue(f"optimizer {label!r} is entered twice; enter it once, or with different keys")
    return labels


def configurations(entries: Sequence[Entry], groups: Sequence[Sequence[Choice]]) -> list[Configuration]:
    """Every point of each entry's axes, crossed with one choice of every group and every point of its axes."""
    return [
        Configuration(
            e.optimizer,
            label,
            {**e.structure, **{k: v for choice in choices for k, v in choice.structure.items()}},
            dict(zip([*e.axes, *(k for choice in choices for k in choice.axes)], values, strict=True)),
        )
        for e, label in zip(entries, _labels(entries), strict=True)
        for choices in product(*groups)
        for values in product(*e.axes.values(), *(axis for choice in choices for axis in choice.axes.values()))
    ]
