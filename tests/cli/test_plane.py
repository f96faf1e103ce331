"""`steepest plane`: the table, the JSON, the figure, and mistakes in one line."""

import json
from pathlib import Path

import pytest

from steepest.cli.main import main


@pytest.fixture(scope="module")
def race(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("planes") / "race"
    command = ["race", "surface:saddle", "-o", "sgd", "-o", "adam", "--lr", "0.1", "--seeds", "2", "--epochs", "30"]
    assert main([*command, "--out", str(out)]) == 0
    return out


def test_a_table_and_a_figure(race: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plane", str(race), "--resolution", "9"]) == 0
    out = capsys.readouterr().out
    assert "movement shown" in out
    assert "the plane (pca) shows 100.0% of all movement" in out
    assert "9 × 9 losses of the first 1 training sample," in out
    assert "鞍点" in (race / "plane.html").read_text("utf-8")


def test_json_is_one_object_and_nothing_else(race: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    goal = tmp_path / "figure.html"
    assert main(["plane", str(race), "--runs", "3,0", "--resolution", "9", "--json", "--out", str(goal)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [path["run"] for path in told["paths"]] == [3, 0]
    assert len(told["loss"]) == len(told["y"]) == 9
    assert told["samples"] == 1
    assert goal.exists()


def test_a_figure_for_a_paper(race: Path, tmp_path: Path) -> None:
    goal = tmp_path / "plane.pdf"
    assert main(["plane", str(race), "--runs", "0,2", "--resolution", "9", "--out", str(goal)]) == 0
    assert goal.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--runs", "7"], "runs 0 to 3"),
        (["--runs", "a"], "runs"),
        (["--runs", ""], "runs"),
        (["--directions", "pac"], "did you mean 'pca'"),
        (["--resolution", "5"], "resolution"),
        (["--resolution", "1e6"], "at most 501"),
        (["--samples", "0"], "samples"),
        (["--seed", "-1"], "seed"),
        (["--out", "plane.gif"], "choose among .html, .svg"),
        (["--out", "nowhere/at/all.html", "--resolution", "7"], "cannot write the figure"),
    ],
)
def test_one_clear_line(race: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plane", str(race), *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert said in err


def test_a_folder_without_a_race(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plane", str(tmp_path)]) == 2
    assert "no race here" in capsys.readouterr().err
