"""The arguments of an optimiser that is not registered: which are numbers, and hence axes, and which are structure.

A float is a number, and so is every value of a list; the factory gets numbers traced. A bool, an int, a text and None
are structure, passed as they are. A learning rate is a number, and so is an int where the factory's own default is a
float. Text from the command line is read likewise: `0.8,0.9` and `1e-3..1:7` are numbers, `true`, `none`, `3` and
`fast` are structure.
"""

from __future__ import annotations

import inspect
import numbers
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from ..core.axes import parse_axis
from ..core.errors import BadValue
from ..core.registry import unknown

__all__ = ["Arguments", "arguments"]

Arguments = tuple[dict[str, tuple[float, ...]], dict[str, str | bool | int | None]]

RATE = "learning_rate"
_WORDS = {"true": True, "false": False, "none": None}


def arguments(label: str, factory: Callable[..., Any], given: Mapping[str, Any]) -> Arguments:
    """The axes and the structure that the `given` arguments make.

    A factory that has a learning rate gets an axis of it: its own default, else 0.001. Raises `UnknownName` for an
    argument that it has not, `BadValue` for one that it needs or whose value does not do.
    """
    defaults = _defaults(label, factory)
    axes: dict[str, tuple[float, ...]] = {}
    structure: dict[str, str | bool | int | None] = {}
    if RATE in defaults:
        own = defaults[RATE]
        axes[RATE] = (float(own) if isinstance(own, int | float) and not isinstance(own, bool) else 1e-3,)
    for key, value in given.items():
        if key not in defaults and not _takes_any(factory):
            raise unknown(f"argument of {label!r}:", key, tuple(defaults) or ("none",))
        read = _read(f"{label}: {key}", value, 1.0 if key == RATE else defaults.get(key))
        if isinstance(read, tuple):
            axes[key] = read
        else:
            axes.pop(key, None)
            structure[key] = read
    for key, default in defaults.items():
        if default is inspect.Parameter.empty and key not in axes and key not in structure:
            raise BadValue(f"optimizer {label!r} needs {key}; write {label}:{key}=0.1, or {{{key!r}: 0.1}} beside it")
    return axes, structure


def _defaults(label: str, factory: Callable[..., Any]) -> dict[str, Any]:
    """The factory's arguments with their defaults."""
    parameters = _parameters(label, factory).values()
    several = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return {p.name: p.default for p in parameters if p.kind not in several}


def _parameters(label: str, factory: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    try:
        return inspect.signature(factory).parameters
    except (TypeError, ValueError) as error:
        raise BadValue(f"optimizer {label!r} does not say its arguments; wrap it in a function of yours") from error


def _takes_any(factory: Callable[..., Any]) -> bool:
    return any(p.kind is p.VAR_KEYWORD for p in inspect.signature(factory).parameters.values())


def _read(what: str, value: Any, default: Any) -> tuple[float, ...] | str | bool | int | None:
    """The axis, or the piece of structure, that `value` is where `default` stands."""
    if isinstance(value, str):
        value = _text(what, value, default)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool | np.bool_) and not isinstance(default, float):
        return bool(value)
    if isinstance(value, numbers.Integral) and not isinstance(default, float):
        return int(value)
    several = list(value) if isinstance(value, Iterable) and getattr(value, "ndim", True) else [value]
    if any(one is None or isinstance(one, str | bool | np.bool_) or _whole(one, default) for one in several):
        raise BadValue(f"{what} takes numbers, or one switch, whole number or text (structure); got {value!r}")
    return parse_axis(several, what)


def _whole(value: Any, default: Any) -> bool:
    """Whether an int stands where the factory itself has one."""
    return isinstance(value, numbers.Integral) and isinstance(default, int)


def _text(what: str, text: str, default: Any) -> Any:
    """What the command line's `text` stands for."""
    word = text.strip()
    if isinstance(default, str):
        return word
    if not isinstance(default, float) and (word.lower() in _WORDS or word.isidentifier()):
        return _WORDS.get(word.lower(), word)
    return int(word) if word.removeprefix("-").isdigit() else parse_axis(word, what)
