"""Every figure keeps its contract: sensible controls, a chart that a page can draw at the defaults and every bound."""

import json
from collections.abc import Callable

import pytest

from steepest.core.errors import BadValue, UnknownName
from steepest.course.figures.registry import FIGURES, figure
from tests.view.charts import check_chart, is_text

from .shipped import shipped

LIVE = [name for name in FIGURES if not figure(name).seconds]
TRAINING = [name for name in FIGURES if figure(name).seconds]


def bounds(name: str) -> list[dict]:
    """Each control in turn at each of its bounds or choices, the others at their defaults."""
    out = []
    for control in figure(name).controls:
        if control.kind == "range":
            out += [{control.name: control.minimum}, {control.name: control.maximum}]
        elif control.kind == "choice":
            out += [{control.name: value} for value, _ in control.choices]
        else:
            out += [{control.name: value} for value in (False, True)]
    return out


@pytest.mark.parametrize("name", FIGURES)
def test_what_a_page_reads_of_it(name: str) -> None:
    one = figure(name)
    assert one.name == name
    assert is_text(one.title)
    assert all(one.title.values())
    assert len({control.name for control in one.controls}) == len(one.controls)
    for control in one.controls:
        assert is_text(control.label)
        assert control.value(control.default) == control.default
        assert control.value(str(control.default)) == control.default, "the text of a value is that value"
        if control.kind == "range":
            assert control.minimum < control.maximum
            assert control.step > 0
            assert not control.log or control.minimum > 0
        if control.kind == "choice":
            assert len(control.choices) > 1
            assert all(is_text(label) for _, label in control.choices)
    assert json.loads(json.dumps(one.as_dict(), allow_nan=False))["name"] == name


@pytest.mark.parametrize("name", LIVE)
def test_its_chart_at_the_defaults_and_at_every_bound(name: str) -> None:
    for values in [{}, *bounds(name)]:
        chart = figure(name).chart(**values)
        check_chart(chart)
        json.dumps(chart, allow_nan=False)


@pytest.mark.parametrize("name", LIVE)
def test_a_slider_compiles_nothing(name: str, compilations: Callable[[], int]) -> None:
    one = figure(name)
    for control in one.controls:
        if control.kind != "range" or control.whole:
            continue
        middle = (control.minimum * control.maximum) ** 0.5 if control.log else (control.minimum + control.maximum) / 2
        one.chart(**{control.name: middle})  # whatever the chart needs is compiled by now
        before = compilations()
        for k in range(1, 4):
            one.chart(**{control.name: middle + k * control.step})
        assert compilations() == before, control.name


@pytest.mark.parametrize("name", TRAINING)
def test_its_chart_where_it_trains(name: str) -> None:
    assert figure(name).seconds <= 15
    chart = shipped(name)
    check_chart(chart)
    json.dumps(chart, allow_nan=False)


@pytest.mark.parametrize("name", FIGURES)
def test_what_it_refuses(name: str) -> None:
    with pytest.raises((UnknownName, BadValue)):
        figure(name).values(nonsense=1)
    for control in figure(name).controls:
        wrong = {
            "range": ["nan", "", "1e999", "x", None, (control.maximum or 0) + 1, (control.minimum or 0) - 1],
            "choice": ["nonsense", "", None],
            "switch": ["maybe", "", None],
        }
        for value in wrong[control.kind]:
            with pytest.raises((UnknownName, BadValue)):
                figure(name).values(**{control.name: value})


def test_an_unknown_figure_is_told_with_the_nearest_name() -> None:
    with pytest.raises(UnknownName, match="graph"):
        figure("grap")
