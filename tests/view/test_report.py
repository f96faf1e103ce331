"""The report as a file: complete, offline, honest, and safe whatever the race contains."""

import hashlib
import json
import math
import re
import sys
from html.parser import HTMLParser
from importlib.resources import files
from subprocess import run

import pytest

from steepest.core.errors import BadFile
from steepest.view import report
from steepest.view.race import Reader
from steepest.view.race_charts import race_figure
from steepest.view.winner import verdict

from . import synthetic

LIMIT = 1_500_000
ADAM = {"adam": synthetic.SHAPES["adam"]}


class Page(HTMLParser):
    """Tags, attributes and the text outside scripts and styles."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.words, self.scripts, self._in = [], [], [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]
        if tag in ("script", "style"):
            self._in = tag
            self.scripts.append("")

    def handle_endtag(self, tag):
        if tag == self._in:
            self._in = None

    def handle_data(self, data):
        if self._in:
            self.scripts[-1] += data
        else:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def race():
    return synthetic.race()


@pytest.fixture(scope="module")
def page(race):
    return Page(report.html(race))


def text_of(race):
    return Page(report.html(race)).text


def test_the_tables_stand_in_the_markup_in_both_languages(page, race):
    assert page.tags.count("table") == 3
    assert page.tags.count("tr") >= 4 + 36 + 4
    for word in ("Leaderboard", "排行榜", "learning rate", "学习率", "97.89%", "0.03162"):
        assert word in page.text
    assert "No clear winner. adam leads with 97.89% test accuracy" in page.text
    assert "难分胜负：adam 以 97.89% 的测试集准确率暂居第一" in page.text


def test_settings_are_ranked_by_validation_and_only_the_chosen_show_their_test_result(race):
    text = report.html(race)
    rows = re.findall(r"<tr[^>]*>(.*?)(?=<tr|</tbody>)", text[text.index('id="all"') :].split("</table>")[0], re.S)[1:]
    chosen = {row["configuration"]: row["mean"] for row in race["ranking"]}
    assert len(rows) == len(race["all"])
    for row, cells in zip(race["all"], rows, strict=True):
        cells = [re.sub("<.*?>", "", cell) for cell in re.split("<t[dh][^>]*>", cells)[1:]]
        if row["n"]:
            assert cells[3] == f"{100 * row['mean']:.2f}%"
        tested = chosen.get(row["configuration"])
        assert cells[5] == ("" if tested is None else f"{100 * tested:.2f}%")
    for said in ("Ranked by validation accuracy", "按验证集准确率排名", "no confidence interval", "不是置信区间"):
        assert said in Page(text).text


def test_nothing_is_fetched(page):
    for tag, name, value in page.attributes:
        assert name not in ("src", "srcset", "data", "poster", "action"), (tag, name, value)
        assert not name.startswith("on"), (tag, name)
        if name == "href":
            assert value.startswith("#" if tag == "a" else "data:,")
    assert "@import" not in "".join(page.scripts)
    policy = next(v for t, n, v in page.attributes if t == "meta" and n == "content" and "default-src" in v)
    assert policy.startswith("default-src 'none'")
    assert "unsafe-inline'; img-src data:" in policy
    assert policy.count("sha256-") == len(report.SCRIPTS)


def test_what_a_user_wrote_is_text_and_never_markup():
    race = synthetic.race(ADAM, rates=[0.001, 0.01])
    evil = "<script>alert(1)</script></script><img src=x onerror=alert(2)>\"'&\u2028{{slot:data}}\x00"
    for configuration in race["configurations"]:
        configuration |= {"optimizer": evil, "label": evil, "varied": {evil: evil, "learning_rate": 0.1}}
        configuration["hyperparameters"] |= {evil: evil}
    for row in race["ranking"] + race["all"]:
        row["optimizer"] = evil
    race["command"] = evil
    race["versions"] = {evil: evil}
    race["started"] = evil
    race["workload"] |= {"id": evil, "title": {"en": evil, "zh": evil}}
    text = report.html(race)
    assert text.count("</script>") == len(report.SCRIPTS) + 2
    parsed = Page(text)
    assert "img" not in parsed.tags
    assert parsed.tags.count("script") == len(report.SCRIPTS) + 2
    assert evil.replace("\x00", "\ufffd")[:40] in parsed.text
    data = re.search(r'id="race-data">(.*?)</script>', text, re.S)[1]
    assert json.loads(data)["groups"][0]["name"] == evil


def test_not_a_number_is_null(race):
    text = report.html(race)
    data = re.search(r'id="race-data">(.*?)</script>', text, re.S)[1]
    assert not re.search(r"\b(NaN|Infinity)\b", data)
    assert "nan" not in text_of(race)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rates": [0.001]}, "This race does not vary the learning rate"),
        ({"seeds": 1}, "One seed each: no interval can be given"),
        ({"rates": [30.0, 100.0]}, "No run has produced a result: 24 of 24 diverged."),
        ({"optimizers": ADAM}, "it was the only optimiser in this race"),
        ({"target": None}, "This workload has no target"),
        ({"target": 0.9999}, "No run reached the target of 99.99% validation accuracy"),
        ({"rates": [0.0001, 0.001]}, "No run diverged."),
    ],
)
def test_what_is_missing_is_said(change, said):
    assert said in text_of(synthetic.race(**change))


def test_a_race_with_nothing_in_it_is_still_a_page():
    race = synthetic.race()
    for name in ("configurations", "runs", "ranking", "all"):
        race[name] = []
    race |= {"curves": {}, "command": None, "versions": {}, "wall_s": math.nan}
    text = text_of(race)
    for said in (
        "No result yet",
        "No curves were recorded",
        "This race has no configurations",
        "no command line",
    ):
        assert said in text


def test_the_winner_is_as_sure_as_the_intervals():
    race = synthetic.race()
    assert verdict(Reader(race)) == "tie"
    assert "the level of 5 % holds for the whole table" in text_of(race)
    for row in race["ranking"]:
        row["tied"] = None
    assert verdict(Reader(race)) == "tie"  # what cannot be tested is not won
    assert "Rows marked “?” have too few seeds in common with the leader to tell." in text_of(race)
    assert [m["y"][0]["en"].endswith("?") for m in race_figure(race, "ranking")["panels"][0]["marks"][:2]] == [
        False,
        True,
    ]
    for row in race["ranking"][1:]:
        row["tied"] = False
    assert verdict(Reader(race)) == "clear"
    assert "adam wins with 97.89% test accuracy, ahead of momentum at 97.89%." in text_of(race)
    for row in race["ranking"][1:]:
        row["mean"] = math.nan
    assert verdict(Reader(race)) == "alone"
    assert "no other optimiser ended with a finite result" in text_of(race)
    for row in race["ranking"]:
        row["mean"] = math.nan
    race["runs"][0]["status"] = "running"
    assert verdict(Reader(race)) == "waiting"
    assert "1 of 108 runs have yet to end" in text_of(race)


def test_a_tied_name_is_escaped_once():
    race = synthetic.race()
    for thing in race["configurations"] + race["ranking"] + race["all"]:
        thing["optimizer"] = f"<{thing['optimizer']}>"
    page = report.html(race)
    assert "but &lt;momentum&gt; and &lt;rmsprop&gt; cannot be told apart" in page
    assert "但 &lt;momentum&gt; 和 &lt;rmsprop&gt; 与它" in page


def test_many_ties_are_counted_rather_than_listed():
    shapes = {f"o{i}": (-2.5, 1.0, 0.97 - 1e-4 * i, 0.0) for i in range(9)}
    race = synthetic.race(shapes, rates=[0.001, 0.003])
    for row in race["ranking"]:
        row["tied"] = True
    text = text_of(race)
    assert re.search(r"but o\d, o\d, o\d, o\d and 4 others cannot be told apart", text)
    assert re.search(r"但 o\d、o\d、o\d、o\d 及另外 4 个优化器与它没有可辨的差距", text)


def test_a_race_by_loss_needs_no_accuracy():
    race = synthetic.race()
    race |= {"metric": "test_loss", "choose_by": "test_loss"}
    text = text_of(race)
    assert "Settings were chosen by the same test loss that is reported" in text


def test_a_large_race_stays_within_the_limit_and_says_what_it_left_out():
    shapes = {f"optimizer{i}": (-2.5, 1.0, 0.97, 0.0) for i in range(15)}
    race = synthetic.race(shapes, rates=[1e-4 * 1.04**i for i in range(240)], seeds=1)
    text = report.html(race)
    assert len(text.encode()) <= LIMIT
    parsed = Page(text).text
    assert re.search(r"The table holds the first [\d ]+ of 3 600 configurations", parsed)
    assert re.search(r"Curves of [\d ]+ further settings are left out", parsed)


def test_a_usual_race_is_well_within_the_limit(race):
    assert len(report.html(race).encode()) < LIMIT / 2


def test_write_replaces_the_file_whole(tmp_path, race):
    goal = tmp_path / "report.html"
    goal.write_text("old")
    report.write(goal, race)
    assert goal.read_text("utf-8") == report.html(race)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_write_says_what_is_wrong_with_the_place(tmp_path, race):
    with pytest.raises(BadFile, match=r"cannot write the report to .*missing.*choose a writable place"):
        report.write(tmp_path / "missing" / "report.html", race)


def test_the_vendored_files_are_the_ones_named():
    vendor = files("steepest.view") / "vendor"
    named = re.findall(r"`([\w./]+)` \| \S+ \| [\d.]+ \| `([0-9a-f]{64})`", (vendor / "README.md").read_text())
    assert [path for path, _ in named] == ["d3/d3.min.js", "plot/plot.umd.min.js"]
    for path, sum_ in named:
        assert hashlib.sha256((vendor / path).read_bytes()).hexdigest() == sum_
        assert "Permission to use, copy, modify" in (vendor / path).parent.joinpath("LICENSE").read_text()
        assert not re.search(r"npmjs|yarnpkg|jsdelivr|unpkg|cdnjs", (vendor / path).read_text())


def test_view_imports_neither_jax_nor_the_store():
    code = (
        "import sys, steepest.view.report; "
        "print([m for m in sys.modules if m.split('.')[0] in ('jax', 'optax') "
        "or m.startswith(('steepest.store', 'steepest.stats'))])"
    )
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
