"""Metrics of a whole split are scikit-learn's, of real samples only, in every layout, with halving, and after a resume.

Tolerance 1e-6: outputs are the same float32 up to rounding in another batch, then counts and sums of at most 10 007.
"""

import json
from functools import cache, partial
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest
from sklearn import metrics as sk

import steepest
from steepest import Metric, Split, Splits, Workload, losses, metrics
from steepest.cli.main import main
from steepest.racing.runner import Runner


@cache
def clouds(validation: int, test: int, classes: int = 3) -> Splits:
    draw = np.random.default_rng(0)

    def part(n: int) -> Split:
        y = draw.integers(0, classes, n).astype(np.int32)
        return Split((draw.normal(size=(n, 4)) + 0.6 * y[:, None]).astype(np.float32), y)

    return Splits(part(300), part(validation), part(test))


def own(outputs: jnp.ndarray, y: jnp.ndarray) -> jnp.ndarray:
    """How often the most frequent answer is given; knows how many samples there are."""
    return jnp.max(jnp.sum(jnp.argmax(outputs, -1)[:, None] == jnp.arange(3), 0)) / len(y)


def workload(validation: int, test: int) -> Workload:
    return Workload(
        id="clouds",
        network=partial(steepest.mlp, sizes=(4, 5, 3)),
        data=partial(clouds, validation, test),
        loss=losses.softmax_cross_entropy,
        metrics={
            "f1": metrics.f1,
            "accuracy": metrics.accuracy,
            "area": metrics.auc,
            "own": metrics.whole(own),
            "perplexity": Metric(losses.softmax_cross_entropy, better="less", finish=jnp.exp),
        },
        batch_size=64,
        epochs=2,
    )


def check(race: steepest.Race, run: steepest.Run, splits: Splits) -> None:
    for name, split in (("validation", splits.validation), ("test", splits.test)):
        outputs = run.predict(split.x)
        answers = outputs.argmax(1)
        shares = np.exp(outputs.astype(float) - outputs.max(1, keepdims=True))  # in float32 some would tie
        shares /= shares.sum(1, keepdims=True)
        truth = {
            "f1": sk.f1_score(split.y, answers, average="macro"),
            "accuracy": sk.accuracy_score(split.y, answers),
            "area": sk.roc_auc_score(split.y, shares, multi_class="ovr"),
            "own": np.bincount(answers).max() / len(answers),
            "perplexity": np.exp(sk.log_loss(split.y, shares)),
        }
        for metric, value in truth.items():
            assert run.metrics[f"{name}_{metric}"] == pytest.approx(value, rel=1e-6, abs=1e-6), (name, metric)


@pytest.mark.parametrize(("validation", "test"), [(123, 501), (500, 10_007), (1_001, 1)])
@pytest.mark.parametrize("width", [None, 1, 2])
def test_of_real_samples_only(validation: int, test: int, width: int | None) -> None:
    mine = workload(validation, test)
    if test == 1:  # an area needs two classes
        mine = steepest.workload(mine, metrics={"f1": metrics.f1, "own": metrics.whole(own)})
        race = steepest.race(mine, "adam", lr=[1e-2], seeds=1, width=width)
        assert race.best.metrics["test_f1"] in (0, 1)
        assert race.best.metrics["test_own"] == 1
        return
    race = steepest.race(mine, "adam", lr=[1e-3, 1e-1], seeds=2, width=width)
    for run in race.runs:
        check(race, run, mine.data())


def test_a_run_alone_whose_batches_are_split() -> None:
    from tests.racing.test_split import OPTIONS, WORKLOAD

    mine = steepest.workload(WORKLOAD, metrics={"f1": metrics.f1, "rows": metrics.whole(lambda outputs, y: len(y))})
    race = steepest.race(mine, "adam", **{**OPTIONS, "epochs": 1})
    assert race.spec.layouts[0].split
    (run,) = race.runs
    assert (run.metrics["validation_rows"], run.metrics["test_rows"]) == (1100, 900)
    test = mine.data().test
    truth = sk.f1_score(test.y, run.predict(test.x).argmax(1), average="macro")
    assert run.metrics["test_f1"] == pytest.approx(truth, abs=1e-6)


def test_halving_and_resuming_measure_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = workload(123, 501)
    options = {"lr": "1e-4..1:8", "seeds": 2, "halving": True, "epochs": 4}
    whole = steepest.race(mine, "adam", out=tmp_path / "whole", **options)
    collect, calls = Runner._collect, iter(range(1_000))

    def cut(self, *given):
        if next(calls) == 5:
            raise KeyboardInterrupt
        return collect(self, *given)

    with monkeypatch.context() as patch:
        patch.setattr(Runner, "_collect", cut)
        with pytest.raises(KeyboardInterrupt):
            steepest.race(mine, "adam", out=tmp_path / "cut", **options)
    again = steepest.resume(tmp_path / "cut", workload=mine)
    assert [run.metrics for run in again.runs] == [run.metrics for run in whole.runs]
    assert {"stopped", "finished"} == {str(run.status) for run in whole.runs}
    for run in whole.runs:
        if run.status == "finished":
            check(whole, run, mine.data())


def test_what_is_not_whole_keeps_its_bits() -> None:
    mine = workload(123, 501)
    plain = steepest.workload(mine, metrics={"accuracy": metrics.accuracy})
    ours, theirs = (steepest.race(w, "adam", lr=[1e-2, 1e-1], seeds=2, width=2) for w in (mine, plain))
    for one, other in zip(ours.runs, theirs.runs, strict=True):
        for name, value in other.metrics.items():
            assert one.metrics[name] == value


def test_a_metric_that_is_no_number_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    splits = clouds(123, 501)
    one_class = Splits(splits.train, splits.validation, Split(splits.test.x, np.zeros_like(splits.test.y)))
    mine = steepest.workload(workload(123, 501), data=lambda: one_class)
    race = steepest.race(mine, "adam", seeds=2, epochs=1, out=tmp_path / "race")
    assert race.unmeasured == {"area": 2}
    assert all(np.isnan(run.metrics["test_area"]) for run in race.runs)
    assert main(["show", str(race.path)]) == 0
    assert "area is not a number in 2 of 2 runs; these are not counted" in capsys.readouterr().out
    page = race.report().read_text("utf-8")
    assert "area is not a number in 2 of 2 runs" in page
    assert "2 次运行中有 2 次的 area 不是数值" in page
    assert main(["show", "--json", str(race.path)]) == 0
    runs = json.loads(capsys.readouterr().out)["runs"]
    assert [run["metrics"]["test_area"] for run in runs] == [None, None]
