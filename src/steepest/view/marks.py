"""The marks of a chart (`chart.py`) as matplotlib draws them: one function a kind, all colours from the palette."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.lines import Line2D

from .heights import lifted
from .palette import COLOURS, DASHES, palette
from .words import words

__all__ = ["BEHIND", "draw", "entry", "look", "places"]

MARKERS = "os^DP*v"  # the order of `palette.js`; the last for its three-armed star
MANY = 160  # points above which dots shrink
LEVELS = 22
BEHIND = ("image", "regions", "contours", "band")
Mark = Mapping[str, Any]


def look(series: int) -> tuple[str, Any, str]:
    """Colour, dashes and marker of a series."""
    dashes = DASHES[series // COLOURS % len(DASHES)]
    return palette()[f"c{series % COLOURS}"], (0, dashes) if dashes else "-", MARKERS[series % len(MARKERS)]


def places(values: Sequence[Any], axis: Mapping[str, Any]) -> Any:
    """Coordinates as matplotlib takes them: days as dates, names as they are, None as nan."""
    if axis["type"] == "time":
        return np.asarray(values, "datetime64[D]")
    if axis["type"] == "point":
        return [str(v) for v in values]
    found = np.asarray([np.nan if v is None else v for v in values], float)
    return np.where(found > 0, found, np.nan) if axis["type"] == "log" else found


def entry(mark: Mark, name: str) -> Line2D:
    """What stands for `mark` in a legend."""
    colour, dashes, marker = look(mark["series"])
    if mark["kind"] == "bars":
        return Line2D([], [], color=colour, marker="s", ls="", ms=6, label=name)
    line = "" if mark["kind"] == "dots" else (0, (4, 2)) if mark.get("dashed") else dashes
    return Line2D([], [], color=colour, ls=line, marker=marker, ms=4, lw=1.5, label=name)


def _xy(mark: Mark, panel: Mark) -> tuple[Any, Any]:
    return places(mark["x"], panel["x"]), places(mark["y"], panel["y"])


def _line(axes: Axes, mark: Mark, panel: Mark) -> None:
    colour, dashes, _ = look(mark["series"])
    faint = mark.get("faint")
    axes.plot(*_xy(mark, panel), color=colour, ls=(0, (4, 2)) if mark.get("dashed") else dashes,
              lw=0.9 if faint else 1.5, alpha=0.5 if faint else 1)  # fmt: skip


def _dots(axes: Axes, mark: Mark, panel: Mark) -> None:
    colour, _, marker = look(mark["series"])
    many = len(mark["x"]) > MANY
    quiet = many or mark.get("faint")
    axes.plot(*_xy(mark, panel), ls="", color=colour, marker="." if quiet else marker, mew=0 if quiet else 0.5,
              ms=2.5 if many else 4 if quiet else 4.5, mec=palette()["paper"],
              alpha=0.35 if mark.get("faint") else 1, zorder=3)  # fmt: skip


def _crosses(axes: Axes, mark: Mark, panel: Mark) -> None:
    axes.plot(*_xy(mark, panel), ls="", color=look(mark["series"])[0], marker="x", ms=4.5, mew=1.3, zorder=3)


def _failures(axes: Axes, mark: Mark, panel: Mark, lang: str) -> None:
    """Crosses above the panel, a row a series; faint where only some failed. The first says what they are."""
    rows = [one["series"] for one in panel["marks"] if one["kind"] == "failures"]
    height = axes.bbox.height / axes.figure.dpi
    y = 1 + (0.09 * (rows.index(mark["series"]) + 1)) / height
    if rows[0] == mark["series"]:
        at, text = 1 + 0.045 * (len(rows) + 1) / height, f"× {words(lang)['column.diverged']}"
        axes.text(0, at, text, va="center", color=palette()["soft"], fontsize="small", transform=axes.transAxes)
    for alpha, part in ((1, [s >= 1 for s in mark["share"]]), (0.4, [s < 1 for s in mark["share"]])):
        x = places(mark["x"], panel["x"])[part]
        axes.plot(x, np.full(len(x), y), ls="", color=look(mark["series"])[0], alpha=alpha, marker="x", ms=4, mew=1.2,
                  clip_on=False, transform=axes.get_xaxis_transform())  # fmt: skip


def _whisker(axes: Axes, mark: Mark, panel: Mark, lang: str) -> None:
    """Means with their intervals, lying; one beyond the axis is told at its edge."""
    colour, _, marker = look(mark["series"])
    left, right = panel["x"]["domain"]
    for x, low, high, y in zip(mark["x"], mark["low"], mark["high"], [y[lang] for y in mark["y"]], strict=True):
        if left <= x <= right:
            error = [[x - low], [high - x]]
            axes.errorbar(x, [y], xerr=error, color=colour, marker=marker, ms=5.5, ls="", lw=1.5, capsize=3)
            continue
        value = f"{100 * x:.2f} %" if panel["x"].get("percent") else f"{x:.4g}"
        edge, text, side = (left, f"◂ {value}", "left") if x < left else (right, f"{value} ▸", "right")
        axes.plot([edge], [y], alpha=0)  # takes its row
        axes.text(edge, y, text, ha=side, va="center", color=colour)


def _labels(axes: Axes, mark: Mark, panel: Mark) -> None:
    for x, y, text in zip(*_xy(mark, panel), mark["texts"], strict=True):
        ground = {"fc": palette()["paper"], "ec": "none", "pad": 1}
        axes.text(x, y, text, color=look(mark["series"])[0], ha="center", va="center", bbox=ground)
    axes.set_axis_off()


def _band(axes: Axes, mark: Mark, panel: Mark) -> None:
    low, high = (places(mark[end], panel["y"]) for end in ("low", "high"))
    colour = look(mark["series"])[0]
    axes.fill_between(places(mark["x"], panel["x"]), low, high, color=colour, alpha=0.16, lw=0)


def _rule(axes: Axes, mark: Mark, panel: Mark, lang: str) -> None:
    name = (mark.get("name") or {}).get(lang, "")
    style: Any = {"color": palette()["soft"], "ls": (0, (1, 2)), "lw": 1, "zorder": 1}
    label: dict[str, Any] = {"color": palette()["soft"], "textcoords": "offset points", "fontsize": "small"}
    if "x" in mark:
        axes.axvline(mark["x"], **style)
        axes.annotate(name, (mark["x"], 1), (3, -8), xycoords=("data", "axes fraction"), **label)
    else:
        axes.axhline(mark["y"], **style)
        axes.annotate(name, (1, mark["y"]), (0, 3), xycoords=("axes fraction", "data"), ha="right", **label)


def _bars(axes: Axes, mark: Mark, panel: Mark) -> None:
    """Bars of several marks stand beside each other at each label."""
    every = [one for one in panel["marks"] if one["kind"] == "bars"]
    labels = list(dict.fromkeys(str(x) for one in every for x in one["x"]))
    width, at = 0.8 / len(every), every.index(mark)
    x = [labels.index(str(one)) + (at - (len(every) - 1) / 2) * width for one in mark["x"]]
    axes.bar(x, places(mark["y"], panel["y"]), 0.94 * width, color=look(mark["series"])[0])
    axes.set_xticks(range(len(labels)), labels)


def _path(axes: Axes, mark: Mark, panel: Mark) -> None:
    colour, _, marker = look(mark["series"])
    x, y = _xy(mark, panel)
    some: Any = {"marker": ".", "ms": 3} if len(x) <= MANY else {}
    axes.plot(x, y, color=colour, lw=1.2, **some)
    axes.plot(x[:1], y[:1], color=colour, marker="o", mfc=palette()["paper"], ms=5, zorder=3)
    axes.plot(x[-1:], y[-1:], color=colour, marker=marker, mec=palette()["paper"], mew=0.6, ms=6.5, zorder=3)


def _map(*colours: str) -> LinearSegmentedColormap:
    return LinearSegmentedColormap.from_list("", colours)


def _contours(axes: Axes, mark: Mark, panel: Mark) -> None:
    z = np.asarray(lifted(mark["z"], mark["scale"]), float)
    levels = np.linspace(0, 1, LEVELS + 1)
    filled = axes.contourf(mark["x"], mark["y"], z, levels, cmap=_map(palette()["valley"], palette()["hill"]))
    filled.set_rasterized(True)
    axes.contour(mark["x"], mark["y"], z, levels[1:-1], colors=palette()["level"], linewidths=0.5)


def _regions(axes: Axes, mark: Mark, panel: Mark) -> None:
    z = np.asarray(mark["z"], float)
    tints = _map(palette()["c0"], palette()["paper"], palette()["c1"])
    axes.pcolormesh(mark["x"], mark["y"], z, cmap=tints, vmin=0, vmax=1, alpha=0.45, shading="gouraud", rasterized=True)
    axes.contour(mark["x"], mark["y"], z, [0.5], colors=palette()["ink"], linewidths=1)


def _image(axes: Axes, mark: Mark, panel: Mark) -> None:
    tints = _map(palette()["wash"], palette()["ink"])
    axes.imshow(np.asarray(mark["pixels"], float), cmap=tints, vmin=0, vmax=1, interpolation="nearest")
    axes.set_axis_off()


_KINDS: dict[str, Callable[[Axes, Mark, Mark], None]] = {
    "line": _line, "dots": _dots, "crosses": _crosses, "band": _band, "bars": _bars,
    "path": _path, "contours": _contours, "regions": _regions, "image": _image, "labels": _labels,
}  # fmt: skip


_SPOKEN = {"failures": _failures, "rule": _rule, "whisker": _whisker}  # they hold words


def draw(axes: Axes, mark: Mark, panel: Mark, lang: str) -> None:
    """Draw `mark` of `panel`."""
    if mark["kind"] in _SPOKEN:
        _SPOKEN[mark["kind"]](axes, mark, panel, lang)
    else:
        _KINDS[mark["kind"]](axes, mark, panel)
