"""`steepest report`: HTML as ever, a figure for a paper by its ending, one line for anything else."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from steepest.cli.main import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("races") / "r"
    race = ["race", "digits-mlp", "-o", "sgd", "-o", "adam", "--lr", "1e-2,1e-1", "--seeds", "2", "--epochs", "2"]
    assert main([*race, "--out", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("kind", [None, "sensitivity", "curves", "ranking"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_figures(folder: Path, tmp_path: Path, kind: str | None, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--lang", lang] + ([] if kind is None else ["--figure", kind])
    for ending in ("svg", "pdf", "png"):
        path = tmp_path / f"x.{ending}"
        assert main(["report", str(folder), "--to", str(path), *options]) == 0
        assert capsys.readouterr().out == f"{path}\n"
    assert ElementTree.parse(tmp_path / "x.svg").getroot().tag.endswith("svg")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
    with Image.open(tmp_path / "x.png") as picture:
        assert picture.width > 1000


def test_html_stays_html(folder: Path, tmp_path: Path) -> None:
    assert main(["report", str(folder), "--to", str(tmp_path / "x.html")]) == 0
    assert "<!doctype html>" in (tmp_path / "x.html").read_text("utf-8")[:100].lower()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--to", "out.docx"], "choose among .html, .svg, .pdf, .png"),
        (["--to", "out"], "choose among"),
        (["--to", "out.svg", "--figure", "curve"], "did you mean 'curves'"),
        (["--to", "out.svg", "--metric", "test_los"], "unknown metric"),
        (["--to", "out.svg", "--lang", "fr"], "fr"),
        (["--to", "no/such/folder/out.svg"], "cannot be written"),
        (["--figure", "curves"], "--to x.svg"),
    ],
)
def test_mistakes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(["report", str(folder), *arguments]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
