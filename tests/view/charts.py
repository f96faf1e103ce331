"""The contract of a chart, checked: what a page may rely on."""

import math
from typing import Any

from steepest.view.words import LANGUAGES

AXES = {"linear", "log", "time", "point"}
KEYS = {
    "line": {"x", "y", "name", "series", "faint"},
    "dots": {"x", "y", "name", "series", "faint"},
    "bars": {"x", "y", "name", "series", "faint"},
    "path": {"x", "y", "name", "series", "faint"},
    "band": {"x", "low", "high", "series"},
    "contours": {"x", "y", "z", "scale"},
    "regions": {"x", "y", "z"},
    "image": {"pixels"},
    "labels": {"x", "y", "name", "series", "faint", "texts"},
}


def is_text(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == set(LANGUAGES) and all(isinstance(v, str) for v in value.values())


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def check_axis(axis: dict) -> None:
    assert set(axis) == {"label", "type", "domain"}
    assert is_text(axis["label"])
    assert axis["label"]["en"]
    assert axis["type"] in AXES
    if axis["domain"] is not None:
        assert len(axis["domain"]) == 2
        assert all(map(is_number, axis["domain"]))
        assert axis["domain"][0] < axis["domain"][1]


def check_mark(mark: dict, panel: dict) -> None:
    kind = mark["kind"]
    if kind == "rule":
        assert set(mark) in ({"kind", "name", "x"}, {"kind", "name", "y"})
        assert is_number(mark.get("x", mark.get("y")))
        return
    assert set(mark) == KEYS[kind] | {"kind"}
    assert mark.get("name") is None or is_text(mark["name"])
    assert isinstance(mark.get("series", 0), int)
    if kind == "image":
        assert all(len(row) == len(mark["pixels"][0]) for row in mark["pixels"])
        assert all(0 <= value <= 1 for row in mark["pixels"] for value in row)
    elif kind in ("contours", "regions"):
        assert len(mark["z"]) == len(mark["y"])
        assert all(len(row) == len(mark["x"]) for row in mark["z"])
        if kind == "regions":
            assert all(0 <= value <= 1 for row in mark["z"] for value in row)
        else:
            assert mark["scale"] in ("linear", "log")
    else:
        for key in ("y",) if kind != "band" else ("low", "high"):
            assert len(mark[key]) == len(mark["x"]) == len(mark.get("texts", mark["x"]))
            assert len(mark[key])
            assert all(value is None or is_number(value) for value in mark[key])
            if panel["y"]["type"] == "log":
                assert all(value is None or value > 0 for value in mark[key]), (
                    f"{mark['name']}: a log axis starts above 0"
                )
        text = panel["x"]["type"] in ("time", "point")
        assert all(isinstance(x, str) if text else is_number(x) for x in mark["x"])
        if panel["x"]["type"] == "log":
            assert all(x > 0 for x in mark["x"])


def check_chart(chart: dict) -> None:
    assert set(chart) == {"panels", "facts", "note"}
    assert is_text(chart["note"])
    assert chart["panels"]
    for panel in chart["panels"]:
        assert set(panel) == {"title", "x", "y", "equal", "marks"}
        assert panel["title"] is None or is_text(panel["title"])
        assert isinstance(panel["equal"], bool)
        check_axis(panel["x"])
        check_axis(panel["y"])
        assert panel["marks"]
        for mark in panel["marks"]:
            check_mark(mark, panel)
    for fact in chart["facts"]:
        assert set(fact) == {"label", "value", "digits"}
        assert is_text(fact["label"])
        assert is_number(fact["value"]) or isinstance(fact["value"], str) or is_text(fact["value"])
        assert fact["digits"] >= 1
