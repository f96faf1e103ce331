"""A race's figures: they hold the numbers of the report, in both languages."""

import copy

import pytest

from steepest.core.errors import BadValue, UnknownName
from steepest.view.chart_data import chart_data
from steepest.view.drawing import figure
from steepest.view.race_charts import FIGURES, places, race_figure

from . import synthetic

RACE = synthetic.race()


def lines(panel: dict) -> dict[str, dict]:
    return {mark["name"]["en"]: mark for mark in panel["marks"] if mark["kind"] == "line"}


def test_sensitivity_has_the_reports_points_and_where_runs_diverged() -> None:
    (panel,) = race_figure(RACE, "sensitivity")["panels"]
    assert panel["x"]["type"] == "log"
    drawn = lines(panel)
    data = chart_data(RACE)["sensitivity"]["series"]
    assert list(drawn) == [one["name"] for one in data] == list(places(RACE))
    for one in data:
        known = [p for p in one["points"] if p["mean"] is not None]
        assert drawn[one["name"]]["x"] == [p["rate"] for p in known]
        assert drawn[one["name"]]["y"] == [p["mean"] for p in known]
    failures = {
        m["series"]: dict(zip(m["x"], m["share"], strict=True)) for m in panel["marks"] if m["kind"] == "failures"
    }
    assert failures == {
        i: {p["rate"]: p["diverged"] / p["total"] for p in one["points"] if p["diverged"]}
        for i, one in enumerate(data)
        if any(p["diverged"] for p in one["points"])
    }
    assert failures


def test_curves_are_each_optimisers_best_setting_one_panel_a_metric() -> None:
    data = chart_data(RACE)
    titles = [panel["title"]["en"] for panel in race_figure(RACE, "curves")["panels"]]
    assert titles == ["validation accuracy", "validation loss", "training loss"]
    (panel,) = race_figure(RACE, metric="validation_loss")["panels"]
    for group in data["groups"]:
        band = data["curves"]["metrics"]["validation_loss"][group["best"]]["band"]
        assert lines(panel)[group["name"]]["y"] == [p[1] for p in band]
    (axes,) = figure(race_figure(RACE, "curves", "validation_loss")).axes
    assert len(axes.lines) == 4
    assert axes.get_ylabel() == "validation loss"


def test_the_ranking_is_the_leaderboards() -> None:
    (panel,) = race_figure(RACE, "ranking")["panels"]
    assert [m["x"][0] for m in panel["marks"]] == [row["mean"] for row in RACE["ranking"]]
    assert [m["low"][0] for m in panel["marks"]] == [row["low"] for row in RACE["ranking"]]
    names = [m["y"][0]["zh"] for m in panel["marks"]]
    assert names == [row["optimizer"] + " · 并列" * row["tied"] for row in RACE["ranking"]]


def test_the_default_is_sensitivity_where_rates_were_raced_else_curves() -> None:
    assert race_figure(RACE) == FIGURES["sensitivity"](RACE)
    alone = synthetic.race(rates=[0.001])
    assert race_figure(alone) == FIGURES["curves"](alone)
    with pytest.raises(BadValue, match="does not vary the learning rate"):
        race_figure(alone, "sensitivity")


def test_more_lines_than_can_be_told_apart_are_left_out_and_counted() -> None:
    many = synthetic.race({f"o{i}": synthetic.SHAPES["adam"] for i in range(17)}, seeds=1)
    for kind in ("sensitivity", "curves"):
        chart = race_figure(many, kind)
        assert len(lines(chart["panels"][0])) == 16
        assert chart["note"]["en"] == "The first 16 of 17 optimizers."
    assert len(race_figure(many, "ranking")["panels"][0]["marks"]) == 17
    assert race_figure(RACE)["note"]["en"].startswith("Bands reach from the lowest to the highest seed")


def test_what_there_is_not_is_told() -> None:
    with pytest.raises(UnknownName, match="did you mean 'ranking'"):
        race_figure(RACE, "rankin")
    with pytest.raises(UnknownName, match="did you mean 'validation_loss'"):
        race_figure(RACE, "curves", "validation_los")
    for kind in ("ranking", "sensitivity"):
        with pytest.raises(BadValue, match="goes with curves"):
            race_figure(RACE, kind, "validation_loss")
    empty = copy.deepcopy(RACE) | {"curves": {}, "ranking": [], "runs": []}
    for kind in FIGURES:
        with pytest.raises(BadValue):
            race_figure(empty, kind)
