"""Plans are measured once for a long race, remembered, explained, and can be set; results do not change."""

from pathlib import Path

import pytest

import steepest
from steepest.cli.main import main
from steepest.engine import calibration
from steepest.racing import plans

OPTIONS = {"lr": (1e-3, 1e-2), "seeds": 1, "epochs": 1}


@pytest.fixture
def eager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STEEPEST_CACHE", str(tmp_path))
    monkeypatch.setattr(plans, "LONG_RACE", 0)
    monkeypatch.setattr(calibration, "WIDTHS", (1, 4, 16))  # each is a program to compile
    return tmp_path / "plans.json"


def plan(race: steepest.Race) -> str:
    return race.spec.facts["plan"][0]


def test_a_long_race_measures_once_and_remembers(eager: Path) -> None:
    first = steepest.race("digits-mlp", "adam", **OPTIONS)
    assert "measured now" in plan(first)
    written = eager.read_text()
    second = steepest.race("digits-mlp", "adam", **OPTIONS)
    assert "measured before" in plan(second)
    assert eager.read_text() == written
    assert second.spec.layouts == first.spec.layouts
    assert [r.metrics for r in second.runs] == [r.metrics for r in first.runs]


def test_a_damaged_cache_is_measured_again(eager: Path) -> None:
    eager.write_text("{")
    assert "measured now" in plan(steepest.race("digits-mlp", "adam", **OPTIONS))


def test_a_short_race_goes_by_rule_and_a_width_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEEPEST_CACHE", str(tmp_path))
    assert "by rule" in plan(steepest.race("digits-mlp", "adam", **OPTIONS))
    asked = steepest.race("digits-mlp", "adam", width=2, **OPTIONS)
    assert "as asked" in plan(asked)
    assert asked.spec.layouts[0].width == 2
    assert list(tmp_path.glob("plans*")) == []


def test_the_command_line_explains(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    race = ["race", "digits-mlp", "-o", "adam", "--epochs", "1", "--seeds", "1", "--explain-plan", "--json"]
    assert main([*race, "--out", str(tmp_path / "r")]) == 0
    assert "adam, 1 run: one after another in 1 row on 1 device" in capsys.readouterr().err
