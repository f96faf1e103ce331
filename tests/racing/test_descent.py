"""Descents against the chapter's formulas written out in NumPy, and the promises of `descend`.

Both are float64; over 60 steps that the surface does not amplify rounding stays below 1e-10.
"""

from collections.abc import Callable

import jax.numpy as jnp
import numpy as np
import optax
import pytest

import steepest
from steepest.optimizers.registry import OPTIMIZERS

START, STEPS = (-1.5, 0.5), 60


def slope(w: np.ndarray) -> np.ndarray:
    """Of (x cos 30° + y sin 30°)²/2 + 10 (y cos 30° − x sin 30°)²/2."""
    c, s = np.cos(np.pi / 6), np.sin(np.pi / 6)
    u, v = w[0] * c + w[1] * s, w[1] * c - w[0] * s
    return np.array([u * c - 10 * v * s, u * s + 10 * v * c])


def written_out(rule: str, rate: float, **given: float) -> np.ndarray:
    w, m, s, path = np.array(START), np.zeros(2), np.zeros(2), [np.array(START)]
    b, b1, b2 = given.get("beta", 0.9), given.get("beta1", 0.9), given.get("beta2", 0.999)
    for t in range(1, STEPS + 1):
        g = slope(w)
        if rule == "sgd":
            step = g
        elif rule == "momentum":
            m = b * m + (1 - b) * g
            step = m
        elif rule == "rmsprop":
            s = b * s + (1 - b) * g * g
            step = g / np.sqrt(s + 1e-8)
        else:
            m, s = b1 * m + (1 - b1) * g, b2 * s + (1 - b2) * g * g
            step = (m / (1 - b1**t)) / (np.sqrt(s / (1 - b2**t)) + 1e-8)
        w = w - (given["rates"][t - 1] if "rates" in given else rate) * step
        path.append(w)
    return np.array(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sgd", written_out("sgd", 0.05)),
        ("momentum:beta=0.8", written_out("momentum", 0.05, beta=0.8)),
        ("rmsprop:beta=0.9,epsilon=1e-8", written_out("rmsprop", 0.05, beta=0.9)),
        ("adam:beta1=0.7,beta2=0.9", written_out("adam", 0.05, beta1=0.7, beta2=0.9)),
    ],
)
def test_the_path_is_the_chapters_formula(text: str, expected: np.ndarray) -> None:
    (found,) = steepest.descend("tilted-bowl", text, lr=0.05, start=START, steps=STEPS)
    assert found.path.dtype == np.float64
    assert np.abs(found.path - expected).max() < 1e-10
    assert np.allclose(found.values, steepest.surface("tilted-bowl").value(*expected.T), rtol=1e-9)


def test_a_schedule_counts_steps() -> None:
    (found,) = steepest.descend(
        "tilted-bowl", "sgd", lr=0.05, start=START, steps=STEPS, schedule="inverse_time:decay_rate=0.5"
    )
    expected = written_out("sgd", 0.05, rates=0.05 / (1 + 0.5 * np.arange(STEPS)))
    assert np.abs(found.path - expected).max() < 1e-10


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_goes_down(name: str) -> None:
    (found,) = steepest.descend("bowl", name, lr=0.05, steps=100)
    assert found.optimizer == name
    assert found.path.shape == (101, 2)
    assert not found.diverged
    assert found.values[-1] < found.values[0]
    assert np.allclose(found.values, (found.path**2).sum(1), rtol=1e-12)


def test_several_starts_and_axes_are_each_alone() -> None:
    starts = [(1.0, 0.5), (-1.0, 0.25), (0.5, -1.5)]
    many = steepest.descend("saddle", ["adam:beta1=0.5,0.9", "sgd"], lr="0.01,0.1", start=starts, steps=40)
    assert len(many) == 2 * 2 * 3 + 2 * 3
    assert [d.start for d in many[:3]] == starts
    for d in many:
        keys = ("beta1", "learning_rate") if d.optimizer == "adam" else ("learning_rate",)
        text = f"{d.optimizer}:" + ",".join(f"{k}={d.hyperparameters[k]}" for k in keys)
        (alone,) = steepest.descend("saddle", text, start=d.start, steps=40)
        assert np.allclose(alone.path, d.path, rtol=0, atol=1e-12)


def test_the_noise_is_that_of_the_seed_and_the_same_for_all() -> None:
    def shaken(seed: int, noise: float = 0.1) -> np.ndarray:
        a, b = steepest.descend("bowl", "sgd", lr=0.1, start=[(1, 1), (2, 1)], steps=50, noise=noise, seed=seed)
        assert np.allclose(b.path - a.path, (b.path - a.path)[0] * 0.8 ** np.arange(51)[:, None], atol=1e-12)
        return a.path

    assert np.array_equal(shaken(0), shaken(0))
    assert not np.array_equal(shaken(0), shaken(1))
    kicks = (shaken(0)[1:] - 0.8 * shaken(0)[:-1]) / 0.1
    assert 0.07 < kicks.std() < 0.13
    assert np.array_equal(shaken(0, 0.0)[:2], [[1, 1], [0.8, 0.8]])


def test_a_diverging_path_is_cut_where_its_values_end() -> None:
    wild, calm = steepest.descend("beale", "sgd", lr=(1.0, 0.001), steps=100)
    assert wild.diverged
    assert wild.verdict is None
    assert 1 <= len(wild.path) == len(wild.values) < 101
    assert np.isfinite(wild.path).all()
    assert np.isfinite(wild.values.astype(np.float32)).all()
    assert not calm.diverged
    assert len(calm.path) == 101


def test_two_starts_end_in_two_minima_and_one_on_the_saddle() -> None:
    ends = steepest.descend("saddle", "momentum", lr=0.1, start=[(1, 0.1), (1, -0.1), (1, 0)], steps=300)
    assert [d.verdict.kind for d in ends] == ["minimum", "minimum", "saddle"]
    assert np.allclose([d.path[-1] for d in ends], [(0, 1), (0, -1), (0, 0)], atol=1e-4)


def test_a_number_costs_no_compilation(compilations: Callable[[], int]) -> None:
    def descend(formula: str, text: str, start: tuple[float, float], steps: int, noise: float) -> None:
        steepest.descend(formula, ["sgd", text], lr=0.1, start=start, steps=steps, noise=noise)

    descend("x^2 + 2.5*y^2 + x*y/7", "adam:beta1=0.5", (1, 1), 100, 0.0)
    before = compilations()
    descend("x^2 + 4.5*y^2 + x*y/9", "adam:beta1=0.6", (2, 1), 200, 0.1)
    assert compilations() == before
    descend("x^2 + 4.5*y^2 + x*y/9", "adam:dialect=torch", (2, 1), 200, 0.1)
    assert compilations() == before + 1


def test_an_optax_transformation_descends_too() -> None:
    (theirs,) = steepest.descend("bowl", ("theirs", optax.sgd), lr=0.1, steps=20)
    (ours,) = steepest.descend("bowl", "sgd", lr=0.1, steps=20)
    assert np.allclose(theirs.path, ours.path, atol=1e-14)
    assert theirs.as_dict()["x"] == theirs.path[:, 0].tolist()


@pytest.mark.parametrize(
    ("arguments", "options", "said"),
    [
        (("sadle", "sgd"), {}, "did you mean 'saddle'"),
        (("saddle", "sgdd"), {}, "did you mean 'sgd'"),
        (("saddle", []), {}, "at least one optimizer"),
        (("saddle", "sgd"), {"steps": 0}, "steps"),
        (("saddle", "sgd"), {"steps": 1e9}, "paths would have"),
        (("saddle", "sgd"), {"noise": -1}, "noise"),
        (("saddle", "sgd"), {"noise": "a"}, "noise"),
        (("saddle", "sgd"), {"start": (1, 2, 3)}, "start"),
        (("saddle", "sgd"), {"start": "1"}, "start"),
        (("saddle", "sgd"), {"start": "a,b"}, "start"),
        (("saddle", "sgd"), {"start": (np.nan, 1)}, "start"),
        (("saddle", "sgd"), {"start": []}, "start"),
        (("log(x)", "sgd"), {"start": (-1, 1)}, "start where it has a value"),
        (("saddle", "sgd"), {"lr": -1}, ">= 0"),
        (("saddle", "sgd"), {"seed": -1}, "seed"),
    ],
)
def test_what_is_refused(arguments: tuple, options: dict, said: str) -> None:
    with pytest.raises(steepest.UserError, match=said):
        steepest.descend(*arguments, **options)


@pytest.fixture(autouse=True)
def _float32_outside() -> Callable[[], None]:
    yield
    assert jnp.zeros(1).dtype == np.float32
