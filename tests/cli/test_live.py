"""Progress on a pipe: a line at once, one when there is a first leader, then one now and then."""

from __future__ import annotations

from dataclasses import replace

import pytest

import steepest
from steepest.cli import live
from steepest.core.language import choose
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


def test_how_long_is_said_once_there_is_a_ground(told: list[Progress]) -> None:
    first = live.summary(told[0])
    assert told[0].left_s is None
    assert "left" not in first
    assert "steps/s" not in first
    assert live.summary(replace(told[-1], left_s=80.0, compiling=2)).endswith(
        "1 min 20 s left · compiling 2 more programs"
    )
    assert told[-1].left_s == 0.0


def test_in_chinese(told: list[Progress]) -> None:
    choose("zh")
    try:
        assert "还需 5 s" in live.summary(replace(told[-1], left_s=5.0))
        assert "验证" in live.leaders(told[-1])[0]
    finally:
        choose(None)


def test_json_is_quiet(told: list[Progress], capsys: pytest.CaptureFixture[str]) -> None:
    with live.Live(quiet=True) as shown:
        shown.update(told[-1])
    assert capsys.readouterr().err == ""
