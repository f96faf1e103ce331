"""One contest can be measured anew; the others stay, unless they are of another machine."""

from __future__ import annotations

import json

import pytest

import benchmarks.__main__ as program
from benchmarks.cases import load

HERE = {"machine": {"cpu": "Abacus 9"}, "versions": {"ours": {"jax": "0.12"}}}


@pytest.fixture
def results(tmp_path, monkeypatch):
    monkeypatch.setattr(program, "_place", lambda: HERE)
    monkeypatch.setattr(
        program,
        "measure",
        lambda case, *a, **k: {**HERE, "contests": [{"title": c.title, "n": 2} for c in case.contests]},
    )
    file = tmp_path / "one_run.json"
    file.write_text(json.dumps({**HERE, "contests": [{"title": c.title, "n": 1} for c in load("one_run").contests]}))
    return file


def test_one_is_new_and_the_others_stay(results):
    found = program.measure_one(load("one_run"), 2, 5, results)
    assert [contest["n"] for contest in found["contests"]] == [1, 2]


def test_there_is_no_third(results):
    with pytest.raises(SystemExit, match="no contest 3 in one_run: it has 2"):
        program.measure_one(load("one_run"), 3, 5, results)


def test_figures_of_two_machines_are_not_mixed(results):
    results.write_text(results.read_text().replace("Abacus 9", "Abacus 8"))
    with pytest.raises(SystemExit, match="another machine"):
        program.measure_one(load("one_run"), 1, 5, results)


def test_it_goes_with_one_case(capsys):
    with pytest.raises(SystemExit):
        program.main(["--contest", "1"])
    assert "--contest needs one --only CASE" in capsys.readouterr().err
