"""A race as charts (`chart.py`): curves, sensitivity to the rate, two races in one, the loss plane.

The numbers are those of the report (`chart_data.py`); here they are only put in that form, so that one renderer
draws figures and races alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .chart_data import chart_data
from .numbers import is_share
from .plane import named, remarks
from .race import Reader, higher_is_better
from .words import LANGUAGES, in_a_row, metric_name, told

__all__ = ["comparison", "places", "plane_chart", "race_chart"]

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
    """The best setting of each group as a line in its band, with a dot where a seed diverged."""
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
            marks.append({"kind": "dots", "x": x, "y": y, "name": None, "series": series})
    return marks


def places(*races: Mapping[str, Any]) -> dict[str, int]:
    """What every optimiser of the races is called, and its colour's place."""
    names = dict.fromkeys(name for race in races for name in Reader(race).groups)
    return {name: place for place, name in enumerate(names)}


def _curve_panels(races: Sequence[tuple[Mapping[str, Any], str]], target: Mapping[str, Any] | None) -> list[Any]:
    """One panel a metric, with every race's best lines; a target is a rule in its metric's panel."""
    drawn = [(chart_data(dict(race)), suffix) for race, suffix in races]
    names = places(*(race for race, _ in races))
    metrics = list(dict.fromkeys(m for data, _ in drawn for m in data["curves"]["metrics"]))
    panels = []
    for metric in sorted(metrics, key=lambda m: (not higher_is_better(m), m.startswith("train"))):
        marks = []
        for i, (data, suffix) in enumerate(drawn):
            best = [(g["name"], names[g["name"]], g["best"]) for g in data["groups"] if g["best"] is not None]
            marks += _lines(data["curves"]["metrics"].get(metric, {}), best, i > 0, suffix)
        if target and target["metric"].replace("test_", "validation_") == metric:
            marks.append({"kind": "rule", "y": target["value"], "name": TARGET})
        log = not higher_is_better(metric) and _spans(marks, 5)
        y = _axis(_named(metric), "log" if log else "linear", is_share(metric))
        panels.append({"title": _named(metric), "x": _axis(STEP), "y": y, "equal": False, "marks": marks})
    return panels


def _spans(marks: Sequence[Mapping[str, Any]], ratio: float) -> bool:
    values = [v for mark in marks if mark["kind"] == "line" for v in mark["y"]]
    return bool(values) and min(values) > 0 and max(values) / min(values) > ratio


def _sensitivity_panel(race: Mapping[str, Any]) -> list[Any]:
    """The final metric against the learning rate, a line an optimiser; nothing when one rate was raced."""
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
    title = told("sensitivity")
    y_axis = _axis(_named(data["metric"]), "linear", is_share(data["metric"]))
    return [{"title": title, "x": _axis(RATE, "log"), "y": y_axis, "equal": False, "marks": marks}]


def race_chart(race: Mapping[str, Any]) -> dict[str, Any]:
    """The charts of one race, `race` as `racing.report_data` gives it."""
    panels = _curve_panels([(race, "")], race["workload"].get("target")) + _sensitivity_panel(race)
    return {"panels": [p for p in panels if p["marks"]], "facts": [], "note": None}


def comparison(a: Mapping[str, Any], b: Mapping[str, Any]) -> dict[str, Any]:
    """Two races in one chart: solid lines for `a`, dashed for `b`; one colour for one optimiser's name."""
    target = a["workload"].get("target") if a["workload"]["id"] == b["workload"]["id"] else None
    panels = _curve_panels([(a, " · A"), (b, " · B")], target)
    return {"panels": [p for p in panels if p["marks"]], "facts": [], "note": None}


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
