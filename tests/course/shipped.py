"""Charts of figures at the settings that they ship with, computed once for all tests: some train for seconds."""

from functools import cache
from typing import Any

from steepest.course.figures.registry import figure


@cache
def shipped(name: str) -> dict[str, Any]:
    """The chart of a figure at its defaults."""
    return figure(name).chart()
