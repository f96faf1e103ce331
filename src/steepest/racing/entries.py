"""Who takes part: each entry of a race, from what `race` and the command line are given.

adam                                   an optimizer at its defaults
adam:beta1=0.8,0.9,epsilon=1e-8        an axis of two betas (a token without "=" goes on with the key before it)
momentum:learning_rate=1e-3..1:7,dialect=torch
optax.adabelief:b1=0.9,0.95            one of Optax's
mine.py:signmix:beta=0.8,0.9           one in a file of the user's
("signmix", factory, {"beta": [0.8, 0.9]})     one of the program's own; also ("signmix:beta=0.8,0.9", factory)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..core.axes import parse_axis
from ..core.errors import BadValue
from ..optimizers.dialects import resolve
from ..optimizers.registry import OPTIMIZERS
from .arguments import arguments
from .entry_text import joined, split
from .factories import Found, found, is_foreign, is_made, named

__all__ = ["Entry", "Optimizer", "entries", "entry", "identified", "parse_entry", "with_rates"]

_WORDS = {"true": True, "false": False}

Optimizer = str | Callable[..., Any] | tuple[str, Any] | tuple[str, Any, Mapping[str, Any]]


@dataclass(frozen=True)
class Entry:
    """One optimizer of a race: the axes it brings itself and its structure.

    optimizer     a registered name, or what a spec calls another (see `factories`)
    factory       of one that is not registered
    label, text   what tables call it, and how it was entered, where two have one label
    brings_rates  whether its learning rates were asked for, by itself or for all
    """

    optimizer: str
    axes: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    structure: Mapping[str, str | bool | int | None] = field(default_factory=dict)
    factory: Callable[..., Any] | None = None
    label: str = ""
    text: str = ""
    brings_rates: bool = False


def entries(optimizers: Any) -> list[Entry]:
    """The entries of several optimizers, or of one that is given bare. Raises `UserError` in one line."""
    bare = isinstance(optimizers, str | Mapping) or callable(optimizers) or is_made(optimizers)
    several = not bare and isinstance(optimizers, Iterable) and not _is_pair(optimizers)
    return [entry(one) for one in (optimizers if several else [optimizers])]


def entry(optimizer: Any) -> Entry:
    """The entry that `optimizer` asks for: a text, a factory, a transformation, or (name, one of these[, axes]).

    A factory is called with `learning_rate=` when it has that argument. Raises `UserError` in one line.
    """
    if isinstance(optimizer, str):
        name, pairs = split(optimizer)
        return _foreign(named(name), pairs, optimizer) if is_foreign(name) else parse_entry(optimizer)
    text, value, given = _parts(optimizer)
    label, pairs = split(text) if text else ("", {})
    for key in given:
        if key in pairs:
            raise BadValue(f"optimizer {text!r}: {key} is given twice")
    pairs |= given
    ours = _name_of_ours(value)
    if ours is not None and label in ("", ours):
        return _of_ours(ours, pairs, joined(ours, pairs))
    one = found(value, label)
    return _foreign(one, pairs, joined(one.label, pairs))


def parse_entry(text: str) -> Entry:
    """The entry of a registered optimizer that `text` asks for. Raises `UnknownName` or `BadValue` in one line."""
    name, pairs = split(text)
    return _of_ours(name, pairs, text)


def identified(optimizer: Any) -> Found | None:
    """What `optimizer` is, whatever its numbers; None for one of ours."""
    if isinstance(optimizer, str):
        name, _ = split(optimizer)
        return named(name) if is_foreign(name) else None
    text, value, _ = _parts(optimizer)
    return None if _name_of_ours(value) else found(value, split(text)[0] if text else "")


def with_rates(entry: Entry, rates: Sequence[float]) -> Entry:
    """The entry with the race's learning rates, unless it brings its own. Raises `BadValue` where there are none."""
    if not rates or entry.brings_rates:
        return entry
    if "learning_rate" not in entry.axes:
        raise BadValue(
            f"optimizer {entry.label!r} takes no learning rate for lr to set; enter a factory that takes one, "
            "or give the others theirs: NAME:learning_rate=0.01,0.1"
        )
    changed = replace(entry, axes={**entry.axes, "learning_rate": tuple(rates)}, brings_rates=True)
    _check(changed)
    return changed


def _is_pair(value: Any) -> bool:
    """Whether `value` is (name, an optimizer) or (name, an optimizer, axes), not several optimizers."""
    if not isinstance(value, tuple) or len(value) not in (2, 3) or not isinstance(value[0], str):
        return False
    return not isinstance(value[1], str) and isinstance(value[-1], Mapping) == (len(value) == 3)


def _parts(optimizer: Any) -> tuple[str, Any, Mapping[str, Any]]:
    """The name, the factory or transformation, and the arguments that `optimizer` consists of."""
    if is_made(optimizer) or callable(optimizer):
        return "", optimizer, {}
    if not _is_pair(optimizer):
        raise BadValue(
            f"optimizer {optimizer!r}: give a name, a factory such as optax.adabelief, (name, factory), "
            "or (name, factory, {'key': values})"
        )
    name, value, *given = optimizer
    pairs = given[0] if given else {}
    return name, value, {k: list(v) if isinstance(v, Iterator) else v for k, v in pairs.items()}  # read more than once


def _name_of_ours(value: Any) -> str | None:
    name: object = getattr(value, "__name__", None)
    return name if isinstance(name, str) and name in OPTIMIZERS and value is OPTIMIZERS.load(name) else None


def _foreign(one: Found, pairs: Mapping[str, Any], text: str) -> Entry:
    axes, structure = arguments(one.label, one.factory, pairs)
    return Entry(one.name, axes, structure, one.factory, one.label, text, "learning_rate" in pairs)


def _of_ours(name: str, pairs: Mapping[str, Any], text: str) -> Entry:
    """The entry of the registered optimizer `name` with these values, texts or not."""
    dialects = OPTIMIZERS.module(name).DIALECTS
    given = dict(pairs)
    dialect = str(given.pop("dialect", "textbook"))
    defaults = resolve(name, dialects, dialect, {})
    structure: dict[str, Any] = {"dialect": dialect}
    axes: dict[str, tuple[float, ...]] = {}
    for key, default in defaults.items():
        if isinstance(default, float):
            axes[key] = (default,)
        else:
            structure[key] = default
    for key, value in given.items():
        default = defaults.get(key)
        if key not in defaults:
            resolve(name, dialects, dialect, {key: 0.0})  # says which arguments there are
        if isinstance(default, float):
            axes[key] = parse_axis(value, f"{name}: {key}")
        elif isinstance(default, bool) and isinstance(value, str):
            structure[key] = _WORDS.get(value.lower(), value)
        elif isinstance(default, int) and isinstance(value, str) and value.isdigit():
            structure[key] = int(value)
        else:
            structure[key] = value
    made = Entry(name, axes, structure, None, name, text, "learning_rate" in pairs)
    _check(made)
    return made


def _check(entry: Entry) -> None:
    """Hold every value of an entry of ours against its dialect."""
    if entry.factory is not None:
        return
    dialects = OPTIMIZERS.module(entry.optimizer).DIALECTS
    structure = {k: v for k, v in entry.structure.items() if k != "dialect"}
    resolve(entry.optimizer, dialects, str(entry.structure["dialect"]), structure)
    for key, values in entry.axes.items():
        for value in values:
            OPTIMIZERS.load(entry.optimizer)(**{key: value}, dialect=entry.structure["dialect"])
