"""Charts drawn for paper: the right series in the right places, files of three kinds that are the same every time."""

import io
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from steepest.core.errors import BadFile, BadValue, Unavailable, UnknownName
from steepest.view import chart as c
from steepest.view import fonts
from steepest.view.drawing import Drawing, encoded, figure, save
from steepest.view.palette import palette

STEP, LOSS = c.axis(c.say("step", "步")), c.axis(c.say("loss", "损失"), "log")
X = np.arange(4.0)


def chart(*marks: dict, x: dict = STEP, y: dict = LOSS, **kwargs: dict) -> dict:
    return c.chart([c.panel(x, y, marks)], **kwargs)


def test_lines_and_bands_are_where_the_chart_has_them_and_labelled_in_either_language() -> None:
    marks = [c.line(X, 10.0**-X, c.say("sgd", "随机"), 0), c.line(X, [1, None, 2, 3], c.say("adam", "自适应"), 1)]
    for lang, names in (("en", ["sgd", "adam"]), ("zh", ["随机", "自适应"])):
        drawn = figure(chart(*marks, c.band(X, X + 1, X + 2, 1)), lang)
        (axes,) = drawn.axes
        first, second = axes.lines
        np.testing.assert_array_equal(first.get_xydata(), np.stack([X, 10.0**-X], 1))
        np.testing.assert_array_equal(second.get_ydata(), [1, np.nan, 2, 3])
        assert (first.get_color(), second.get_color()) == (palette()["c0"], palette()["c1"])
        (band,) = axes.collections
        box = band.get_datalim(axes.transData)
        assert (box.ymin, box.ymax) == (1, 5)
        assert axes.get_yscale() == "log"
        assert (axes.get_xlabel(), axes.get_ylabel()) == ({"en": "step", "zh": "步"}[lang], LOSS["label"][lang])
        (legend,) = drawn.legends
        assert [t.get_text() for t in legend.get_texts()] == names


def test_a_figure_without_names_has_no_legend_and_dollars_are_no_formulas() -> None:
    drawn = figure(chart(c.line(X, X + 1, c.say("$x_1$", "$x_1$"))), title="a_$b$")
    assert not drawn.legends
    (title,) = [t for t in drawn.findobj(matplotlib.text.Text) if t.get_text() == "a_$b$"]
    assert not title.get_parse_math()


def test_every_mark_of_the_form_is_drawn() -> None:
    z = np.hypot(*np.meshgrid(X, X))
    words = c.panel(STEP, STEP, [c.labels([1, 2], [1, 2], ["a = 5", "b = 3"])])
    days = c.panel(c.axis(c.say("day", "日"), "time"), STEP, [c.line(["2024-01-01", "2024-03-01"], [1, 2])])
    names = c.panel(c.axis(c.say("n", "名"), "point"), STEP, [c.bars(["a", "b"], [1, -2]), c.bars(["a", "b"], [3, 4])])
    plain = [c.dots(X, X + 1), c.path(X, X), c.rule(x=1, name=c.say("here", "此处")), c.rule(y=2)]
    failing = [{"kind": "crosses", "x": [1], "y": [1], "series": 0},
               {"kind": "failures", "x": [1, 2], "share": [0.5, 1], "series": 3}]  # fmt: skip
    panels = [
        c.panel(STEP, STEP, [*plain, *failing]), c.panel(STEP, STEP, [c.contours(X, X, z, "log")], equal=True),
        c.panel(STEP, STEP, [c.regions(X, X, z / z.max())]), c.panel(STEP, STEP, [c.image(z / z.max())]),
        days, names, words,
    ]  # fmt: skip
    for lang in ("en", "zh"):
        drawn = figure(c.chart(panels, [c.fact(c.say("n", "数"), 3.14159)], c.say("why", "为什么")), lang, "title")
        encoded(drawn, "png")
        mixed, hills, halves, picture, when, bars, words_axes = drawn.axes[:7]
        assert len(mixed.lines) == 1 + 3 + 2 + 1 + 2, "dots; path, its ends; rules; crosses; failures in part, wholly"
        assert [t.get_text() for t in mixed.texts if t.get_text()] == {
            "en": ["here", "× Diverged"], "zh": ["此处", "× 发散"]}[lang]  # fmt: skip
        assert hills.get_aspect() == 1
        assert [t.get_text() for t in words_axes.texts] == ["a = 5", "b = 3"]
        assert not words_axes.axison
        assert len(halves.collections) == 2
        assert picture.images[0].get_array().shape == (4, 4)
        assert when.lines[0].get_xdata()[0] == np.datetime64("2024-01-01")
        assert [p.get_height() for p in bars.patches] == [1, -2, 3, 4]
        assert [t.get_text() for t in bars.get_xticklabels()] == ["a", "b"]
        below = drawn.get_supxlabel()
        assert "3.14" in below
        assert below.endswith({"en": "why", "zh": "为什么"}[lang])


def test_places_without_a_panel_stay_empty() -> None:
    panel = c.panel(STEP, LOSS, [c.line(X, X + 1)])
    assert [axes.axison for axes in figure(c.chart([panel] * 5)).axes] == [True] * 5 + [False]


def test_a_mean_beyond_the_axis_is_told_at_its_edge() -> None:
    x = {**c.axis(c.say("x", "x"), domain=(0.9, 1.0)), "percent": True}
    y = c.axis(c.say("", ""), "point")
    rows = [
        {"kind": "whisker", "x": [v], "low": [v - 0.01], "high": [v + 0.02], "y": [c.say(n, n)], "series": i}
        for i, (n, v) in enumerate([("a", 0.95), ("b", 0.1), ("c", 0.92)])
    ]
    (axes,) = figure(chart(*rows, x=x, y=y)).axes
    assert [t.get_text() for t in axes.get_yticklabels()] == ["a", "b", "c"]
    assert [t.get_text() for t in axes.texts] == ["◂ 10.00 %"]
    spans = [segment for bars in axes.collections for segment in bars.get_segments()]
    np.testing.assert_allclose([s[:, 0] for s in spans], [[0.94, 0.97], [0.91, 0.94]], atol=1e-12)


@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_a_file_is_what_its_ending_says_and_the_same_every_time(kind: str, tmp_path: Path) -> None:
    def made() -> Drawing:
        return figure(chart(c.line(X, X + 1, c.say("a", "甲")), c.band(X, X + 1, X + 2)), "zh", "标题")

    written = save(made(), tmp_path / f"x.{kind}").read_bytes()
    assert written == save(made(), tmp_path / f"y.{kind.upper()}").read_bytes()
    if kind == "svg":
        root = ElementTree.fromstring(written)
        assert root.tag.endswith("svg")
        assert b"date" not in written
        assert not root.findall(".//{*}text"), "letters are outlines, so that it looks alike everywhere"
    elif kind == "pdf":
        assert written.startswith(b"%PDF")
        assert written.count(b"/Type /Page\n") + written.count(b"/Type /Page ") == 1
        assert b"CreationDate" not in written
        assert b"/Type3" not in written, "journals take no fonts of type 3"
    else:
        picture = Image.open(io.BytesIO(written))
        assert picture.width >= 1200
        assert np.asarray(picture.convert("L")).std() > 5


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    drawn = figure(chart(c.line(X, X + 1)))
    with pytest.raises(BadValue, match=r"x\.gif.*\.svg, \.pdf, \.png"):
        save(drawn, tmp_path / "x.gif")
    with pytest.raises(BadFile, match="cannot be written"):
        save(drawn, tmp_path / "none" / "x.svg")


def test_on_axes_of_the_callers_own_their_style_stays() -> None:
    whole = Figure()
    axes = whole.subplots()
    assert figure(chart(c.line(X, X + 1)), axes=axes) is whole
    assert len(axes.lines) == 1
    two = c.chart([c.panel(STEP, LOSS, [c.line(X, X + 1)])] * 2)
    with pytest.raises(BadValue, match="one panel, this chart has 2"):
        figure(two, axes=axes)
    with pytest.raises(UnknownName, match="language"):
        figure(two, "fr")


def test_without_a_chinese_font_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "CHINESE", ())
    with pytest.raises(Unavailable, match="no installed font has Chinese"):
        figure(chart(c.line(X, X + 1)), "zh")
    figure(chart(c.line(X, X + 1)), "en")


def test_without_matplotlib_one_line_says_how_to_get_it() -> None:
    code = """
import sys
sys.modules["matplotlib"] = None
import steepest.view.inline
from steepest.core.errors import Unavailable
try:
    import steepest.view.drawing
except Unavailable as error:
    assert str(error) == 'drawing needs matplotlib; install it with: pip install "steepest[plot]"', error
else:
    raise AssertionError
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
