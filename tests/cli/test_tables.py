"""What `show` says of races that were cut short: nothing that is not so."""

from __future__ import annotations

from pathlib import Path

import pytest

from steepest.cli.main import main
from steepest.racing.runner import Runner

RACE = ["race", "digits-mlp", "-o", "adam", "-o", "sgd", "--epochs", "4", "--seeds"]


def shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert main(["show", str(folder)]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_race_cut_short_before_anything_was_stored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(self: Runner) -> None:
        raise KeyboardInterrupt

    folder = tmp_path / "race"
    with monkeypatch.context() as patched:
        patched.setattr(Runner, "run", cut)
        assert main([*RACE, "3", "--out", str(folder)]) == 130
    assert shown(folder, capsys)[-3:] == [
        "no run has a result yet",
        f"not finished (0 of 6 runs); go on with: steepest resume {folder}",
        f"kept in {folder}",
    ]
    assert main(["resume", str(folder)]) == 0
    assert shown(folder, capsys)[-1].startswith("6 runs in ")


def test_one_seed_is_only_said_of_one_seed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for seeds, said in (("1", True), ("2", False)):
        assert main([*RACE, seeds, "--out", str(tmp_path / seeds)]) == 0
        assert any(line.startswith("one seed: no intervals") for line in shown(tmp_path / seeds, capsys)) is said
