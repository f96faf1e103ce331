"""The report in a real browser: it draws, turns its language and theme, fits a narrow screen, is silent."""

import pytest

from steepest.view import report
from tests.browser import Browser

from . import synthetic

CASES = {
    "usual": {},
    "fixed": {"rates": [0.001], "seeds": 1},
    "failed": {"rates": [30.0, 100.0]},
    "single": {"optimizers": {"adam": synthetic.SHAPES["adam"]}, "target": None},
    "many": {"optimizers": {f"o{i}": (-3 + 0.2 * i, 0.9, 0.97, -1 + 0.1 * i) for i in range(17)}, "seeds": 1},
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    for name, change in CASES.items():
        report.write(folder / f"{name}.html", synthetic.race(**change))
    return folder.as_uri()


@pytest.fixture(scope="module")
def browser():
    made = Browser()
    yield made
    made.close()


@pytest.fixture
def usual(browser, pages):
    browser.size(1280, 900)
    browser.open(f"{pages}/usual.html#lang=en&theme=light")
    return browser


def lines(browser, chart):
    return browser.run(f"return document.querySelectorAll('[data-chart={chart}] svg path').length")


def test_every_chart_is_drawn_and_the_console_is_silent(usual):
    found = "[...document.querySelectorAll('[data-chart] svg[role=img]')]"
    assert usual.run(f"return {found}.length") == 1 + 3 + 1
    assert lines(usual, "sensitivity") > 8
    assert "NaN" not in usual.run(f"return {found}.map((svg) => svg.outerHTML).join()")
    assert usual.errors() == []


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("width", [380, 1280])
def test_no_page_scrolls_sideways(browser, pages, name, width):
    browser.size(width, 800)
    browser.open(f"{pages}/{name}.html#lang=zh&theme=dark")
    browser.settle()
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.errors() == []


def test_the_switch_turns_every_word_and_remembers(usual):
    before = usual.run("return document.body.innerText")
    assert "Leaderboard" in before
    assert "排行榜" not in before
    usual.run("document.getElementById('language').click()")
    after = usual.run("return document.body.innerText")
    assert "排行榜" in after
    assert "Leaderboard" not in after
    assert "学习率" in usual.run("return document.querySelector('[data-chart=sensitivity] svg[role=img]').textContent")
    assert usual.run("return document.documentElement.lang") == "zh-CN"
    assert "lang=zh" in usual.run("return location.hash")
    assert usual.run("return document.getElementById('language').innerText") == "English"
    usual.run("document.getElementById('language').click()")
    assert "Leaderboard" in usual.run("return document.body.innerText")


def test_the_theme_turns_without_drawing_anew(usual):
    paper = "return getComputedStyle(document.body).backgroundColor"
    light = usual.run(paper)
    usual.run("document.getElementById('theme').click()")
    assert usual.run(paper) != light
    assert "theme=dark" in usual.run("return location.hash")


def test_the_query_chooses_too(browser, pages):
    browser.open(f"{pages}/usual.html?theme=dark&lang=zh")
    assert browser.run("return [document.documentElement.dataset.theme, document.documentElement.lang]") == [
        "dark",
        "zh-CN",
    ]


def test_the_table_sorts_and_filters(usual):
    first = "return document.querySelector('#all tbody tr').cells[2].textContent"
    usual.run("document.querySelectorAll('#all thead button')[2].click()")
    assert usual.run(first) == "0.0001"
    usual.run("document.querySelectorAll('#all thead button')[2].click()")
    assert usual.run(first) == "1"
    assert usual.run("return document.querySelectorAll('#all th')[2].ariaSort") == "descending"
    usual.run(
        "const f = document.getElementById('filter');f.value = 'momentum 0.1'; f.dispatchEvent(new Event('input'))"
    )
    assert usual.run("return document.querySelectorAll('#all tbody tr:not([hidden])').length") == 1
    assert usual.run("return document.getElementById('shown').textContent") == "1 of 36 shown"


def test_a_legend_entry_hides_its_line_and_keeps_the_focus(usual):
    before = lines(usual, "sensitivity")
    usual.run("const b = document.querySelector('[data-chart=sensitivity] .chip'); b.focus(); b.click()")
    assert lines(usual, "sensitivity") < before
    assert usual.run("return [document.activeElement.dataset.name, document.activeElement.ariaPressed]") == [
        "sgd",
        "false",
    ]


def test_all_settings_of_one_optimiser_can_be_chosen(usual):
    usual.run(
        "const s = document.querySelector('[data-chart=curves] select');"
        "s.value = 'adam'; s.dispatchEvent(new Event('change'))"
    )
    assert usual.run("return document.querySelectorAll('[data-chart=curves] .chip').length") == 9
    assert usual.errors() == []


def test_scales_and_units_can_be_chosen(usual):
    for chart, name in (("sensitivity", "linear"), ("times", "steps")):
        usual.run(f"document.querySelector('[data-chart={chart}] [data-name={name}]').click()")
        button = f"[data-chart={chart}] [data-name={name}]"
        assert usual.run(f"return document.querySelector('{button}').ariaPressed") == "true"
    assert usual.errors() == []


def test_the_command_can_be_copied(usual):
    usual.run("document.getElementById('copy').click()")
    usual.settle()
    assert usual.run("return document.getElementById('copy').textContent") in (
        "Copied",
        "Select and copy by hand",
    )
