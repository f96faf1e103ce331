"""What commands print says the same in both languages."""

import string

import pytest

import steepest
from steepest.cli import wording
from steepest.cli.main import main


def fields(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence)} - {None}


def test_both_languages_have_the_same_sentences_with_the_same_fields() -> None:
    english, chinese = wording.SENTENCES["en"], wording.SENTENCES["zh"]
    assert english.keys() == chinese.keys()
    assert all(fields(english[key]) == fields(chinese[key]) for key in english)


def test_a_leaderboard_in_chinese(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    folder = f"{tmp_path}/race"
    steepest.race("cancer-neuron", ["sgd", "adam"], lr="1e-3..1e-1:3", seeds=2, epochs=3, out=folder)
    assert main(["--lang", "zh", "show", folder]) == 0
    out = capsys.readouterr().out
    assert "优化器" in out
    assert "测试集准确率" in out
    assert "95 % 置信区间" in out
    assert "试过的最" in out
    assert f"保存在 {folder}" in out
    assert "kept" not in out
