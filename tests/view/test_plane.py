"""The page of a loss plane: complete, offline, in both languages, safe, and drawn in a real browser."""

import json
import math
import re

import pytest

from steepest.core.errors import BadFile
from steepest.view import plane
from tests.browser import Browser

EVIL = "</script><img src=x onerror=alert(1)>"


def example(directions: str = "pca", names: tuple[str, ...] = ("sgd", "adam", "adam"), **change: object) -> dict:
    x = [i / 4 - 1 for i in range(13)]
    y = [i / 4 - 1 for i in range(9)]
    paths = [
        {
            "run": 3 * i,
            "optimizer": name,
            "hyperparameters": {"learning_rate": 0.1},
            "seed": i,
            "steps": [0, 10, 20],
            "x": [1.5, 0.5, 0.1 * i],
            "y": [0.5 - i / 4, 0.3, 0.0],
            "share": 0.75,
            "deviation": 0.0,
        }
        for i, name in enumerate(names)
    ]
    made = {
        "id": "digits-mlp",
        "title": {"en": "Small digits", "zh": "小号手写数字"},
        "x": x,
        "y": y,
        "loss": [[0.02 + a * a + 3 * b * b for a in x] for b in y],
        "paths": paths,
        "share": 0.8,
        "samples": 1000,
        "directions": directions,
        "deviation": 0.0,
        "seconds": 3.2,
        "grid_s": 1.0,
    }
    return {**made, **change}


def shown(made: dict) -> str:
    """The page without its scripts."""
    return re.sub(r"<script.*?</script>", "", plane.html(made), flags=re.S)


def test_it_says_what_it_shows_in_both_languages() -> None:
    text = shown(example(deviation=3e-7))
    for words in ("80.0%", "75.0%", "1\u2009000", "0.02", "损失平面", "所示位移", "adam · 3", "3e-07", "小号手写数字"):
        assert words in text
    assert "random directions" not in text
    assert "random directions" in shown(example("random"))


def test_what_a_user_wrote_is_text_and_nothing_is_fetched() -> None:
    text = plane.html(example(names=(EVIL,), id=EVIL, title={"en": EVIL, "zh": EVIL}))
    assert "<img" not in text
    assert text.count("</script>") == len(plane.SCRIPTS) + 2
    assert "default-src 'none'" in text
    assert not re.search(r"<\w+ [^>]*(src|srcset)=", shown(example()))
    assert json.loads(re.search(r'id="race-data">(.*?)</script>', text, re.S)[1])["groups"] == [{"name": EVIL}]


def test_a_folder_that_is_not_there(tmp_path) -> None:
    with pytest.raises(BadFile, match="cannot write the figure"):
        plane.write(tmp_path / "missing" / "plane.html", example())


@pytest.fixture(scope="module")
def browser():
    made = Browser()
    yield made
    made.close()


@pytest.mark.parametrize("case", ["usual", "holes", "flat", "random"])
@pytest.mark.parametrize("width", [380, 1280])
def test_it_is_drawn(browser, tmp_path, case: str, width: int) -> None:
    changes = {
        "usual": {},
        "holes": {"loss": [[None if i < 3 else math.exp(i) for i in range(13)] for _ in range(9)]},
        "flat": {"loss": [[1.0] * 13] * 9},
        "random": {"directions": "random"},
    }
    plane.write(tmp_path / "plane.html", example(**changes[case]))
    browser.size(width, 800)
    browser.open(f"{(tmp_path / 'plane.html').as_uri()}#lang=zh&theme=dark")
    browser.settle()
    svg = "document.querySelector('[data-chart=plane] svg[role=img]')"
    assert browser.run(f"return {svg}.querySelectorAll('path').length") > 6
    assert "NaN" not in browser.run(f"return {svg}.outerHTML")
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.run("return [...document.querySelectorAll('.chip')].map((c) => c.textContent)") == [
        "sgd",
        "adam · 3",
        "adam · 6",
    ]
    browser.run("document.querySelector('.chip').click()")
    assert browser.run("return document.querySelector('.chip').getAttribute('aria-pressed')") == "false"
    assert browser.errors() == []
