"""A chart as plain data that a face can draw, and the small functions that figures and races put one together with.

chart  {"panels": [panel], "facts": [{"label", "value", "digits"}], "note": text}
panel  {"title": text | None, "x": axis, "y": axis, "equal": bool, "marks": [mark]}
axis   {"label": text, "type": "linear" | "log" | "time" | "point", "domain": [a, b] | None}
mark   {"kind": "line" | "dots" | "bars" | "path", "x", "y", "name", "series", "faint"} · {"kind": "rule", "x" or "y"} ·
       {"kind": "band", "x", "low", "high"} · {"kind": "contours", "x", "y", "z", "scale"} ·
       {"kind": "regions", "x", "y", "z"} (z in [0, 1]) · {"kind": "image", "pixels"} (in [0, 1]) ·
       {"kind": "labels", "x", "y", "texts", "name", "series"} (words at places, in a panel that shows no axes) ·
       {"kind": "crosses", "x", "y", "series"} (where something failed) ·
       {"kind": "failures", "x", "share", "series"} (the share that failed at x, in a row of its own above the panel) ·
       {"kind": "whisker", "x", "low", "high", "y", "series"} (means with intervals, lying, y texts; on paper)

A text is {"en", "zh"}. Marks of one `series` have one colour, whatever panel they are in. Numbers are rounded to five
digits; one that is not finite becomes None, which a line leaves out. Optional keys: `dashed` of a line, `percent`
of an axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from .words import Text

__all__ = [
    "axis",
    "band",
    "bars",
    "chart",
    "contours",
    "dots",
    "fact",
    "image",
    "labels",
    "line",
    "numbers",
    "panel",
    "path",
    "regions",
    "rule",
    "say",
]

DIGITS = 5
Chart = dict[str, Any]


def say(en: str, zh: str) -> Text:
    """The same words in both languages."""
    return {"en": en, "zh": zh}


def numbers(values: ArrayLike) -> list[Any]:
    """An array of any shape as nested lists of numbers at DIGITS significant digits, None where not finite."""
    a = np.asarray(values)
    if a.dtype.kind in "iub":
        return a.astype(int).tolist()
    a = a.astype(np.float64)
    with np.errstate(all="ignore"):
        factor = 10.0 ** (DIGITS - 1 - np.floor(np.log10(np.abs(a))))
        short = np.where((a == 0) | ~np.isfinite(factor), a, np.round(a * factor) / factor)
    finite = np.isfinite(a)
    return short.tolist() if finite.all() else np.where(finite, short.astype(object), None).tolist()


def axis(label: Text, type: str = "linear", domain: tuple[float, float] | None = None) -> Chart:
    """An axis; its domain is that of the marks unless given."""
    return {"label": label, "type": type, "domain": list(domain) if domain else None}


def _xy(kind: str, x: ArrayLike | Sequence[str], y: ArrayLike, name: Text | None, series: int, faint: bool) -> Chart:
    places = np.asarray(x)
    labels = places.tolist() if places.dtype.kind in "UO" else numbers(places)  # days and classes stay text
    return {"kind": kind, "x": labels, "y": numbers(y), "name": name, "series": series, "faint": faint}


def line(x: Any, y: ArrayLike, name: Text | None = None, series: int = 0, faint: bool = False) -> Chart:
    """A line through the points, broken where y is None."""
    return _xy("line", x, y, name, series, faint)


def dots(x: Any, y: ArrayLike, name: Text | None = None, series: int = 0, faint: bool = False) -> Chart:
    """The points alone."""
    return _xy("dots", x, y, name, series, faint)


def bars(x: Sequence[str], y: ArrayLike, name: Text | None = None, series: int = 0) -> Chart:
    """A bar for each label."""
    return _xy("bars", x, y, name, series, False)


def path(x: Any, y: ArrayLike, name: Text | None = None, series: int = 0) -> Chart:
    """A walk through the plane: its steps as dots, its way as a line with an arrow."""
    return _xy("path", x, y, name, series, False)


def rule(*, x: float | None = None, y: float | None = None, name: Text | None = None) -> Chart:
    """A straight line across the panel, at x or at y."""
    return {"kind": "rule", "name": name, **({"x": float(x)} if x is not None else {"y": float(y or 0)})}


def band(x: Any, low: ArrayLike, high: ArrayLike, series: int = 0) -> Chart:
    """The area between two lines."""
    return {"kind": "band", "x": _xy("", x, low, None, 0, False)["x"], "low": numbers(low), "high": numbers(high),
            "series": series}  # fmt: skip


def contours(x: ArrayLike, y: ArrayLike, z: ArrayLike, scale: str = "linear") -> Chart:
    """Level lines of z [len(y), len(x)], spaced on a linear or a log scale."""
    return {"kind": "contours", "x": numbers(x), "y": numbers(y), "z": numbers(z), "scale": scale}


def regions(x: ArrayLike, y: ArrayLike, z: ArrayLike) -> Chart:
    """A plane coloured by z [len(y), len(x)], a probability: below one half one class, above it the other."""
    return {"kind": "regions", "x": numbers(x), "y": numbers(y), "z": numbers(z)}


def image(pixels: ArrayLike) -> Chart:
    """A picture [height, width], 0 black or empty, 1 full ink."""
    return {"kind": "image", "pixels": numbers(pixels)}


def labels(x: ArrayLike, y: ArrayLike, texts: Sequence[str], name: Text | None = None, series: int = 0) -> Chart:
    """Words, the same in every language, centred at the points; their panel is a drawing and shows no axes."""
    return {**_xy("labels", x, y, name, series, False), "texts": list(texts)}


def panel(x: Chart, y: Chart, marks: Sequence[Chart], title: Text | None = None, equal: bool = False) -> Chart:
    """Marks on a pair of axes; `equal`: a unit is as long on both."""
    return {"title": title, "x": x, "y": y, "equal": equal, "marks": list(marks)}


def fact(label: Text, value: float | str | Text, digits: int = 3) -> Chart:
    """One number or word to be read beside the panels."""
    number = isinstance(value, int | float | np.number)
    return {"label": label, "value": numbers(value) if number else value, "digits": digits}


def chart(panels: Sequence[Chart], facts: Sequence[Chart] = (), note: Text | None = None) -> Chart:
    """The whole."""
    return {"panels": list(panels), "facts": list(facts), "note": note or say("", "")}
