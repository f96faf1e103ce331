"""The pieces that charts are made of."""

import math

import numpy as np

from steepest.view import chart as c

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
        c.contours(x, x, z, "log"), c.regions(x, x, z), c.image(z), c.labels(x, x, ["a"] * len(x)),
    ]  # fmt: skip
    axis = c.axis(c.say("x", "x"))
    days = c.panel(c.axis(c.say("day", "日"), "time"), axis, [c.line(["2024-01-01"], [1])])
    names = c.panel(c.axis(c.say("name", "名"), "point"), axis, [c.bars(["a", "b"], [1, 2])])
    check_chart(c.chart([c.panel(axis, axis, marks), days, names], [c.fact(c.say("n", "数"), 1)]))
