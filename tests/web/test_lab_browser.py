"""The lab in a real browser: every page in both languages, by mouse and by keys; the console stays silent."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

import steepest
from steepest.course import CHAPTERS, chapter, contents, figure
from steepest.course.blocks import FigureBlock, Quiz
from steepest.course.controls import Control
from tests.browser import Browser

PAGES = [
    "/course",
    f"/course/{CHAPTERS[-1]}",
    "/surfaces",
    "/race",
    "/race/small",
    "/race?a=small&b=reader",
    "/digits?example=3",
]
KEYS = {"ArrowRight": 39, "ArrowUp": 38, " ": 32, "7": 55, "Enter": 13, ".": 190}


class Page:
    """The browser on one page of the lab."""

    def __init__(self, browser: Browser, root: str) -> None:
        self.browser, self.root = browser, root

    def open(self, path: str, width: int = 1280) -> None:
        self.browser.size(width, 900)
        self.browser.open(self.root + path)
        self.until("document.documentElement.dataset.ready")

    def run(self, script: str, *arguments: object) -> object:
        return self.browser.run(script, *arguments)

    def until(self, condition: str, seconds: float = 30.0) -> object:
        end = time.monotonic() + seconds
        while not (value := self.run(f"return {condition}")):
            assert time.monotonic() < end, f"never true: {condition}\n{self.browser.errors()}"
            time.sleep(0.03)
        return value

    def centre(self, selector: str) -> tuple[float, float]:
        script = "const e = document.querySelector(arguments[0]); e.scrollIntoView({block: 'center'});"
        script += "const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]"
        x, y = self.run(script, selector)
        return x, y

    def mouse(self, kind: str, x: float, y: float) -> None:
        held = {"button": "left", "buttons": 1, "clickCount": int(kind != "mouseMoved")}
        self.browser.cdp("Input.dispatchMouseEvent", type=kind, x=x, y=y, **held)

    def click(self, selector: str) -> None:
        x, y = self.centre(selector)
        self.mouse("mousePressed", x, y)
        self.mouse("mouseReleased", x, y)

    def drag(self, selector: str, *steps: tuple[float, float]) -> None:
        x, y = self.centre(selector)
        self.mouse("mousePressed", x, y)
        for dx, dy in steps:
            x, y = x + dx, y + dy
            self.mouse("mouseMoved", x, y)
        self.mouse("mouseReleased", x, y)

    def key(self, name: str) -> None:
        text = {"text": name} if len(name) == 1 else {"text": "\r"} if name == "Enter" else {}
        about = {"key": name, "windowsVirtualKeyCode": KEYS[name], "code": name}
        self.browser.cdp("Input.dispatchKeyEvent", type="keyDown", **about, **text)
        self.browser.cdp("Input.dispatchKeyEvent", type="keyUp", **about)

    def type(self, selector: str, text: str) -> None:
        self.run("const e = document.querySelector(arguments[0]); e.scrollIntoView(); e.focus(); e.select()", selector)
        self.browser.cdp("Input.insertText", text=text)
        self.key("Enter")

    def choose(self, selector: str, value: object) -> None:
        """Set a list or a slider as a hand would, its events included."""
        script = "const e = document.querySelector(arguments[0]); e.value = arguments[1];"
        self.run(f"{script} for (const n of ['input', 'change']) e.dispatchEvent(new Event(n))", selector, value)

    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(str(self.run("return location.href"))).query)

    def silent(self) -> None:
        assert self.browser.errors() == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    made = Browser()
    yield made
    made.close()


@pytest.fixture
def page(browser: Browser, lab: str) -> Iterator[Page]:
    browser.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    made = Page(browser, lab)
    yield made
    made.silent()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_both_languages_and_fits(page: Page, path: str) -> None:
    texts = {}
    for lang, width in (("en", 1280), ("zh", 380), ("en", 380), ("zh", 1280)):
        page.open(f"{path}{'&' if '?' in path else '?'}lang={lang}", width)
        page.until("!document.querySelector('.page > .waiting, .readers .waiting')")
        assert page.run("return document.documentElement.scrollWidth") <= width
        assert page.run("return document.documentElement.lang") == {"en": "en", "zh": "zh-CN"}[lang]
        assert not page.run("return document.querySelector('.failed:not([hidden])')")
        texts[lang] = page.run("return document.querySelector('h1').innerText")
        page.silent()
    assert texts["en"] != texts["zh"] or path == "/race?a=small&b=reader"
    assert not any("\u4e00" <= c <= "\u9fff" for c in texts["en"])


def test_the_switches_turn_language_and_theme_and_keep_the_state(page: Page) -> None:
    page.open("/surfaces?lang=en&surface=bowl&o=adam:learning_rate=0.2&x=1&y=2")
    page.until("document.querySelector('.stage').dataset.drawn")
    page.click("#language")
    page.until("document.querySelector('.stage')?.dataset.drawn && document.documentElement.lang === 'zh-CN'")
    assert "曲面" in str(page.run("return document.querySelector('h1').innerText"))
    query = page.query()
    assert query["lang"] == ["zh"]
    assert query["surface"] == ["bowl"]
    assert query["o"] == ["adam:learning_rate=0.2"]
    before = page.run("return getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.run("return getComputedStyle(document.body).backgroundColor") != before
    page.click("#theme")


def test_the_bar_leads_to_every_page_and_back(page: Page) -> None:
    page.open("/course?lang=en")
    for name in ("surfaces", "race", "digits", "course"):
        page.click(f"#nav a[href^='/{name}']")
        page.until(f"document.documentElement.dataset.ready === '{name}' && location.pathname === '/{name}'")
    page.run("history.back()")
    page.until("document.documentElement.dataset.ready === 'digits'")


def drawn(page: Page) -> int:
    return int(str(page.run("return document.querySelector('.stage').dataset.drawn ?? 0")))


def test_the_start_is_dragged_and_moved_by_keys(page: Page) -> None:
    page.open("/surfaces?lang=en&surface=bowl&o=sgd:learning_rate=0.1&x=-2&y=2")
    page.until("document.querySelector('.stage').dataset.drawn")
    before = drawn(page)
    page.drag(".handle", (40, 20), (40, 30), (20, 10))
    page.until(f"Number(document.querySelector('.stage').dataset.drawn) > {before}")
    page.until("new URLSearchParams(location.search).get('x') > -1.9")
    query = page.query()
    assert float(query["y"][0]) < 2
    page.run("document.querySelector('.handle').focus()")
    page.key("ArrowRight")
    page.until(f"Number(new URLSearchParams(location.search).get('x')) > {float(query['x'][0]) + 0.01}")
    told = str(page.run("return document.querySelector('.handle').getAttribute('aria-label')"))
    assert "x = " in told


def test_play_pause_step_and_scrub(page: Page) -> None:
    page.open("/surfaces?lang=en&surface=bowl&o=sgd:learning_rate=0.1&steps=100&at=0")
    page.until("document.querySelector('.stage').dataset.drawn")
    count = "Number(document.querySelector('.count').textContent.match(/\\d+/)[0])"
    assert page.run(f"return {count}") == 0
    page.run("document.activeElement.blur(); document.body.focus()")
    page.key(" ")
    page.until(f"{count} > 3")
    page.key(" ")
    page.until("!document.querySelector('.play.on')")
    stood = int(str(page.run(f"return {count}")))
    page.key(".")
    assert page.run(f"return {count}") in (stood, stood + 1)
    page.click("button.back")
    page.click("button.first")
    assert page.run(f"return {count}") == 0
    page.choose(".transport input", 60)
    assert page.run(f"return {count}") == 60
    page.until("new URLSearchParams(location.search).get('at') === '60'")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_of_the_transport_is_printed_over_another(page: Page, lang: str) -> None:
    for width in (320, 420, 500, 660, 1280):
        page.open(f"/surfaces?lang={lang}&steps=2000", width)
        page.until("document.querySelector('.count').textContent.includes('2000')")
        parts = "[...document.querySelectorAll('.transport > *')]"
        overflows = f"{parts}.filter((one) => one.scrollWidth > one.clientWidth)"
        assert page.run(f"return {overflows}.map((one) => one.className)") == [], width


def test_a_formula_is_typed_and_a_wrong_one_told(page: Page) -> None:
    page.open("/surfaces?lang=en&o=adam:learning_rate=0.1")
    page.until("document.querySelector('.stage').dataset.drawn")
    before = drawn(page)
    page.type(".choosing .field input", "x^2 + 3*cos(y)")
    page.until(f"Number(document.querySelector('.stage').dataset.drawn) > {before}")
    page.until("new URLSearchParams(location.search).get('surface') === 'x^2 + 3*cos(y)'")
    page.type(".choosing .field input", "x^2 + )")
    page.until("document.querySelector('.failed:not([hidden])')")
    assert "column 7" in str(page.run("return document.querySelector('.failed').innerText"))
    errors = page.browser.errors()  # the browser itself notes the answer's status
    assert all("400" in error for error in errors)


def test_what_is_shown_is_what_python_computes(page: Page) -> None:
    page.open(
        "/surfaces?lang=en&surface=beale&o=adam:learning_rate=0.1&o=momentum:learning_rate=0.01&x=1&y=1&steps=120"
    )
    page.until("document.querySelector('.told').textContent")
    ours = steepest.descend("beale", ["adam:learning_rate=0.1", "momentum:learning_rate=0.01"], start=(1, 1), steps=120)
    told = page.run("return [...document.querySelectorAll('.told')].map((e) => e.textContent)")
    for one, text in zip(ours, told, strict=True):
        assert one.verdict is not None
        assert float(text.split(" · ")[0].replace("−", "-")) == pytest.approx(one.values[-1], rel=5e-3)
        assert one.verdict.kind in text.replace("on a ", "")


def test_optimisers_come_go_and_turn_in_three_dimensions(page: Page) -> None:
    page.open("/surfaces?lang=en&surface=saddle&view=3d")
    page.until("document.querySelector('.stage').dataset.drawn")
    page.until("document.querySelectorAll('section.entry .more .slider').length > 3")
    page.drag(".trails", (60, 10), (30, 20))
    page.until("Number(new URLSearchParams(location.search).get('azimuth')) === -96")
    page.run("document.querySelector('.trails').focus()")
    page.key("ArrowRight")
    page.until("Number(new URLSearchParams(location.search).get('azimuth')) === -101")
    rows = int(str(page.run("return document.querySelectorAll('section.entry').length")))
    page.choose(".entries > .select select", "lion")
    page.until(f"document.querySelectorAll('section.entry').length === {rows + 1}")
    page.click(".entry .out")
    page.until(f"document.querySelectorAll('section.entry').length === {rows}")
    page.until("new URLSearchParams(location.search).getAll('o').some((o) => o.startsWith('lion'))")


def test_the_contents_list_all_chapters_and_link_to_those_that_are_written(page: Page) -> None:
    page.open("/course?lang=en")
    page.until("document.querySelector('.chapters')")
    numbers = "[...document.querySelectorAll('.chapters {} .number')].map((e) => e.textContent)"
    assert page.run("return " + numbers.format("a")) == list(CHAPTERS)
    everything = [id for part in contents() for id in part.chapters]
    assert page.run("return " + numbers.format("li")) == everything
    page.open("/course/2.2?lang=en")
    page.until("document.querySelector('.contents')")
    assert page.run("return document.querySelectorAll('.contents li.to-come').length") == 16 - len(CHAPTERS)
    assert page.run("return document.querySelectorAll('.contents li.to-come a').length") == 0


@pytest.mark.parametrize("id", CHAPTERS)
def test_a_chapter_has_live_figures_and_answers(page: Page, id: str) -> None:
    one = chapter(id, "en")
    page.open(f"/course/{id}?lang=en")
    live = [b for b in one.blocks if isinstance(b, FigureBlock) and not figure(b.name).seconds]
    for block in live[:2]:
        box = f"[data-figure={block.name}] .chart"
        page.run(f"document.querySelector('{box}').scrollIntoView()")
        page.until(f"document.querySelector('{box}').dataset.drawn")
        assert page.run(f"return document.querySelectorAll('{box} svg[role=img]').length") >= 1
        assert "NaN" not in str(page.run(f"return document.querySelector('{box}').innerHTML"))
    if any(isinstance(b, Quiz) for b in one.blocks):
        page.click(".quiz .answer")
        assert page.run("return document.querySelector('.quiz .why').textContent.length") > 10


def slider_of(block: FigureBlock) -> Control | None:
    """The first slider of a figure that its chapter leaves free."""
    free = (c for c in figure(block.name).controls if c.kind == "range" and c.name not in block.fixed)
    return next(free, None)


def sliding() -> dict[str, tuple[str, FigureBlock]]:
    """The first figure of every chapter that follows a slider."""
    found: dict[str, tuple[str, FigureBlock]] = {}
    for id in CHAPTERS:
        for block in chapter(id, "en").blocks:
            if isinstance(block, FigureBlock) and not figure(block.name).seconds and slider_of(block):
                found.setdefault(id, (id, block))
    return found


@pytest.mark.parametrize(("id", "block"), sliding().values(), ids=sliding())
def test_a_figure_follows_its_slider_and_says_what_python_says(page: Page, id: str, block: FigureBlock) -> None:
    one = figure(block.name)
    control = slider_of(block)
    assert control is not None
    assert control.minimum is not None
    page.open(f"/course/{id}?lang=en&{block.name}.{control.name}={control.minimum:g}")
    box = f"[data-figure={block.name}] .chart"
    page.run(f"document.querySelector('{box}').scrollIntoView()")
    page.until(f"document.querySelector('{box}').dataset.drawn")
    chart = json.loads(json.dumps(one.chart(**block.fixed, **{control.name: control.minimum})))
    shown = page.run(
        f"return [...document.querySelectorAll('[data-figure={block.name}] .facts-row dd')].map((e) => e.textContent)"
    )
    assert len(shown) == len(chart["facts"])
    for text, fact in zip(shown, chart["facts"], strict=True):
        if isinstance(fact["value"], int | float):
            said = float(text.replace("−", "-").replace("\u2009", ""))
            assert said == pytest.approx(fact["value"], rel=0.6 * 10 ** (1 - fact["digits"]), abs=1e-12)
    before = int(str(page.run(f"return document.querySelector('{box}').dataset.drawn")))
    page.run(f"document.querySelector('[data-figure={block.name}] input[type=range]').focus()")
    page.key("ArrowRight")
    page.until(f"Number(document.querySelector('{box}').dataset.drawn) > {before}")
    page.until(f"new URLSearchParams(location.search).get('{block.name}.{control.name}') !== '{control.minimum:g}'")


def test_a_race_is_started_watched_and_read(page: Page) -> None:
    page.open("/race?lang=en&workload=digits-mlp&lr=1e-3,1e-2&seeds=1&epochs=2")
    page.until("document.querySelector('.order .pick')")
    assert page.run("return document.querySelector('.send .count').textContent") == "6 runs"
    page.click(".pick[aria-pressed=true]")
    assert page.run("return document.querySelector('.send .count').textContent") == "4 runs"
    page.click(".order .primary")
    page.until("/^.race.digits-mlp-/.test(location.pathname)")
    page.until("document.querySelector('.status .state.finished')", 60)  # the list has such states too
    assert page.run("return document.querySelectorAll('.leaderboard tbody tr').length") == 2
    page.until("document.querySelectorAll('.chart svg[role=img]').length >= 4")
    assert "steepest race digits-mlp" in str(page.until("document.querySelector('.command code')?.textContent"))


def test_the_loss_plane_is_drawn_when_asked(page: Page) -> None:
    page.open("/race/small?lang=zh")
    page.until("document.querySelector('.plane + *, .plane').closest('section').querySelector('button:not([hidden])')")
    assert not page.run("return document.querySelector('.plane svg')")
    page.run("document.querySelector('.plane').closest('section').querySelector('button').click()")
    page.until("document.querySelector('.plane svg')", 90)
    facts = page.run("return [...document.querySelectorAll('.plane dd')].map((e) => e.textContent)")
    assert len(facts) == 3  # the whole, and the best run of each optimiser
    assert all(0 < float(one.rstrip("%")) <= 100 for one in facts)
    assert "损失" in page.run("return document.querySelector('.plane .note').textContent")


def test_a_digit_is_drawn_and_read(page: Page) -> None:
    page.open("/digits?lang=en")
    page.drag(".pad", (0, -90), (0, 60), (0, 60), (0, 60))
    page.until("document.querySelector('.reader')")
    assert page.run("return document.querySelectorAll('.reader .bar-cell').length") == 10
    address = str(page.until("location.search.includes('d=') && location.href"))
    shares = page.run(
        "return [...document.querySelectorAll('.bar-cell .fill')].map((e) => e.style.getPropertyValue('--share'))"
    )
    page.open(urlsplit(address).path + "?" + urlsplit(address).query)  # the drawing is in the address
    page.until("document.querySelector('.reader')")
    assert (
        page.run(
            "return [...document.querySelectorAll('.bar-cell .fill')].map((e) => e.style.getPropertyValue('--share'))"
        )
        == shares
    )
    page.key("7")
    page.until("location.search.includes('example=7')")
    page.until("document.querySelector('.verdict strong')?.textContent === '7'")
