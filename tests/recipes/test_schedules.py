"""The rate that a recipe states against the schedule that was raced, at every step, in Python and in JAX."""

import math
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from steepest.racing.schedule import schedule_choice
from steepest.recipes.schedules import PYTHON, listens, plateau, rate_function
from steepest.recipes.targets.optax import RATE_WORDS
from steepest.schedules import reduce_on_plateau
from steepest.schedules.parsing import SCHEDULES

from .ours import schedule

STEPS_PER_EPOCH, EPOCHS = 7, 6.5
TEXTS = [
    *(name for name in SCHEDULES if name not in ("warmup", "reduce_on_plateau")),
    "cosine:final=0.1,epochs=3",
    "linear:final=0.2",
    "step:every=2,factor=0.5",
    "step:every=0.3,factor=0.7",
    "exponential:staircase=false",
    "inverse_time:staircase=false,decay_rate=0.4",
    "one_cycle:rise=0,epochs=4",
    "one_cycle:rise=1",
    "warmup:epochs=1.5,start=0.1+cosine",
    "warmup:epochs=2+exponential",
    "warmup:epochs=0+linear",
    "warmup:epochs=1+constant",
    "warmup+one_cycle+reduce_on_plateau",
]


def hyperparameters(text: str) -> dict[str, Any]:
    choice = schedule_choice(text)
    return {
        "learning_rate": 0.3,
        **choice.structure,
        **{k: values[0] for k, values in choice.axes.items()},
    }


def stated(h: dict[str, Any], words: Any) -> Any:
    names: dict[str, Any] = {
        "math": math,
        "jnp": jnp,
        "LEARNING_RATE": h["learning_rate"],
        "STEPS_PER_EPOCH": STEPS_PER_EPOCH,
    }
    exec(rate_function(h, EPOCHS, words), names)
    return names["rate"]


@pytest.mark.parametrize("text", TEXTS)
def test_the_rate_of_every_step(text: str) -> None:
    h, steps = hyperparameters(text), range(round(STEPS_PER_EPOCH * (EPOCHS + 1)))
    with jax.enable_x64(True):
        raced = schedule(h, EPOCHS, STEPS_PER_EPOCH)
        expected = np.array([float(raced(step)) for step in steps])
        # 1e-12: roundings of closed forms in float64
        traced = stated(h, RATE_WORDS)
        np.testing.assert_allclose([traced(jnp.int32(s)) for s in steps], expected, rtol=1e-12, atol=1e-15)
    python = stated(h, PYTHON)
    np.testing.assert_allclose([python(s) for s in steps], expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(
    "text", ["patience=1", "patience=2,factor=0.5,cooldown=2,minimum=0.2", "patience=0,threshold=0.1"]
)
def test_the_plateau(text: str) -> None:
    h = hyperparameters(f"reduce_on_plateau:{text}")
    assert listens(h)
    names: dict[str, Any] = {}
    exec(plateau(h), names)
    mine = names["Plateau"]()
    own = {k.rpartition(".")[2]: v for k, v in h.items() if k.startswith("schedule.reduce_on_plateau.")}
    raced = reduce_on_plateau(**own)
    state = raced.init()
    losses = [3.0, 2.0, 2.0, 2.1, 1.95, math.nan, 2.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.5]
    with jax.enable_x64(True):
        for loss in losses:
            state = raced.update(state, loss)
            mine.observe(loss)
            assert mine.factor == pytest.approx(float(raced.factor(state)), rel=1e-6)  # its state is float32
    assert mine.factor < 1
