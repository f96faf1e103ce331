"""Progress on a pipe: a line at once, one when there is a first leader, then one now and then."""

from __future__ import annotations

from dataclasses import replace

import pytest

import steepest
from steepest.cli import live
from steepest.racing.progress import Progress


@pytest.fixture(scope="module")
def told() -> list[Progress]:
    heard: list[Progress] = []
    steepest.race("digits-mlp", ["sgd", "adam"], lr=[0.001, 0.1], seeds=1, epochs=2, progress=heard.append)
    return heard


def test_the_first_leader_is_not_waited_for(told: list[Progress], capsys: pytest.CaptureFixture[str]) -> None:
    nobody = replace(told[0], latest={})
    with live.Live() as shown:
        for progress in (nobody, nobody, *told[-3:]):
            shown.update(progress)
    first, second = capsys.readouterr().err.splitlines()
    assert "4/4 runs alive" in first
    assert "ahead" not in first
    best = told[-3].leaders()[0]
    assert f"ahead: {best.label} lr {best.learning_rate:.4g} validation accuracy {best.value:.4f}" in second


def test_json_is_quiet(told: list[Progress], capsys: pytest.CaptureFixture[str]) -> None:
    with live.Live(quiet=True) as shown:
        shown.update(told[-1])
    assert capsys.readouterr().err == ""
