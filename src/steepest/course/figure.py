"""A figure: controls, and a function of their values that computes a chart.

`compute(**values) -> chart` (`view/chart.py`); it imports JAX when called, not before. A figure answers a moved slider
within 30 ms once warm; one that trains networks says about how many `seconds` it takes, and waits to be asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..core.errors import BadValue
from ..core.language import reader
from ..core.registry import unknown
from .blocks import Text
from .controls import Control

__all__ = ["Figure"]


@dataclass(frozen=True)
class Figure:
    """A live figure. `seconds` is 0 for one that follows its sliders, else how long a computation takes here."""

    name: str
    title: Text
    controls: tuple[Control, ...]
    compute: Callable[..., dict[str, Any]]
    seconds: float = 0.0

    def values(self, **given: Any) -> dict[str, Any]:
        """The value of every control: as given (a value, or its text), else its default.

        Raises `UnknownName` for a control or a choice that does not exist, `BadValue` for a number out of bounds.
        """
        mine = {control.name: control for control in self.controls}
        for name in given:
            if name not in mine:
                if not mine:
                    raise BadValue(f"figure {self.name} has no controls, got {name!r}")
                raise unknown(f"control of {self.name}", name, list(mine))
        return {name: control.value(given.get(name, control.default)) for name, control in mine.items()}

    def chart(self, **given: Any) -> dict[str, Any]:
        """The chart at the given values, plain data that JSON can hold; raises as `values` does."""
        return self.compute(**self.values(**given))

    def plot(self, *, lang: str | None = None, **given: Any) -> Any:
        """The chart at the given values, drawn by matplotlib: a figure that a notebook shows; raises as `chart` does.

        `lang` is "en" or "zh"; None: the reader's. `Unavailable` without matplotlib.
        """
        from ..view.drawing import figure

        spoken = lang or reader()
        return figure(self.chart(**given), spoken, self.title.get(spoken, ""))

    def as_dict(self) -> dict[str, Any]:
        """The figure without its chart as plain data, for a page."""
        return {
            "name": self.name,
            "title": dict(self.title),
            "seconds": self.seconds,
            "controls": [control.as_dict() for control in self.controls],
        }
