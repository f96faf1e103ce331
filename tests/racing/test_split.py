"""A run alone splits its batches over the devices where that pays; its numbers are those of a run on one device."""

from functools import cache
from pathlib import Path

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import steepest
from steepest import Split, Splits, Workload, losses, metrics
from steepest.engine.plan import parts
from steepest.racing.runner import Runner


class Rows(eqx.Module):
    """One dense layer that reads each of 16 rows, so that a sample uses a weight 16 times."""

    weight: jax.Array
    head: jax.Array

    def __call__(self, x, *, key=None, keep_prob=1.0):
        seen = jnp.tanh(x @ self.weight).mean(1)
        if key is not None:
            seen = seen * jax.random.bernoulli(key, keep_prob, seen.shape) / keep_prob
        return seen @ self.head


def rows(key: jax.Array) -> Rows:
    first, second = jax.random.split(key)
    return Rows(jax.random.normal(first, (4, 8)), jax.random.normal(second, (8, 3)))


@cache
def clouds() -> Splits:
    draw = np.random.default_rng(0)

    def split(n: int) -> Split:
        y = draw.integers(0, 3, n).astype(np.int32)
        return Split((draw.normal(size=(n, 16, 4)) + 0.5 * y[:, None, None]).astype(np.float32), y)

    return Splits(split(500), split(1100), split(900))


WORKLOAD = Workload(
    "rows", network=rows, data=clouds, loss=losses.softmax_cross_entropy, metrics={"accuracy": metrics.accuracy}
)
OPTIONS = {"lr": 2e-2, "l2": 1e-3, "seeds": 1, "epochs": 6, "batch_size": 64}  # the last batch has 52 samples


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> steepest.Race:
    return steepest.race(WORKLOAD, "adam", out=tmp_path_factory.mktemp("split") / "race", **OPTIONS)


def test_it_is_split_and_says_so(split: steepest.Race) -> None:
    assert jax.device_count() > 1, "tests need two cores"
    assert split.spec.layouts[0].split
    assert "its batches split" in split.spec.facts["plan"][0]


def test_its_numbers_are_those_of_one_device(split: steepest.Race) -> None:
    whole = steepest.race(WORKLOAD, "adam", width=1, **OPTIONS)
    assert not whole.spec.layouts[0].split
    ours, theirs = split.runs[0], whole.runs[0]
    assert ours.steps == theirs.steps == 48
    assert ours.metrics.keys() == theirs.metrics.keys()
    for name, value in theirs.metrics.items():
        assert ours.metrics[name] == pytest.approx(value, rel=1e-3), name
    for name, array in whole.model(0).items():
        assert np.abs(split.model(0)[name] - array).max() < 1e-4


def test_its_way_is_found_again(split: steepest.Race) -> None:
    assert steepest.loss_plane(split, resolution=7, samples=100, workload=WORKLOAD).deviation == 0.0


def test_it_resumes_to_the_bit(split: steepest.Race, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collect = Runner._collect

    def cut(self, *given):
        collect(self, *given)
        raise KeyboardInterrupt

    monkeypatch.setattr(Runner, "_collect", cut)
    with pytest.raises(KeyboardInterrupt):
        steepest.race(WORKLOAD, "adam", out=tmp_path / "race", **OPTIONS)
    monkeypatch.undo()
    again = steepest.resume(tmp_path / "race", workload=WORKLOAD)
    assert again.runs[0].metrics == split.runs[0].metrics


def test_what_is_split() -> None:
    assert parts(batch=128, uses=30, devices=4) == 4
    assert parts(batch=128, uses=30, devices=6) == 4
    assert parts(batch=96, uses=30, devices=8) == 3  # 32 samples each
    assert parts(batch=63, uses=30, devices=2) == 1
    assert parts(batch=128, uses=1, devices=4) == 1  # a dense network


def test_dropout_is_not_split() -> None:
    race = steepest.race(WORKLOAD, "adam", keep_prob=0.8, **{**OPTIONS, "epochs": 1})
    assert not race.spec.layouts[0].split
