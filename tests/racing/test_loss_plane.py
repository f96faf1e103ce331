"""The loss plane: the centre is the run's own end, quadratics come out in closed form, shares are shares.

The losses are float32 on the devices, here they are NumPy's in float64: 1e-5 of the value covers sums over 300 samples.
"""

from typing import Any

import numpy as np
import pytest

import steepest
from steepest.racing.plane_losses import losses
from steepest.racing.replay import parameter_names
from steepest.workloads.loading import workload


def cross_entropy(parameters: dict[str, np.ndarray], samples: int) -> float:
    """Of digits-mlp on the first training samples, written out."""
    train = workload("digits-mlp").data().train
    x = train.x[:samples].reshape(samples, -1) / 16.0
    a = np.maximum(x @ parameters["layers.0.weight"].astype(float) + parameters["layers.0.bias"], 0)
    z = a @ parameters["layers.1.weight"].astype(float) + parameters["layers.1.bias"]
    z -= z.max(1, keepdims=True)
    return float(np.mean(np.log(np.exp(z).sum(1)) - z[np.arange(samples), train.y[:samples]]))


@pytest.fixture(scope="module")
def race() -> steepest.Race:
    entries = ["sgd:learning_rate=0.1,1e30", "momentum:learning_rate=0.5", "schedule_free:learning_rate=0.05"]
    return steepest.race("digits-mlp", entries, seeds=2, epochs=3)


@pytest.fixture(scope="module")
def plane(race: steepest.Race) -> steepest.LossPlane:
    return steepest.loss_plane(race, [0, 4, 6], resolution=15, samples=300)


def test_the_centre_is_the_first_runs_own_loss(race: steepest.Race, plane: steepest.LossPlane) -> None:
    at = int(np.flatnonzero(plane.y == 0)[0]), int(np.flatnonzero(plane.x == 0)[0])
    assert plane.loss[at] == pytest.approx(cross_entropy(race.model(0), 300), rel=1e-5)
    assert plane.loss.shape == (15, 15)
    assert np.isfinite(plane.loss).all()
    assert plane.samples == 300


def test_the_runs_are_made_again_to_the_bit(plane: steepest.LossPlane) -> None:
    assert plane.deviation == 0
    assert [path.run for path in plane.paths] == [0, 4, 6]
    for path in plane.paths:
        assert path.steps[0] == 0
        assert path.steps[-1] == 51
        assert len(path.x) == len(path.y) == len(path.steps) > 40
        assert plane.x[0] < path.x.min() < path.x.max() < plane.x[-1]
        assert plane.y[0] < path.y.min() < path.y.max() < plane.y[-1]
    assert (plane.paths[0].x[-1], plane.paths[0].y[-1]) == (0, 0)


def test_it_is_drawn_with_every_path_where_it_went(plane: steepest.LossPlane) -> None:
    (axes,) = plane.plot(lang="en").axes
    ways = [line for line in axes.lines if len(line.get_xdata()) > 2]
    for way, path in zip(ways, plane.paths, strict=True):
        np.testing.assert_array_equal(way.get_xydata(), np.stack([path.x, path.y], 1))
    assert axes.get_xlim() == pytest.approx(
        (1.5 * plane.x[0] - 0.5 * plane.x[1], 1.5 * plane.x[-1] - 0.5 * plane.x[-2])
    )


def test_shares_are_between_none_and_all(race: steepest.Race, plane: steepest.LossPlane) -> None:
    assert all(0 < share < 1 for share in plane.shares.values())
    assert min(plane.shares.values()) <= plane.share <= max(plane.shares.values())
    alone = steepest.loss_plane(race, [0], resolution=7, samples=10)
    assert alone.share > plane.shares[0]
    drawn = steepest.loss_plane(race, [0], "random", resolution=7, samples=10, seed=3)
    assert 0 < drawn.share < 0.05  # two directions of 2 410
    assert drawn.x[0] <= -1 <= 1 <= drawn.x[-1]


def test_losses_at_any_point_of_any_plane() -> None:
    digits = workload("digits-mlp")
    shapes = parameter_names(digits)
    size = sum(int(np.prod(shape)) for shape in shapes.values())
    rng = np.random.default_rng(0)
    centre, directions, points = rng.normal(0, 0.3, size), rng.normal(0, 0.1, (2, size)), rng.normal(0, 1, (7, 2))
    found = losses(digits, centre, directions, points, 777)
    for value, (a, b) in zip(found, points, strict=True):
        flat = np.split(
            centre + a * directions[0] + b * directions[1], np.cumsum([np.prod(s) for s in shapes.values()])
        )
        parameters = {name: part.reshape(shape) for (name, shape), part in zip(shapes.items(), flat, strict=False)}
        assert value == pytest.approx(cross_entropy(parameters, 777), rel=1e-4)


def test_a_surface_is_shown_whole() -> None:
    race = steepest.race("surface:tilted-bowl", ["sgd", "adam"], lr=0.1, seeds=2, epochs=50)
    bowl = steepest.surface("tilted-bowl")
    grid = losses(workload("surface:tilted-bowl"), np.array([1.0, 2.0]), np.eye(2), np.array([[0.5, -1], [0, 0]]), 1)
    assert np.allclose(grid, [bowl.value(1.5, 1.0), bowl.value(1.0, 2.0)], rtol=1e-6)
    plane = steepest.loss_plane(race, resolution=21)
    assert plane.share == pytest.approx(1, abs=1e-6)
    assert len(plane.paths) == 2
    for path in plane.paths:
        (begun,) = [r for r in race.runs if r.id == path.run]
        start = steepest.race("surface:tilted-bowl", "sgd", lr=0.0, seeds=[begun.seed], epochs=1).model(0)["point"]
        length = np.hypot(path.x[-1] - path.x[0], path.y[-1] - path.y[0])
        assert length == pytest.approx(np.linalg.norm(race.model(path.run)["point"] - start), rel=1e-5)


def test_a_plateau_is_listened_to_again_and_a_stopped_run_has_a_path() -> None:
    schedule = "reduce_on_plateau:patience=0,factor=0.5,threshold=1"
    watched = steepest.race("digits-mlp", "sgd", lr=0.1, seeds=1, epochs=4, schedule=schedule)
    assert steepest.loss_plane(watched, resolution=7, samples=10).deviation == 0
    halved = steepest.race("digits-mlp", "sgd", lr="1e-4..1:9", seeds=1, epochs=4, halving=True)
    stopped = next(r for r in halved.runs if r.status == "stopped")
    plane = steepest.loss_plane(halved, [halved.best.id, stopped.id], resolution=7, samples=10)
    assert plane.paths[1].steps[-1] <= stopped.steps
    assert plane.paths[1].deviation is None
    assert plane.as_dict()["paths"][1]["deviation"] is None


def test_optimizers_and_workloads_of_the_program_are_passed_again() -> None:
    import optax

    own = workload("digits-mlp", batch_size=100)

    def belief(learning_rate: Any) -> Any:
        return optax.adabelief(learning_rate)

    race = steepest.race(own, [belief], lr=0.01, seeds=1, epochs=1)
    with pytest.raises(steepest.UnknownName, match="pass it"):
        steepest.loss_plane(race)
    plane = steepest.loss_plane(race, resolution=7, samples=10, workload=own, optimizers=[belief])
    assert plane.deviation == 0


@pytest.mark.parametrize(
    ("arguments", "options", "said"),
    [
        (([99],), {}, "run 99"),
        (([],), {}, "distinct ids"),
        (([0, 0],), {}, "distinct ids"),
        (([2],), {}, "is diverged"),
        ((None, "pcaa"), {}, "did you mean 'pca'"),
        ((None, "pca", 6), {}, "resolution"),
        ((None, "pca", 10_000), {}, "at most 501"),
        ((None, "pca", 7, 0), {}, "samples"),
    ],
)
def test_what_is_refused(race: steepest.Race, arguments: tuple, options: dict, said: str) -> None:
    with pytest.raises(steepest.UserError, match=said):
        steepest.loss_plane(race, *arguments, **options)
