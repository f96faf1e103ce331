"""Live figures: the text of an address becomes control values, and these a chart, by the course's own figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.errors import BadValue, TooLarge
from ..course import figure
from .worker import Worker

__all__ = ["MOST_SECONDS", "chart"]

MOST_SECONDS = 20.0  # that a figure may declare
MOST_CONTROLS = 24


async def chart(worker: Worker, name: str, given: Mapping[str, str]) -> dict[str, Any]:
    """The chart of figure `name` with these controls, the figure's own defaults for the others."""
    if len(given) > MOST_CONTROLS:
        raise TooLarge(f"{len(given)} controls; a figure has at most {MOST_CONTROLS}")
    one = figure(name)
    values = one.values(**given)
    if one.seconds > MOST_SECONDS:
        raise BadValue(f"figure {name} takes about {one.seconds:g} s, which is too long for a page")
    key = ("figure", name, *values.items())
    answer: dict[str, Any] = await worker.ask(key, lambda: one.compute(**values))
    return answer
