"""What a race recorded, as a DataFrame: every number of the store, once, beside what its run is."""

import math

import pandas
import pytest

import steepest
from steepest.core.errors import Unavailable, UnknownName
from steepest.racing.curves import recorded
from steepest.store import Store


@pytest.fixture(scope="module")
def race(tmp_path_factory: pytest.TempPathFactory) -> steepest.Race:
    out = tmp_path_factory.mktemp("race") / "r"
    return steepest.race("digits-mlp", ["sgd", "momentum:beta=0.5,0.9"], lr="0.01,1e30", seeds=2, epochs=2, out=out)


def test_one_row_a_run_and_step_with_every_recorded_number(race: steepest.Race) -> None:
    curves = race.curves()
    with Store.open(race.path) as store:
        columns = store.records()
    metrics = sorted(set(columns["metric"]))
    assert list(curves) == ["run", "optimizer", "learning_rate", "beta", "seed", "step", *metrics]
    assert not curves.duplicated(["run", "step"]).any()
    rows = curves.set_index(["run", "step"])
    for run, step, metric, value in zip(*(columns[k] for k in ("run", "step", "metric", "value")), strict=True):
        kept = rows.at[(run, step), metric]
        assert kept == value or (math.isnan(kept) and math.isnan(value))
    assert curves[metrics].notna().sum().sum() == sum(not math.isnan(v) for v in columns["value"])
    for run in race.runs:
        mine = curves[curves.run == run.id]
        assert set(mine.optimizer) == {run.optimizer}
        assert set(mine.seed) == {run.seed}
        assert set(mine.learning_rate) == {run.hyperparameters["learning_rate"]}
        assert mine.beta.isna().all() == ("beta" not in run.hyperparameters)
        assert list(mine.step) == sorted(mine.step)


def test_the_metrics_that_are_asked_for_in_their_order(race: steepest.Race) -> None:
    two = race.curves(["validation_loss", "seconds"])
    assert list(two)[-3:] == ["step", "validation_loss", "seconds"]
    one = race.curves("validation_loss")
    there = two.merge(one[["run", "step"]])  # seconds are recorded at more steps
    pandas.testing.assert_frame_equal(one, there.drop(columns="seconds"))
    assert pandas.read_csv(pandas.io.common.StringIO(one.to_csv(index=False))).shape == one.shape
    ours = recorded(race, ["validation_loss"])["validation_loss"]
    last = one.groupby("run").last()
    assert {run: points[-1] for run, points in ours.items() if not math.isnan(points[-1][1])} == {
        run: (row.step, row.validation_loss) for run, row in last.iterrows() if not math.isnan(row.validation_loss)
    }


def test_what_was_not_recorded_is_refused(race: steepest.Race, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownName, match="unknown metric 'validation_los'; did you mean 'validation_loss'"):
        race.curves(["seconds", "validation_los"])
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(Unavailable, match="needs pandas"):
        race.curves()
