"""The edge where an optimiser's arguments are checked: once, before tracing, in one clear line. No JAX here.

A dialect says whose formula, and whose defaults, an optimiser follows: `textbook`, `torch`, `keras`, `tf1` or
`optax`. Concrete numbers are checked against their domain; traced numbers, arrays and schedules pass through,
for nothing can be asked of them yet. What a float default stands for is a number (an array in a race); what a
bool, a str or an int default stands for is structure, and has to be concrete.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any, SupportsFloat

from ..core.errors import BadValue, UnknownName
from ..core.registry import unknown
from ..core.spelling import nearest

__all__ = ["DIALECT_NAMES", "resolve"]

DIALECT_NAMES = ("textbook", "torch", "keras", "tf1", "optax")

_BELOW_ONE = frozenset({"beta", "beta1", "beta2", "momentum"})


def resolve(
    optimizer: str,
    dialects: Mapping[str, Mapping[str, Any]],
    dialect: str,
    given: Mapping[str, Any],
    *,
    positive: Collection[str] = (),
) -> dict[str, Any]:
    """Every argument of `optimizer` in `dialect`: the `given` ones, checked, and the defaults of the rest.

    An argument that is None counts as not given; `positive` names those that must not be zero. Raises
    `UnknownName` for a dialect or an argument that does not exist (naming those that do) and `BadValue` for a
    value out of its domain.
    """
    if dialect not in dialects:
        raise unknown(f"{optimizer} dialect", dialect, tuple(dialects))
    defaults = dialects[dialect]
    given = {name: value for name, value in given.items() if value is not None}
    for name in given:
        if name not in defaults:
            raise _foreign(optimizer, dialects, dialect, name)
    return {
        name: _checked(f"{optimizer}: {name}", name, given[name], default, name in positive)
        if name in given
        else default
        for name, default in defaults.items()
    }


def _foreign(optimizer: str, dialects: Mapping[str, Mapping[str, Any]], dialect: str, name: str) -> UnknownName:
    has = tuple(dialects[dialect])
    elsewhere = [other for other in dialects if name in dialects[other]]
    near = nearest(name, has)
    hint = f"; it exists in dialect {', '.join(elsewhere)}" if elsewhere else ""
    hint = f"; did you mean {near!r}?" if near and not elsewhere else hint
    return UnknownName(f"{optimizer}: dialect {dialect!r} has no argument {name!r}, it has {', '.join(has)}{hint}")


def _checked(what: str, name: str, value: Any, default: Any, positive: bool) -> Any:
    """`value` when it may stand where `default` stands; concrete numbers come back as Python floats."""
    if isinstance(default, bool):
        return _of_type(what, value, bool, "True or False")
    if isinstance(default, str):
        return _of_type(what, value, str, f"text such as {default!r}")
    if isinstance(default, int):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise BadValue(f"{what} must be a whole number >= 1, got {value!r}; give e.g. {default}")
        return value
    if name == "learning_rate" and callable(value):
        return value
    return _number(what, name, value, default, positive)


def _of_type(what: str, value: Any, kind: type, example: str) -> Any:
    if not isinstance(value, kind):
        raise BadValue(f"{what} must be {example}, got {value!r}; it is structure, not a number")
    return value


def _number(what: str, name: str, value: Any, default: float, positive: bool) -> Any:
    if isinstance(value, (bool, str, bytes)) or not isinstance(value, SupportsFloat):
        raise BadValue(f"{what} must be a number, got {value!r}; give e.g. {default}")
    if hasattr(value, "aval") or getattr(value, "shape", ()) != ():
        return value  # a traced number or an array: its values are not there to be asked, or are many
    number = float(value)
    if not math.isfinite(number):
        raise BadValue(f"{what} must be finite, got {number}; give e.g. {default}")
    if number < 0 or (positive and number == 0):
        raise BadValue(f"{what} must be {'>' if positive else '>='} 0, got {number}; give e.g. {default}")
    if name in _BELOW_ONE and number >= 1:
        raise BadValue(f"{what} must be below 1, got {number}; give e.g. {default}")
    return number
