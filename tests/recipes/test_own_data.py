"""A race on arrays and a network of the reader's own becomes a whole program: only the arrays are left to put in."""

import runpy
from functools import partial
from pathlib import Path
from typing import Any

import jax
import numpy as np
import pytest

import steepest
from steepest.engine.lane import INIT
from steepest.racing.rules import named_arrays
from steepest.recipes import TARGETS

from .peers import finish, start

PLACE = 'raise SystemExit("the race was on data of your own: return your arrays in splits() of this file")'
FED = """
import runpy, sys
import numpy as np
recipe, given, data, taken = sys.argv[1:]
loaded = dict(np.load(data))
names = runpy.run_path(recipe)
main = names["main"]
main.__globals__["splits"] = lambda: [(loaded[f"x{i}"], loaded[f"y{i}"]) for i in range(3)]
np.savez(taken, **main(dict(np.load(given))))
"""


def tanh_network(key: Any) -> Any:
    return steepest.mlp(key, (5, 6, 2), activation="tanh", init="xavier")


def splits(x: Any, y: Any) -> steepest.Splits:
    parts = (slice(0, 60), slice(60, 80), slice(80, 100))
    return steepest.Splits(*(steepest.Split(x[part], y[part]) for part in parts))


RNG = np.random.default_rng(0)
TABLE = RNG.normal(size=(100, 5)).astype(np.float32) * [1, 10, 100, 1, 0] + 3
PIXELS = RNG.integers(0, 256, (100, 4, 4), dtype=np.uint8)
PICTURES = RNG.normal(size=(100, 4, 4)).astype(np.float32) * 7
CASES = {
    "classes, standardised": (
        partial(steepest.mlp, sizes=(5, 6, 3)),
        TABLE,
        np.arange(100) % 3,
        "softmax_cross_entropy",
        "standardise",
    ),
    "two numbers, by a function": (
        tanh_network,
        TABLE,
        RNG.normal(size=(100, 2)).astype(np.float32),
        "squared_error",
        "unit",
    ),
    "yes or no, of pixels": (
        lambda key: steepest.mlp(key, (16, 1)),
        PIXELS,
        np.arange(100) % 2,
        "sigmoid_cross_entropy",
        "unit",
    ),
    "pictures": (partial(steepest.mlp, sizes=(16, 2)), PICTURES, np.arange(100) % 2, "softmax_cross_entropy", "unit"),
    "as they are": (
        partial(steepest.mlp, sizes=(16, 2)),
        PICTURES / 7,
        np.arange(100) % 2,
        "softmax_cross_entropy",
        "none",
    ),
}


def raced(case: str) -> steepest.Race:
    network, x, y, loss, scaling = CASES[case]
    own = steepest.Workload(
        id="mine",
        network=network,
        data=lambda: splits(x, y),
        loss=getattr(steepest.losses, loss),
        metrics={"error": getattr(steepest.losses, loss)},
        scaling=scaling,
        batch_size=16,
        epochs=4,
    )
    return steepest.race(own, "adam", lr=1e-2, seeds=1)


@pytest.mark.parametrize(
    ("case", "library"),
    [*((case, "optax") for case in CASES), *((list(CASES)[1], other) for other in ("torch", "tf1"))],
)
def test_it_ends_where_the_race_did(case: str, library: str, tmp_path: Path) -> None:
    """16 steps from the race's own draw, float32 on both sides: 1e-7 a step; another order is off by 0.01."""
    race = raced(case)
    network, x, y = CASES[case][:3]
    draw = named_arrays(network(jax.random.fold_in(jax.random.key(0), INIT)))
    text = race.recipe(library)
    assert PLACE in text
    assert f"training   x {(60, *x.shape[1:])} {x.dtype}" in text
    (tmp_path / "recipe_file.py").write_text(text)
    np.savez(tmp_path / "given.npz", **draw)
    given = splits(x, y)
    arrays = {f"{k}{i}": getattr(s, k) for i, s in enumerate((given.train, given.validation, given.test)) for k in "xy"}
    np.savez(tmp_path / "data.npz", **arrays)
    finish(start("-c", FED, *(tmp_path / n for n in ("recipe_file.py", "given.npz", "data.npz", "taken.npz"))))
    with np.load(tmp_path / "taken.npz") as taken:
        kept = race.model(0)
        assert max(np.abs(kept[name] - draw[name]).max() for name in kept) > 0.02
        for name in kept:
            np.testing.assert_allclose(taken[name], kept[name], atol=1e-4)


def test_run_as_it_is_it_asks_for_the_arrays_and_cites_no_folder_that_goes(tmp_path: Path) -> None:
    race = raced(next(iter(CASES)))
    text = race.recipe("optax")
    assert str(race.path) not in text
    (tmp_path / "recipe_file.py").write_text(text)
    with pytest.raises(SystemExit, match="return your arrays in splits"):
        runpy.run_path(str(tmp_path / "recipe_file.py"), run_name="__main__")


@pytest.mark.parametrize("library", TARGETS)
def test_what_cannot_be_written_is_named(library: str) -> None:
    network, x, y = CASES["classes, standardised"][:3]

    def weighted(outputs: Any, labels: Any) -> Any:
        return 2 * steepest.losses.softmax_cross_entropy(outputs, labels)

    own = steepest.Workload(
        id="mine", network=network, data=lambda: splits(x, y), loss=weighted, metrics={"error": weighted}, epochs=1
    )
    text = steepest.race(own, "sgd", seeds=1).recipe(library)
    compile(text, library, "exec")
    assert "# The loss 'weighted' of the race is your own" in text
    assert "def main" not in text
