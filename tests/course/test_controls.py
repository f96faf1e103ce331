"""The controls of figures, and how a figure gives each a value."""

import pytest

from steepest.core.errors import BadValue, UnknownName
from steepest.course.controls import choice, slider, switch
from steepest.course.figure import Figure
from steepest.view.chart import say


def test_what_a_control_takes() -> None:
    text = say("x", "x")
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
    text = say("x", "x")
    one = Figure("f", text, (slider("x", text, 0.5, 0.0, 1.0, 0.1), switch("s", text)), lambda **v: v)
    assert one.chart(x="1") == {"x": 1.0, "s": False}
    with pytest.raises(UnknownName, match="did you mean 's'"):
        one.chart(ss=1)
    with pytest.raises(BadValue, match="no controls"):
        Figure("g", text, (), dict).chart(x=1)
