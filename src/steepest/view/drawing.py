"""A chart (`chart.py`) drawn by matplotlib: for a paper as SVG, PDF or PNG, and for a notebook.

    save(figure(chart, lang="zh"), "x.pdf")      the same bytes every time
    figure(chart, axes=ax)                       one panel, on axes of the caller's own

No window is opened and nothing is registered with pyplot. Importing this module raises `Unavailable` without
matplotlib.
"""

from __future__ import annotations

import io
import math
import os
import re
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from unicodedata import east_asian_width

from ..core.errors import BadFile, BadValue, Unavailable
from ..core.language import reader
from ..core.registry import unknown
from .endings import FIGURE, ending
from .words import LANGUAGES

try:
    import matplotlib
except ImportError:
    raise Unavailable('drawing needs matplotlib; install it with: pip install "steepest[plot]"') from None

from matplotlib import ticker
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, DateFormatter
from matplotlib.figure import Figure

from .fonts import families
from .marks import BEHIND, draw, entry
from .numbers import short
from .palette import palette

__all__ = ["Drawing", "drawn", "encoded", "figure", "save"]

WIDE, NARROW = 7.0, 4.2  # inches: the text of a page, and a chart of one panel
DPI = 300  # of a PNG
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_STAMPS = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}}


def _style(lang: str) -> Any:  # matplotlib has a type of its own for it
    ink, soft, rule = (palette()[name] for name in ("ink", "soft", "rule"))
    return {
        "font.family": families(lang), "font.size": 8, "axes.titlesize": 8.5, "axes.titleweight": "bold",
        "axes.titlelocation": "left", "axes.labelsize": 8, "xtick.labelsize": 7.5, "ytick.labelsize": 7.5,
        "legend.fontsize": 8, "legend.frameon": False, "text.parse_math": False, "axes.unicode_minus": True,
        "text.color": ink, "axes.labelcolor": ink, "axes.edgecolor": soft, "xtick.color": soft, "ytick.color": soft,
        "axes.linewidth": 0.7, "xtick.major.width": 0.7, "ytick.major.width": 0.7, "xtick.major.size": 3,
        "ytick.major.size": 3, "xtick.minor.size": 1.6, "ytick.minor.size": 1.6, "grid.color": rule,
        "grid.linewidth": 0.6, "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True,
    }  # fmt: skip


def drawn(chart: Mapping[str, Any], path: str | os.PathLike[str] | None, lang: str | None, axes: Axes | None) -> Figure:
    """What every `plot` does: draw `chart`, in the reader's language unless told, and keep it at `path` if given."""
    made = figure(chart, lang or reader(), axes=axes)
    if path is not None:
        save(made, path)
    return made


class Drawing(Figure):
    """A matplotlib figure that a notebook shows as it is."""

    def _repr_png_(self) -> tuple[bytes, dict[str, Any]]:
        return encoded(self, "png", 160), {"width": round(112 * self.get_figwidth())}


def encoded(made: Figure, kind: str, dpi: int = DPI) -> bytes:
    """The picture as `svg`, `pdf` or `png`: the same bytes every time."""
    out = io.BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "steepest", "svg.fonttype": "path", "pdf.fonttype": 42}):
        made.savefig(out, format=kind, dpi=dpi, metadata=_STAMPS[kind])
    return out.getvalue()


def save(made: Figure, path: str | os.PathLike[str]) -> Path:
    """Write the picture to `path`; `BadValue` for an ending that is none of ours, `BadFile` when it cannot be."""
    written = encoded(made, ending(path, FIGURE)[1:])
    try:
        Path(path).write_bytes(written)
    except OSError as error:
        raise BadFile(f"{path} cannot be written: {error.strerror}; choose a writable place") from error
    return Path(path)


def figure(chart: Mapping[str, Any], lang: str = "en", title: str = "", axes: Axes | None = None) -> Figure:
    """Draw `chart`: on a figure of its own (a `Drawing`), or its one panel on `axes`.

    Raises `Unavailable` for `zh` on a machine without a Chinese font, `BadValue` for several panels on one axes.
    """
    if lang not in LANGUAGES:
        raise unknown("language", lang, LANGUAGES)
    if axes is not None:
        if len(chart["panels"]) != 1:
            raise BadValue(f"one axes takes one panel, this chart has {len(chart['panels'])}; name one metric")
        with matplotlib.rc_context({"font.family": families(lang), "text.parse_math": False}):
            _panel(axes, chart["panels"][0], lang)
            if entries := _entries(chart, lang):
                axes.legend(handles=entries, frameon=False)
        return cast(Figure, axes.get_figure(root=True))
    with matplotlib.rc_context(_style(lang)):
        return _whole(chart, lang, title)


def _whole(chart: Mapping[str, Any], lang: str, title: str) -> Drawing:
    panels = chart["panels"]
    columns = _columns(panels)
    rows = math.ceil(len(panels) / columns)
    wide = NARROW if columns == 1 else WIDE
    high = max(_height(panel, wide / columns) for panel in panels)
    made = Drawing(figsize=(wide, rows * high), layout="constrained")
    grid = list(made.subplots(rows, columns, squeeze=False).flat)
    entries = _entries(chart, lang)
    below = _below(chart, lang, wide)
    above = 0.22 * bool(title) + 0.2 * _legend(made, entries, wide, title)
    made.set_figheight(rows * high + above + 0.14 * below.count("\n") + 0.2 * bool(below))
    if below:
        made.supxlabel(below, x=0.01, ha="left", fontsize=7.5, color=palette()["soft"])
    for axes, panel in zip(grid, panels, strict=False):
        _panel(axes, panel, lang)
    for axes in grid[len(panels) :]:
        axes.set_axis_off()
    return made


def _is_picture(panel: Mapping[str, Any]) -> bool:
    return any(mark["kind"] == "image" for mark in panel["marks"])


def _columns(panels: Any) -> int:
    if all(map(_is_picture, panels)):
        return min(len(panels), 5)
    return 2 if len(panels) == 4 else min(len(panels), 3)


def _height(panel: Mapping[str, Any], wide: float) -> float:
    if _is_picture(panel):
        return wide + 0.2
    if panel["y"]["type"] == "point":
        return 0.75 + 0.27 * len(panel["marks"])
    if panel["equal"] and panel["x"]["domain"] and panel["y"]["domain"]:
        (a, b), (c, d) = panel["x"]["domain"], panel["y"]["domain"]
        return min(1.3 * wide, (wide - 0.5) * (d - c) / (b - a) + 0.5)
    return 0.64 * wide if wide > NARROW - 1 else 0.78 * wide + 0.3


def _entries(chart: Mapping[str, Any], lang: str) -> list[Any]:
    """One entry for each series that has a name, whatever panels it is in; none for one alone."""
    seen: dict[Any, Mapping[str, Any]] = {}
    for mark in (mark for panel in chart["panels"] for mark in panel["marks"]):
        if mark.get("name") and "series" in mark and mark["kind"] != "whisker":
            seen.setdefault((mark["series"], mark["name"][lang]), mark)
    return [entry(mark, name) for (_, name), mark in seen.items()] if len(seen) > 1 else []


def _length(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _legend(made: Drawing, entries: list[Any], wide: float, title: str) -> int:
    """Place the title and the legend above everything; the legend's number of rows."""
    heading = {"fontsize": 9, "fontweight": "bold"}
    if not entries:
        if title:
            made.suptitle(title, x=0.01, ha="left", **heading)
        return 0
    longest = max(_length(one.get_label()) for one in entries)
    columns = max(1, min(len(entries), int(wide / (0.45 + 0.062 * longest))))
    legend = made.legend(handles=entries, loc="outside upper left", ncols=columns, handlelength=1.8,
                          columnspacing=1.4, borderaxespad=0.2, title=title or None, alignment="left")  # fmt: skip
    legend.get_title().set(**heading)
    return math.ceil(len(entries) / columns)


def _below(chart: Mapping[str, Any], lang: str, wide: float) -> str:
    """The facts, and the note, as lines of text."""
    facts = []
    for fact in chart["facts"]:
        value = fact["value"]
        value = value[lang] if isinstance(value, Mapping) else short(value, fact.get("digits", 3))
        facts.append(f"{fact['label'][lang]}{': ' if lang == 'en' else '：'}{value}")
    room = int(wide / 0.063)
    lines = [line for text in (" · ".join(facts), (chart["note"] or {}).get(lang, "")) for line in _wrapped(text, room)]
    return "\n".join(lines)


def _wrapped(text: str, room: int) -> list[str]:
    """`text` in lines of `room` Latin letters; a Chinese character is as wide as two."""
    if text.isascii() or _length(text) == len(text):
        return textwrap.wrap(text, room)
    lines, line = [], ""
    for piece in re.findall(r"(?:[\w.,()=/+−-]+|.)[，。：；、）]*", text, re.ASCII):
        if line and _length(line + piece) > room:
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line.strip()] if line.strip() else lines


def _panel(axes: Axes, panel: Mapping[str, Any], lang: str) -> None:
    marks = sorted(panel["marks"], key=lambda mark: mark["kind"] not in BEHIND)
    kinds = {mark["kind"] for mark in marks}
    for which in "xy":
        if panel[which]["type"] == "log":
            getattr(axes, f"set_{which}scale")("log")
    failing = sum(mark["kind"] == "failures" for mark in marks)
    title = panel["title"][lang] if panel["title"] else ""
    axes.set_title(title, pad=4 + 6.5 * failing)
    for mark in marks:
        draw(axes, mark, panel, lang)
    if "image" in kinds:
        return
    if panel["equal"]:
        axes.set_aspect("equal", adjustable="box")
    for which in "xy":
        _axis(axes, which, panel[which], lang, "bars" in kinds)
    if panel["y"]["label"][lang] == title:
        axes.set_ylabel("")
    if not kinds & {"contours", "regions"}:
        axes.grid(True, axis="x" if panel["y"]["type"] == "point" else "y")
    if panel["y"]["type"] == "point":
        axes.invert_yaxis()
        axes.margins(y=0.12)
        axes.tick_params("y", length=0)


def _axis(axes: Axes, which: str, axis: Mapping[str, Any], lang: str, named: bool) -> None:
    own = axes.xaxis if which == "x" else axes.yaxis
    own.set_label_text(axis["label"][lang])
    if axis["domain"]:
        getattr(axes, f"set_{which}lim")(*axis["domain"])
    if axis["type"] == "log":
        own.set_major_formatter(ticker.FuncFormatter(lambda v, _: _power(v)))
        low, high = own.get_view_interval()
        if math.log10(high / low) < 1.2:
            own.set_major_locator(ticker.LogLocator(subs=(1, 2, 5)))
            own.set_major_formatter(ticker.FuncFormatter(lambda v, _: short(v)))
        own.set_minor_formatter(ticker.NullFormatter())
    elif axis["type"] == "time":
        own.set_major_locator(AutoDateLocator(maxticks=6))
        own.set_major_formatter(DateFormatter("%Y-%m"))
    elif axis["type"] == "linear" and not (named and which == "x"):
        own.set_major_locator(ticker.MaxNLocator(6 if which == "x" else 5))
        if axis.get("percent"):
            own.set_major_formatter(ticker.FuncFormatter(lambda v, _: f"{100 * v:.4g} %"))


def _power(value: float) -> str:
    """10⁻³; a number that is no power of ten as it is."""
    power = round(math.log10(value))
    return f"10{str(power).translate(_RAISED)}" if math.isclose(value, 10.0**power) else short(value)
