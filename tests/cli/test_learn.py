"""`steepest learn`: the list, a chapter as text, a starter, a check."""

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from rich.cells import cell_len

from steepest.cli.main import main
from steepest.core.language import choose, reader
from steepest.course.chapter import CHAPTERS, chapter, homework
from steepest.course.contents import contents

RIGHT = """# homework 1.2 neuron
import numpy as np

def forward(w, b, X):
    return 1 / (1 + np.exp(-(w @ X + b)))

def cost(a, y, k):
    return np.mean(-y * np.log(a) - k * (1 - y) * np.log(1 - a))

def backward(a, X, y, k):
    dz = -y * (1 - a) + k * (1 - y) * a
    return X @ dz / len(y), dz.mean()

def train(w, b, X, y, k, learning_rate, steps):
    for _ in range(steps):
        dw, db = backward(forward(w, b, X), X, y, k)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b
"""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEEPEST_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_list_has_what_is_written_and_what_is_to_come(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()[1:]
    told = {line[:3]: line for line in lines if line[:1].isdigit()}
    titles = {id: title[lang] for part in contents() for id, title in part.chapters.items()}
    assert list(told) == list(titles)
    assert all(title in told[id] for id, title in titles.items())
    coming = {"en": "to come", "zh": "待写"}[lang]
    assert [id for id, line in told.items() if not line.endswith(coming) and coming not in line] == list(CHAPTERS)
    assert all(any(part.title[lang] in line for line in lines) for part in contents())


@pytest.mark.parametrize(("lang", "said"), [("en", "Regularisation, is still to come"), ("zh", "“正则化”尚未写成")])
@pytest.mark.parametrize("more", [[], ["--text"], ["--starter", "dropout"]])
def test_a_chapter_to_come_is_told_in_a_line(
    lang: str, said: str, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["learn", "2.3", *more, "--lang", lang]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("id", CHAPTERS)
def test_a_chapter_as_text(id: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", id, "--text", "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert chapter(id, lang).title in out
    assert f"steepest learn {id} --starter {next(iter(homework(id)))}" in out
    assert "```" not in out
    assert "\\frac" not in out
    assert max(map(cell_len, out.splitlines())) <= 100


def test_chinese_fills_its_lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["learn", "2.2", "--text", "--lang", "zh"]) == 0
    text = capsys.readouterr().out
    assert "\x1f" not in text  # what marks where a line may end
    summary = text.split("\n\n")[1].split("\n")
    assert len(summary) > 2
    assert min(cell_len(line.rstrip()) for line in summary[:-1]) > 52
    assert not any(line.startswith(tuple("，。；：！？）")) for line in text.split("\n"))


def test_a_starter_on_stdout_and_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    starter = homework("1.2")["neuron"].starter
    assert main(["learn", "1.2", "--starter", "neuron"]) == 0
    assert capsys.readouterr().out == starter
    file = tmp_path / "neuron.py"
    assert main(["learn", "1.2", "--starter", "neuron", "--out", str(file)]) == 0
    assert file.read_text("utf-8") == starter
    file.write_text("my work")
    assert main(["learn", "1.2", "--starter", "neuron", "--out", str(file)]) == 2
    assert file.read_text() == "my work"


def test_a_chapter_as_a_notebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "1.2.ipynb"
    assert main(["learn", "1.2", "--notebook", str(file), "--lang", "zh"]) == 0
    assert f"jupyter lab {file}" in capsys.readouterr().err
    cells = json.loads(file.read_text("utf-8"))["cells"]
    assert cells[0]["source"].startswith(f"# 1.2 {chapter('1.2', 'zh').title}")
    for arguments, said in (
        (["1.2", "--notebook", str(file)], "your work is not overwritten"),
        (["1.2", "--notebook", str(file), "--text"], "exclude each other"),
        (["--notebook", str(file)], "say which chapter"),
    ):
        assert main(["learn", *arguments]) == 2
        err = capsys.readouterr().err
        assert said in err
        assert err.count("\n") == 1
    assert json.loads(file.read_text("utf-8"))["cells"] == cells


def test_a_check_that_is_right_and_one_that_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.py"
    progress = tmp_path / "home" / "progress.json"
    file.write_text(RIGHT.replace(" / len(y)", ""))
    assert main(["learn", "--check", str(file), "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == "1.2 neuron: not yet"
    assert "✓ forward: a" in out
    assert "✗ backward: dw" in out
    assert "mean" in out
    assert json.loads(progress.read_text())["chapters"]["1.2"]["homework"] == {"neuron": False}
    file.write_text(RIGHT)
    assert main(["learn", "1.2", "--check", str(file), "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == "1.2 neuron：全部正确"
    assert "✗" not in out
    assert json.loads(progress.read_text())["chapters"]["1.2"]["homework"] == {"neuron": True}
    assert main(["learn", "--lang", "en"]) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("1.2"))
    assert row.endswith("1/1")


def test_a_chapter_opens_in_the_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    lab = ModuleType("steepest.web.serve")
    lab.open_lab = lambda **given: opened.append(given)
    monkeypatch.setitem(sys.modules, "steepest.web.serve", lab)
    assert main(["learn", "1.2", "--lang", "zh"]) == 0
    assert opened == [{"path": "/course/1.2?lang=zh"}]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["1.9"], "unknown chapter '1.9'"),
        (["1.2", "--lang", "fr"], "unknown language 'fr'"),
        (["1.2", "--starter", "nueron"], "did you mean 'neuron'"),
        (["--starter", "neuron"], "say which chapter"),
        (["--text"], "say which chapter"),
        (["1.2", "--text", "--check", "x.py"], "exclude each other"),
        (["1.2", "--out", "x.py"], "goes with --starter"),
        (["--check", "nowhere.py"], "cannot be read"),
        (["1.2", "--starter", "neuron", "--out", "no/such/folder.py"], "cannot be written"),
    ],
)
def test_mistakes_are_one_line(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["learn", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("steepest: ")
    assert err.count("\n") == 1
    assert said in err


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_TW"}, "zh"),
        ({"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "zh_CN"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN"}, "en"),
    ],
)
def test_the_language_of_the_locale(variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(None)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert reader() == expected
