"""A race's figures from Python: matplotlib figures that hold the race's own numbers."""

from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

import steepest
from steepest.core.errors import BadValue


@pytest.fixture(scope="module")
def race(tmp_path_factory: pytest.TempPathFactory) -> steepest.Race:
    out = tmp_path_factory.mktemp("race") / "r"
    return steepest.race("digits-mlp", ["sgd", "adam"], lr="0.001,0.01,0.1", seeds=2, epochs=3, out=out)


def test_sensitivity_is_the_mean_over_seeds_at_every_rate(race: steepest.Race) -> None:
    drawn = race.plot("sensitivity", lang="en")
    (axes,) = drawn.axes
    frame = race.frame()
    for name, line in zip(("sgd", "adam"), axes.lines[::2], strict=True):
        means = frame[frame.optimizer == name].groupby("learning_rate").validation_accuracy.mean()
        np.testing.assert_allclose(line.get_xdata(), means.index, rtol=1e-6)  # stored in single precision
        np.testing.assert_allclose(line.get_ydata(), means, rtol=1e-6)


def test_curves_are_those_of_the_frame(race: steepest.Race) -> None:
    whole = Figure()
    axes = whole.subplots()
    assert race.plot("curves", metric="validation_loss", ax=axes, lang="zh") is whole
    curves = race.curves("validation_loss")
    for row, line in zip(sorted(race.ranking, key=lambda r: r["optimizer"] == "adam"), axes.lines, strict=True):
        runs = [run.id for run in race.runs if run.configuration == row["configuration"]]
        mean = curves[curves.run.isin(runs)].groupby("step").validation_loss.mean()
        np.testing.assert_allclose(line.get_xdata(), mean.index)
        np.testing.assert_allclose(line.get_ydata(), mean, rtol=1e-6)
    assert axes.get_ylabel() == "验证集损失"


def test_a_path_keeps_the_figure_and_another_ending_is_told(race: steepest.Race, tmp_path: Path) -> None:
    race.plot("ranking", tmp_path / "x.svg")
    assert (tmp_path / "x.svg").read_text().startswith("<?xml")
    with pytest.raises(BadValue, match=r"x\.jpg"):
        race.plot("ranking", tmp_path / "x.jpg")
    with pytest.raises(BadValue, match=r"a report ends in \.html"):
        race.report(tmp_path / "x.pdf")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.svg"]


def test_a_notebook_shows_ranking_and_sensitivity(race: steepest.Race, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    shown = race._repr_html_()
    assert "名次" in shown
    assert "<svg" in shown
    assert all(row["optimizer"] in shown for row in race.ranking)
