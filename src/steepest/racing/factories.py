"""Optimisers that are not registered, from what names or is one.

    optax.adabelief         a factory of Optax or of optax.contrib
    path/to/file.py:name    a factory, or a ready-made transformation, in a file, which naming it runs
    a factory               called with its numbers as keywords, traced
    a transformation        as it is: it has no numbers

What a text names, its spec finds again; what only a program has, it must be given again.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import optax

from ..core.errors import BadValue, UnknownName
from ..core.python_file import execute, parts, whole_path
from ..core.registry import unknown
from ..core.spelling import nearest
from ..optimizers.registry import OPTIMIZERS

__all__ = ["Factory", "Found", "found", "is_foreign", "is_made", "named"]

Factory = Callable[..., optax.GradientTransformation]

_OPTAX = "optax."


@dataclass(frozen=True)
class Found:
    """An optimiser: its name in a spec, what tables call it, and its factory."""

    name: str
    label: str
    factory: Factory


def is_foreign(name: str) -> bool:
    """Whether `name` has the form of one of Optax's, or of one in a file."""
    return name.startswith(_OPTAX) or parts(name) is not None


def is_made(value: Any) -> bool:
    """Whether `value` is a transformation, and not a factory of one."""
    return hasattr(value, "init") and hasattr(value, "update") and not isinstance(value, type)


def named(name: str) -> Found:
    """The optimizer that `name`, of a foreign form, means. Raises `UnknownName`, `BadValue` or `BadFile`."""
    file = parts(name)
    return _of_optax(name) if file is None else _in_file(*file)


def found(value: Any, label: str = "") -> Found:
    """The optimizer that `value` is, called `label` when that is given. Raises `BadValue`."""
    own = getattr(value, "__name__", "transformation" if is_made(value) else "")
    name = _OPTAX + own if _optax().get(own) is value else ""
    if name and own in OPTIMIZERS and not label:
        return Found(name, name, value)
    label = label or (own if own.isidentifier() else "custom")
    if not is_made(value) and not callable(value):
        raise BadValue(f"optimizer {label!r} is a {type(value).__name__}; give a factory such as optax.adabelief")
    if label in OPTIMIZERS or is_foreign(label):
        raise BadValue(f"optimizer {label!r} is the name of another; enter yours as ('my_{own or label}', factory)")
    return Found(name or label, label, _factory(value))


def _factory(value: Any) -> Factory:
    factory: Factory = (lambda: value) if is_made(value) else value
    return factory


@cache
def _optax() -> Mapping[str, Factory]:
    """The functions of Optax that make a transformation, by name."""
    functions = {**vars(optax.contrib), **vars(optax)}
    return {name: f for name, f in functions.items() if inspect.isfunction(f) and name[0] != "_" and _makes(f)}


def _makes(function: Callable[..., Any]) -> bool:
    signature = inspect.signature(function)
    return "GradientTransformation" in str(signature.return_annotation) or "learning_rate" in signature.parameters


def _of_optax(name: str) -> Found:
    known = _optax()
    own = name.removeprefix(_OPTAX).removeprefix("contrib.")
    if own not in known:
        near = nearest(own, known)
        hint = f"did you mean {_OPTAX + near!r}?" if near else "give the name of a factory, e.g. optax.adabelief"
        raise UnknownName(f"unknown optimizer {name!r}; {hint}")
    return Found(_OPTAX + own, _OPTAX + own, known[own])


def _in_file(place: str, name: str) -> Found:
    if not name:
        raise BadValue(f"{place}: say which optimizer of the file, {place}:name")
    module = execute(place)
    here = [k for k, v in vars(module).items() if is_made(v) or getattr(v, "__module__", "") == module.__name__]
    if not hasattr(module, name):
        raise unknown(f"optimizer in {place}", name, here) if here else UnknownName(f"{place} holds no optimizer")
    value = getattr(module, name)
    if not is_made(value) and not callable(value):
        raise BadValue(f"{place}:{name} is a {type(value).__name__}; it must be a factory of a transformation")
    path = whole_path(place)
    return Found(f"{path}:{name}", f"{path.name}:{name}", _factory(value))
