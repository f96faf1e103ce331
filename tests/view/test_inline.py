"""A race in a notebook: markup that parses, runs nothing, and says what the leaderboard says."""

import re
import sys
from xml.etree import ElementTree

import pytest

from steepest.view.inline import html
from steepest.view.numbers import metric

from . import synthetic

RACE = synthetic.race()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_ranking_and_sensitivity_without_script(lang: str) -> None:
    shown = html(RACE, lang)
    assert not re.search(r"<script|<iframe|javascript:|\son\w+=|https?://(?!www\.w3\.org)", shown)
    svg = ElementTree.fromstring(shown[shown.index("<svg") : shown.index("</svg>") + 6])
    assert float(svg.attrib["width"].removesuffix("pt")) > 200
    for row in RACE["ranking"]:
        assert row["optimizer"] in shown
        assert metric("test_accuracy", row["mean"]) in shown
    assert {"en": "Rank", "zh": "名次"}[lang] in shown
    assert "var(--c3,#b04a86)" in shown, "a series keeps its colour where styles are stripped"
    assert "#ffffff" not in shown.split("<svg")[1], "no paper of its own on a dark page"


def test_names_are_escaped() -> None:
    race = synthetic.race({"<script>alert(1)</script>&": synthetic.SHAPES["adam"]})
    shown = html(race, "en")
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in shown


def test_without_matplotlib_the_table_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "steepest.view.drawing", raising=False)
    shown = html(RACE, "en")
    assert "<svg" not in shown
    assert "momentum" in shown


def test_a_race_with_nothing_to_draw() -> None:
    race = synthetic.race() | {"curves": {}, "ranking": [], "runs": [], "all": []}
    shown = html(race, "zh")
    assert "<svg" not in shown
    assert "mnist-mlp" in shown
