"""A race as charts (`chart.py`): curves, sensitivity to the rate, two races in one, the loss plane.

The numbers are those of the report (`chart_data.py`); here they are only put in that form, so that one renderer
draws figures and races alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..core.errors import BadValue
from ..core.language import reader
from ..core.metrics import higher_is_better
from ..core.registry import unknown
from .chart_data import chart_data
from .numbers import is_share, place
from .plane import named, remarks
from .race import Reader, finite
from .whisker import scale
from .words import LANGUAGES, in_a_row, metric_name, told, words

__all__ = ["FIGURES", "comparison", "places", "plane_chart", "race_chart", "race_figure"]

MOST_LINES = 16
STEP = {"en": "step", "zh": "步"}
RATE = {"en": "learning rate", "zh": "学习率"}
TARGET = {"en": "target", "zh": "目标"}


def _named(metric: str) -> dict[str, str]:
    return {at: metric_name(at, metric) for at in LANGUAGES}


def _axis(label: dict[str, str], kind: str = "linear", percent: bool = False) -> dict[str, Any]:
    return {"label": label, "type": kind, "domain": None, "percent": percent}


def _same(text: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, text)


def _lines(
    bands: Mapping[Any, Any], best: Sequence[tuple[str, int, Any]], dashed: bool, suffix: str
) -> list[dict[str, Any]]:
    """The best setting of each group as a line in its band, with a cross where a seed diverged."""
    marks: list[dict[str, Any]] = []
    for name, series, configuration in best[:MOST_LINES]:
        drawn = bands.get(configuration)
        if not drawn:
            continue
        step, mean, low, high, seeds = (list(column) for column in zip(*drawn["band"], strict=True))
        if max(seeds) > 1 and not dashed:
            marks.append({"kind": "band", "x": step, "low": low, "high": high, "series": series})
        about = {"name": _same(name + suffix), "series": series, "dashed": dashed}
        marks.append({"kind": "line", "x": step, "y": mean, **about})
        if drawn["ends"]:
            x, y = (list(column) for column in zip(*drawn["ends"], strict=True))
            marks.append({"kind": "crosses", "x": x, "y": y, "series": series})
    return marks


def places(*races: Mapping[str, Any]) -> dict[str, int]:
    """What every optimiser of the races is called, and its colour's place."""
    names = dict.fromkeys(name for race in races for name in Reader(race).groups)
    return {name: place for place, name in enumerate(names)}


def _curve_panels(
    races: Sequence[tuple[Mapping[str, Any], str]], target: Mapping[str, Any] | None, only: str | None = None
) -> list[Any]:
    """One panel a metric, or `only` that one's, with every race's best lines; a target is a rule in its metric's."""
    drawn = [(chart_data(dict(race)), suffix) for race, suffix in races]
    names = places(*(race for race, _ in races))
    metrics = list(dict.fromkeys(m for data, _ in drawn for m in data["curves"]["metrics"]))
    if only is not None:
        if only not in metrics:
            raise unknown("metric", only, metrics)
        metrics = [only]
    declared = {name: higher for race, _ in races for name, higher in race.get("higher", {}).items()}
    panels = []
    for metric in sorted(metrics, key=lambda m: (not higher_is_better(m, declared), m.startswith("train"))):
        marks = []
        for i, (data, suffix) in enumerate(drawn):
            best = [(g["name"], names[g["name"]], g["best"]) for g in data["groups"] if g["best"] is not None]
            marks += _lines(data["curves"]["metrics"].get(metric, {}), best, i > 0, suffix)
        if target and target["metric"].replace("test_", "validation_") == metric:
            marks.append({"kind": "rule", "y": target["value"], "name": TARGET})
        log = not higher_is_better(metric, declared) and _spans(marks, 5)
        y = _axis(_named(metric), "log" if log else "linear", is_share(metric))
        panels.append({"title": _named(metric), "x": _axis(STEP), "y": y, "equal": False, "marks": marks})
    return panels


def _spans(marks: Sequence[Mapping[str, Any]], ratio: float) -> bool:
    values = [v for mark in marks if mark["kind"] == "line" for v in mark["y"]]
    return bool(values) and min(values) > 0 and max(values) / min(values) > ratio


def _sensitivity_panel(race: Mapping[str, Any]) -> list[Any]:
    """The final validation metric against the learning rate, a line an optimiser; nothing when one rate was raced."""
    data = chart_data(dict(race))["sensitivity"]
    if data["unavailable"]:
        return []
    marks = []
    for i, one in enumerate(data["series"][:MOST_LINES]):
        points = [p for p in one["points"] if p["mean"] is not None]
        x, about = [p["rate"] for p in points], {"series": i}
        if any(p["n"] > 1 for p in points):
            low, high = [p["low"] for p in points], [p["high"] for p in points]
            marks.append({"kind": "band", "x": x, "low": low, "high": high, **about})
        y = [p["mean"] for p in points]
        marks.append({"kind": "line", "x": x, "y": y, "name": _same(one["name"]), **about})
        marks.append({"kind": "dots", "x": x, "y": y, "name": None, **about})
        if failed := [p for p in one["points"] if p["diverged"]]:
            share = [p["diverged"] / p["total"] for p in failed]
            marks.append({"kind": "failures", "x": [p["rate"] for p in failed], "share": share, **about})
    title = told("sensitivity")
    y_axis = _axis(_named(data["metric"]), "linear", is_share(data["metric"]))
    return [{"title": title, "x": _axis(RATE, "log"), "y": y_axis, "equal": False, "marks": marks}]


def _nothing(key: str) -> BadValue:
    return BadValue(words(reader())[key])


def _chart(panels: Sequence[Mapping[str, Any]], *races: Mapping[str, Any]) -> dict[str, Any]:
    """The panels that hold anything; the note says what bands are, and when lines of `races` are left out."""
    said = []
    if any(mark["kind"] == "band" for panel in panels for mark in panel["marks"]):
        said.append(told("bands"))
    if (most := max((len(places(race)) for race in races), default=0)) > MOST_LINES:
        said.append(
            {"en": f"The first {MOST_LINES} of {most} optimizers.", "zh": f"{most} 个优化器中的前 {MOST_LINES} 个。"}
        )
    return {"panels": [p for p in panels if p["marks"]], "facts": [], "note": in_a_row(said) if said else None}


def sensitivity_chart(race: Mapping[str, Any], metric: str | None = None) -> dict[str, Any]:
    """The final metric against the learning rate. Raises `BadValue` when one rate was raced, or nothing came of it."""
    if metric is not None:
        raise BadValue(
            f"sensitivity is drawn of {race['choose_by']}, which chooses; metric={metric!r} goes with curves"
        )
    if unavailable := chart_data(dict(race))["sensitivity"]["unavailable"]:
        raise _nothing(f"sensitivity.{unavailable}")
    (panel,) = _sensitivity_panel(race)
    return _chart([{**panel, "title": None}], race)


def curves_chart(race: Mapping[str, Any], metric: str | None = None) -> dict[str, Any]:
    """Every recorded metric, or `metric` alone, against the step: each optimiser's best setting, with a seed band."""
    panels = _curve_panels([(race, "")], race["workload"].get("target"), metric)
    if not any(p["marks"] for p in panels):
        raise _nothing("curves.none")
    return _chart([{**panels[0], "title": None}] if len(panels) == 1 else panels, race)


def ranking_chart(race: Mapping[str, Any], metric: str | None = None) -> dict[str, Any]:
    """The leaderboard: a row an optimiser at its best setting, its mean with the interval."""
    if metric is not None:
        raise BadValue(f"the ranking is by {race['metric']}; metric={metric!r} goes with curves")
    reader = Reader(race)
    rows = [row for row in reader.ranking if finite(row["mean"]) is not None]
    if not rows:
        raise _nothing("leaderboard.none")
    low, high = scale(rows)
    pad, series = 0.05 * (high - low), places(race)
    tie = any(row["tied"] for row in rows[1:])
    marks: list[dict[str, Any]] = []
    for i, row in enumerate(rows):
        c = row["configuration"]
        name = reader.group(c)
        tied = tie and (i == 0 or row["tied"])
        unsure = " · ?" if place(row).endswith("?") else ""
        label = {at: f"{name} · {text}" for at, text in told("tied").items()} if tied else _same(name + unsure)
        about = {"y": [label], "series": series[name]}
        ends = {k: [row["mean"] if finite(row[k]) is None else row[k]] for k in ("low", "high")}
        marks.append({"kind": "whisker", "x": [row["mean"]], **ends, **about})
    x = {**_axis(_named(reader.metric), percent=is_share(reader.metric)), "domain": [low - pad, high + pad]}
    return _chart([{"title": None, "x": x, "y": _axis(_same(""), "point"), "equal": False, "marks": marks}])


FIGURES: dict[str, Callable[..., dict[str, Any]]] = {
    "sensitivity": sensitivity_chart, "curves": curves_chart, "ranking": ranking_chart,
}  # fmt: skip


def race_figure(race: Mapping[str, Any], kind: str | None = None, metric: str | None = None) -> dict[str, Any]:
    """The chart called `kind`; None: sensitivity where several learning rates were raced, else curves."""
    if kind is None:
        one_rate = metric is not None or chart_data(dict(race))["sensitivity"]["unavailable"]
        kind = "curves" if one_rate else "sensitivity"
    if kind not in FIGURES:
        raise unknown("figure", kind, list(FIGURES))
    return FIGURES[kind](race, metric)


def race_chart(race: Mapping[str, Any]) -> dict[str, Any]:
    """The charts of one race, `race` as `racing.report_data` gives it."""
    panels = _curve_panels([(race, "")], race["workload"].get("target")) + _sensitivity_panel(race)
    return _chart(panels, race)


def comparison(a: Mapping[str, Any], b: Mapping[str, Any]) -> dict[str, Any]:
    """Two races in one chart: solid lines for `a`, dashed for `b`; one colour for one optimiser's name."""
    target = a["workload"].get("target") if a["workload"]["id"] == b["workload"]["id"] else None
    panels = _curve_panels([(a, " · A"), (b, " · B")], target)
    return _chart(panels, a, b)


def plane_chart(plane: Mapping[str, Any], known: Mapping[str, int]) -> dict[str, Any]:
    """The loss plane, `plane` as `LossPlane.as_dict()` gives it: contours, a path a run, and how much of each is seen.

    `known` are the places of the race's colours.
    """
    paths, names = plane["paths"], named(plane["paths"])
    marks = [{"kind": "contours", **{k: plane[k] for k in "xy"}, "z": plane["loss"], "scale": "log"}]
    facts = [{"label": told("plane.share"), "value": _share(plane["share"])}]
    for i, (path, name) in enumerate(zip(paths, names, strict=True)):
        marks.append({"kind": "path", "x": path["x"], "y": path["y"], "name": _same(name),
                      "series": known.get(path["optimizer"], len(known) + i)})  # fmt: skip
        facts.append({"label": _same(name), "value": _share(path["share"])})
    said, notes = remarks(plane)
    axes = [{**_axis(told(f"plane.{k}")), "domain": _cells(plane[k])} for k in "xy"]
    panel = {"title": None, "x": axes[0], "y": axes[1], "equal": True, "marks": marks}
    return {"panels": [panel], "facts": facts, "note": in_a_row([*said, *notes])}


def _cells(places: Sequence[float]) -> list[float]:
    """From the edge of the first cell around the places to that of the last."""
    half = (places[1] - places[0]) / 2
    return [places[0] - half, places[-1] + half]


def _share(value: float) -> dict[str, str]:
    return _same(f"{100 * value:.1f}%")
