"""`steepest compare` and `show --differences`: the same numbers as text, CSV, LaTeX, JSON and in Python."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

import steepest
from steepest.cli.main import main


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("races")
    steepest.race("surface:bowl", ["sgd", "momentum", "adam"], lr=(0.01, 0.05), seeds=4, epochs=30, out=folder / "bowl")
    steepest.race("surface:plateau", ["adam", "sgd"], lr=0.1, seeds=3, epochs=20, out=folder / "plateau")
    return [folder / "bowl", folder / "plateau"]


def test_one_race_is_compared_with_its_leader(folders: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(folders[0])]) == 0
    text = capsys.readouterr().out
    assert main(["show", str(folders[0]), "--differences"]) == 0
    assert capsys.readouterr().out == text
    head, first, second, third, *_ = text.splitlines()
    assert head.split()[-7:] == ["height", "−", "leader", "95", "%", "interval", "p"]
    ranking = steepest.open(folders[0]).ranking
    assert [line.split()[1] for line in (first, second, third)] == [row["optimizer"] for row in ranking]
    assert f"{ranking[1]['difference']:+.4g}" in second
    assert max(map(len, text.splitlines())) <= 100


def test_several_races_are_one_table(folders: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *map(str, folders)]) == 0
    text = capsys.readouterr().out
    head, *rows = text.splitlines()
    assert "surface:bowl: test height" in head
    assert "surface:plateau: test height" in head
    momentum = next(row for row in rows if row.startswith("momentum"))
    assert momentum.count("…") == 1  # it did not race on the plateau


def test_csv_and_json_have_every_number(folders: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *map(str, folders), "--to", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert main(["compare", *map(str, folders), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["races"] == [str(f) for f in folders]
    assert len(rows) == len(told["rows"]) == 3 + 2
    ours = [row for folder in folders for row in steepest.open(folder).ranking]
    for row, other, mine in zip(rows, told["rows"], ours, strict=True):
        assert float(row["mean"]) == other["mean"] == mine["mean"]
        assert row["p"] == ("" if other["p"] is None else str(other["p"]))
        assert row["race"] == other["workload"]


def test_latex_is_a_booktabs_table(folders: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "table.tex"
    assert main(["compare", str(folders[0]), "--to", "latex", "--out", str(out)]) == 0
    assert capsys.readouterr().out.strip() == str(out)
    lines = [line for line in out.read_text().splitlines() if not line.startswith("%")]
    assert lines[0] == r"\begin{tabular}{rllrrrr}"
    assert [lines[i] for i in (1, 3, -2, -1)] == [r"\toprule", r"\midrule", r"\bottomrule", r"\end{tabular}"]
    assert all(line.count("&") == 6 and line.endswith(r"\\") for line in lines if "&" in line)
    assert not re.search(r"(?<!\\)[%_#]|[−…]", "\n".join(lines))


def test_python_gives_the_same(folders: list[Path]) -> None:
    one = steepest.compare(steepest.open(folders[0]))
    assert [row["optimizer"] for row in one] == [row["optimizer"] for row in steepest.open(folders[0]).ranking]
    assert repr(one) == steepest.compare(folders[0]).text()
    assert len(steepest.compare(folders).rows) == 5


def test_races_of_one_workload_are_told_apart_by_their_folders(folders: list[Path]) -> None:
    again = folders[0].parent / "again"
    steepest.race("surface:bowl", "sgd", lr=0.01, seeds=2, epochs=2, out=again)
    assert {row["race"] for row in steepest.compare([folders[0], again])} == {
        "surface:bowl (bowl)",
        "surface:bowl (again)",
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["compare"], "Missing argument"),
        (["compare", "nowhere"], "nowhere"),
        (["compare", "{0}", "{0}"], "is given twice; give each race once"),
        (["compare", "{0}", "--to", "latx"], "unknown form 'latx'; did you mean 'latex'?"),
        (["compare", "{0}", "--out", "/nowhere/t.csv"], "cannot write the table to /nowhere/t.csv"),
        (["compare", "{0}", "--json", "--to", "csv"], "takes neither --to nor --out"),
        (["show", "{0}", "--all", "--differences"], "give one of the two"),
    ],
)
def test_mistakes_are_one_line(
    folders: list[Path], arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([a.format(*folders) for a in arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("races", [[], 5, [1], None])
def test_nothing_to_compare(races: object) -> None:
    with pytest.raises(steepest.BadValue, match="nothing to compare"):
        steepest.compare(races)  # type: ignore[arg-type]


def test_what_cannot_be_compared_does_not_look_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "one"
    steepest.race("surface:bowl", ["sgd", "adam"], lr=0.01, seeds=1, epochs=2, out=folder)
    for command in ("compare", "show"):
        assert main([command, str(folder)]) == 0
        told = capsys.readouterr().out
        assert re.search(r"^ *2\?", told, re.M)
        assert "? too few seeds in common with the leader to tell" in told
    assert main(["show", str(folder), "--all"]) == 0
    assert "?" not in capsys.readouterr().out.splitlines()[2]
