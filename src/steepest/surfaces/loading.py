"""From what a caller types to a `Surface`: a registered name with options, or any formula in x and y.

saddle                              a registered surface
tilted-bowl:condition=100,angle=45  with options
x^2 + 3*y^2                         a formula
"""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from typing import Any

from ..core.axes import parse_axis
from ..core.errors import BadValue, SteepestError
from ..core.registry import unknown
from .parser import NAMES
from .registry import SURFACES
from .surface import Domain, Point, Surface

__all__ = ["point", "surface"]

_NAME = re.compile(r"[A-Za-z]{2,}(?:[-_][A-Za-z]{2,})*", re.ASCII)  # what looks like a name rather than a formula


def point(value: Any, name: str = "start") -> Point:
    """(x, y) from a pair of numbers or the text `x,y`. Raises `BadValue`."""
    try:
        parts = value.split(",") if isinstance(value, str) else list(value)
    except TypeError:
        parts = []
    numbers = [parse_axis(str(part), name) for part in parts]
    if len(numbers) != 2 or any(len(one) != 1 for one in numbers):
        raise BadValue(f"{name} needs two numbers, x and y, e.g. -1.5,0.5; got {value!r}")
    return numbers[0][0], numbers[1][0]


def _options(name: str, text: str) -> dict[str, float]:
    known = tuple(inspect.signature(SURFACES.load(name)).parameters)
    options: dict[str, float] = {}
    for token in text.split(","):
        key, equals, value = (part.strip() for part in token.partition("="))
        if not known:
            raise BadValue(f"surface {name!r} has no options; write just {name}")
        if not equals:
            raise BadValue(f"surface {name}:{text}: {token!r} is not key=value; options: {', '.join(known)}")
        if key not in known:
            raise unknown(f"option of {name}", key, known)
        if key in options:
            raise BadValue(f"surface {name}: {key} is given twice")
        values = parse_axis(value, f"{name}: {key}")
        if len(values) != 1:
            raise BadValue(f"surface {name}: {key} takes one number; got {value}")
        options[key] = values[0]
    return options


def surface(text: str | Surface, *, domain: Domain | None = None, start: Any = None) -> Surface:
    """The surface that `text` means: a name with options, or a formula; with another `domain` or `start`.

    A typed formula has the domain −3 … 3 and no known minima. Raises `UnknownName`, `BadValue` or `TooLarge`.
    """
    if isinstance(text, Surface):
        found = text
    elif not isinstance(text, str):
        raise BadValue(f"a surface is a name, a formula or a Surface; got a {type(text).__name__}")
    else:
        found = _named(text.strip())
    if domain is not None:
        x, y = domain
        found = replace(found, domain=(point(x, "domain"), point(y, "domain")))
    return found if start is None else replace(found, start=point(start))


def _named(text: str) -> Surface:
    name, colon, options = text[:1001].partition(":")
    if name in SURFACES:
        made: Surface = SURFACES.load(name)(**(_options(name, options) if colon else {}))
        return made
    if _NAME.fullmatch(name) and not set(re.split("[-_]", name)) <= set(NAMES):
        error: SteepestError = unknown("surface", name[:40], SURFACES.names)
        raise type(error)(f"{error}, or type a formula such as x^2+3*y^2")
    found = Surface(id=text, formula=text, title={"en": text, "zh": text})
    found.value  # noqa: B018  (parsed now, so that a mistake is told here)
    return found
