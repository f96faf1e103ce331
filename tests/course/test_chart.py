"""The pieces that charts are made of, and the controls that they hang on."""

import math

import numpy as np
import pytest

from steepest.core.errors import BadValue, UnknownName
from steepest.course import chart as c
from steepest.course.controls import choice, slider, switch
from steepest.course.figure import Figure

from .charts import check_chart


def test_numbers_are_rounded_to_five_digits_and_never_nan() -> None:
    assert c.numbers([math.pi, -123456.7, 1e-9 / 3, 0.0, 7]) == [3.1416, -123460.0, 3.3333e-10, 0.0, 7.0]
    assert c.numbers([[1, 2], [3, 4]]) == [[1, 2], [3, 4]]
    assert c.numbers([1.0, math.nan, math.inf]) == [1.0, None, None]
    assert c.numbers(np.float32(0.1)) == 0.1
    assert c.numbers([5e-324]) == [5e-324]
    assert c.numbers([]) == []


def test_a_chart_of_every_mark_keeps_the_contract() -> None:
    x, z = np.arange(3), np.eye(3)
    marks = [
        c.line(x, x, c.say("a", "甲")), c.dots(x, x), c.path(x, x), c.band(x, x, x + 1), c.rule(x=1), c.rule(y=0),
        c.contours(x, x, z, "log"), c.regions(x, x, z), c.image(z),
    ]  # fmt: skip
    axis = c.axis(c.say("x", "x"))
    days = c.panel(c.axis(c.say("day", "日"), "time"), axis, [c.line(["2024-01-01"], [1])])
    names = c.panel(c.axis(c.say("name", "名"), "point"), axis, [c.bars(["a", "b"], [1, 2])])
    check_chart(c.chart([c.panel(axis, axis, marks), days, names], [c.fact(c.say("n", "数"), 1)]))


def test_what_a_control_takes() -> None:
    text = c.say("x", "x")
    real, whole = slider("x", text, 0.5, 0.0, 1.0, 0.1), slider("n", text, 3, 1, 5, 1)
    assert (real.value("0.25"), real.value(1), whole.value("4"), whole.value(2.0)) == (0.25, 1.0, 4, 2)
    assert type(whole.value("4")) is int
    for control, wrong in [(real, "1.1"), (real, "-inf"), (real, "nan"), (real, "x"), (real, None), (whole, "2.5")]:
        with pytest.raises(BadValue, match=control.name):
            control.value(wrong)
    one = choice("o", text, [("sgd", text), ("adam", text)])
    assert (one.default, one.value("adam")) == ("sgd", "adam")
    with pytest.raises(UnknownName, match="did you mean 'adam'"):
        one.value("adm")
    on = switch("s", text)
    assert (on.value("true"), on.value(False), on.value("1")) == (True, False, True)
    with pytest.raises(BadValue):
        on.value("maybe")


def test_a_figure_gives_every_control_a_value() -> None:
    text = c.say("x", "x")
    one = Figure("f", text, (slider("x", text, 0.5, 0.0, 1.0, 0.1), switch("s", text)), lambda **v: v)
    assert one.chart(x="1") == {"x": 1.0, "s": False}
    with pytest.raises(UnknownName, match="did you mean 's'"):
        one.chart(ss=1)
    with pytest.raises(BadValue, match="no controls"):
        Figure("g", text, (), dict).chart(x=1)
