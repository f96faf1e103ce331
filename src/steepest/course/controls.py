"""The controls of a figure: a number with its bounds, a choice, a switch; and how their text becomes a value.

The text comes from an address or a chapter, so each value is checked against its control.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..core.errors import BadValue
from ..core.registry import unknown
from .blocks import Text

__all__ = ["Control", "choice", "slider", "switch"]

Kind = Literal["range", "choice", "switch"]


@dataclass(frozen=True)
class Control:
    """One control. A range whose numbers are all int takes whole numbers; `log`: a slider moves by factors."""

    name: str
    label: Text
    kind: Kind
    default: Any
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    log: bool = False
    choices: tuple[tuple[str, Text], ...] = ()

    @property
    def whole(self) -> bool:
        """Does it take whole numbers alone?"""
        return all(type(v) is int for v in (self.default, self.minimum, self.maximum, self.step))

    def value(self, given: Any) -> Any:
        """`given` (text or a value) as a value of this control; `BadValue` or `UnknownName` when it is none."""
        if self.kind == "choice":
            names = [name for name, _ in self.choices]
            if str(given) not in names:
                raise unknown(self.name, given, names)
            return str(given)
        if self.kind == "switch":
            if str(given).lower() not in ("true", "false", "1", "0", "on", "off"):
                raise BadValue(f"{self.name} is on or off, got {given!r}")
            return str(given).lower() in ("true", "1", "on")
        return self._number(given)

    def _number(self, given: Any) -> float | int:
        assert self.minimum is not None
        assert self.maximum is not None
        try:
            number = float(given)
        except (TypeError, ValueError):
            number = math.nan
        if not self.minimum <= number <= self.maximum:
            raise BadValue(f"{self.name} must be a number from {self.minimum:g} to {self.maximum:g}, got {given!r}")
        if not self.whole:
            return number
        if not number.is_integer():
            raise BadValue(f"{self.name} must be a whole number, got {given!r}")
        return int(number)

    def as_dict(self) -> dict[str, Any]:
        """The control as plain data, for a page."""
        return {
            "name": self.name,
            "label": dict(self.label),
            "kind": self.kind,
            "default": self.default,
            "minimum": self.minimum,
            "maximum": self.maximum,
            "step": self.step,
            "log": self.log,
            "choices": [[name, dict(label)] for name, label in self.choices],
        }


def slider(
    name: str, label: Text, default: float, minimum: float, maximum: float, step: float, *, log: bool = False
) -> Control:
    """A number between two bounds, a whole one when all four are int."""
    return Control(name, label, "range", default, minimum, maximum, step, log)


def choice(name: str, label: Text, choices: Sequence[tuple[str, Text]], default: str | None = None) -> Control:
    """One of several words; the first unless `default` says another."""
    return Control(name, label, "choice", choices[0][0] if default is None else default, choices=tuple(choices))


def switch(name: str, label: Text, default: bool = False) -> Control:
    """On or off."""
    return Control(name, label, "switch", default)
