"""A run alone splits its batches over the devices where that pays; its numbers are those of a run on one device."""

from pathlib import Path

import jax
import numpy as np
import pytest

import steepest
from steepest.engine.plan import parts

OPTIONS = {"lr": 2e-3, "l2": 1e-3, "seeds": 1, "epochs": 2, "batch_size": 64, "samples": 500}


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> steepest.Race:
    return steepest.race("mnist-lenet5", "adam", out=tmp_path_factory.mktemp("split") / "race", **OPTIONS)


def test_it_is_split_and_says_so(split: steepest.Race) -> None:
    assert jax.device_count() > 1, "tests need two cores"
    assert split.spec.layouts[0].split
    assert "its batches split" in split.spec.facts["plan"][0]


def test_its_numbers_are_those_of_one_device(split: steepest.Race) -> None:
    whole = steepest.race("mnist-lenet5", "adam", width=1, **OPTIONS)  # the last batch is short: 500 = 7·64 + 52
    assert not whole.spec.layouts[0].split
    ours, theirs = split.runs[0], whole.runs[0]
    assert ours.steps == theirs.steps == 16
    assert ours.metrics.keys() == theirs.metrics.keys()
    for name, value in theirs.metrics.items():
        assert ours.metrics[name] == pytest.approx(value, rel=2e-3), name
    for name, array in whole.model(0).items():
        assert np.abs(split.model(0)[name] - array).max() < 2e-3


def test_its_way_is_found_again(split: steepest.Race) -> None:
    assert steepest.loss_plane(split, resolution=7, samples=100).deviation == 0.0


def test_it_resumes_to_the_bit(split: steepest.Race, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from steepest.racing.runner import Runner

    collect, seen = Runner._collect, []

    def cut(self, *given):
        going = collect(self, *given)
        seen.append(going)
        if len(seen) == 1:
            raise KeyboardInterrupt
        return going

    monkeypatch.setattr(Runner, "_collect", cut)
    with pytest.raises(KeyboardInterrupt):
        steepest.race("mnist-lenet5", "adam", out=tmp_path / "race", **OPTIONS)
    monkeypatch.undo()
    again = steepest.resume(tmp_path / "race")
    assert again.runs[0].metrics == split.runs[0].metrics


def test_what_is_split() -> None:
    assert parts(batch=128, uses=30, devices=4) == 4
    assert parts(batch=128, uses=30, devices=6) == 4
    assert parts(batch=96, uses=30, devices=8) == 3  # 32 samples each
    assert parts(batch=63, uses=30, devices=2) == 1
    assert parts(batch=128, uses=1, devices=4) == 1  # a dense network


def test_dropout_is_not_split() -> None:
    race = steepest.race("mnist-lenet5", "adam", keep_prob=0.8, **{**OPTIONS, "epochs": 1, "samples": 128})
    assert not race.spec.layouts[0].split
