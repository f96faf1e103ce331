"""Which way a metric is better is what its race declares, not its name: in ranking, choice, halving, targets."""

from functools import cache, partial

import jax.numpy as jnp
import numpy as np
import pytest

import steepest
from steepest import Metric, Split, Splits, Target, Workload, losses
from steepest.cli.main import main
from steepest.racing.results import Race

STATUSES = ("finished", "stopped")


@cache
def line() -> Splits:
    x = np.random.default_rng(0).normal(size=(300, 3)).astype(np.float32)
    y = (x @ np.array([1.0, -2.0, 0.5]) + 1).astype(np.float32)
    return Splits(*(Split(x[a:b], y[a:b]) for a, b in ((0, 180), (180, 240), (240, 300))))


def distance(outputs, y):
    return jnp.abs(outputs[:, 0] - y)


def raced(name: str, metric, **options) -> Race:
    workload = Workload(
        id="line",
        network=partial(steepest.mlp, sizes=(3, 1)),
        data=line,
        loss=losses.squared_error,
        metrics={name: metric},
        target=Target(name, 0.5),
        batch_size=20,
        epochs=4,
    )
    return steepest.race(workload, ["sgd", "adam"], lr=[1e-4, 1e-2, 1e-1], seeds=2, **options)


# "accuracy" and "score" would be the more the better by their names, "error" the less
@pytest.mark.parametrize(
    ("name", "better", "metric"),
    [("accuracy", "less", distance), ("error", "more", lambda outputs, y: -distance(outputs, y))],
)
def test_ranking_and_choice(name, better, metric, capsys):
    race = raced(name, Metric(metric, better))
    sign = 1 if better == "more" else -1
    assert race.spec.facts["higher"] == {name: better == "more"}
    means = [sign * row["mean"] for row in race.ranking]
    assert means == sorted(means, reverse=True)
    chosen = [sign * row["chosen_by"] for row in race.everything]
    for row in race.ranking:
        mine = [sign * r["chosen_by"] for r in race.everything if r["optimizer"] == row["optimizer"]]
        assert sign * row["chosen_by"] == max(mine)
    assert max(chosen) in [sign * row["chosen_by"] for row in race.ranking]
    winner = [r for r in race.runs if r.configuration == race.best.configuration]
    assert race.best.metrics[f"validation_{name}"] == sign * max(sign * r.metrics[f"validation_{name}"] for r in winner)
    assert main(["show", str(race.path)]) == 0
    assert f"target test {name} {'≥' if better == 'more' else '≤'} 0.5" in capsys.readouterr().out


def test_halving_keeps_what_is_better():
    race = raced("accuracy", Metric(distance, "less"), halving=True)
    values = {
        status: [r.metrics["validation_accuracy"] for r in race.runs if r.status == status] for status in STATUSES
    }
    assert min(values["finished"]) < min(values["stopped"])
    slowest = [r for r in race.runs if (r.optimizer, r.hyperparameters["learning_rate"]) == ("sgd", 1e-4)]
    assert all(run.status == "stopped" for run in slowest)


def test_a_loss_of_ours_is_better_the_less_under_any_name():
    assert raced("score", losses.squared_error).spec.facts["higher"] == {"score": False}
