"""Each schedule against its formula, written again in NumPy, in float64."""

import math

import jax
import numpy as np
import optax
import pytest

from steepest import schedules

STEPS_PER_EPOCH = 7
STEPS = np.arange(0, 7 * 12)
E = STEPS / STEPS_PER_EPOCH
WHOLE = STEPS // STEPS_PER_EPOCH


def one_cycle(e, peak, total, rise, start, final):
    t = min(e / total, 1)
    if t < rise:
        return peak * (start + (1 - start) * (1 - math.cos(math.pi * t / rise)) / 2)
    return peak * (final + (1 - final) * (1 + math.cos(math.pi * (t - rise) / (1 - rise))) / 2)


CASES = {
    "constant": ({}, [0.3 for e in E]),
    "inverse_time": ({"decay_rate": 0.5}, [0.3 / (1 + 0.5 * w) for w in WHOLE]),
    "inverse_time smooth": ({"decay_rate": 0.5, "staircase": False}, [0.3 / (1 + 0.5 * e) for e in E]),
    "exponential": ({}, [0.95**w * 0.3 for w in WHOLE]),
    "exponential smooth": ({"rate": 0.8, "staircase": False}, [0.8**e * 0.3 for e in E]),
    "step": ({"factor": 0.5, "every": 3.0}, [0.3 * 0.5 ** (w // 3) for w in WHOLE]),
    "cosine": (
        {"epochs": 10.0, "final": 0.01},
        [0.3 * (0.01 + 0.99 * (1 + math.cos(math.pi * min(e / 10, 1))) / 2) for e in E],
    ),
    "linear": ({"epochs": 10.0, "final": 0.1}, [0.3 * (1 - 0.9 * min(e / 10, 1)) for e in E]),
    "one_cycle": ({"epochs": 10.0}, [one_cycle(e, 0.3, 10, 0.3, 0.04, 4e-6) for e in E]),
}


@pytest.mark.parametrize("case", CASES)
def test_the_formula(case):
    numbers, truth = CASES[case]
    with jax.enable_x64(True):
        schedule = getattr(schedules, case.split()[0])(0.3, **numbers, steps_per_epoch=STEPS_PER_EPOCH)
        np.testing.assert_allclose(jax.jit(jax.vmap(schedule))(STEPS), truth, rtol=1e-12)


def test_every_plain_schedule_has_its_formula_here():
    assert {case.split()[0] for case in CASES} == set(schedules.registry.PLAIN)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (schedules.cosine(0.3, epochs=50, final=0.1), optax.cosine_decay_schedule(0.3, 50, alpha=0.1)),
        (schedules.linear(0.3, epochs=50, final=0.1), optax.linear_schedule(0.3, 0.03, 50)),
        (schedules.one_cycle(0.3, epochs=50), optax.cosine_onecycle_schedule(50, 0.3)),
        (
            schedules.exponential(0.3, rate=0.9, steps_per_epoch=5),
            optax.exponential_decay(0.3, 5, 0.9, staircase=True),
        ),
        (
            schedules.warmup(schedules.cosine(0.3, epochs=40), epochs=10),
            optax.warmup_cosine_decay_schedule(0.0, 0.3, 10, 50),
        ),
    ],
    ids=["cosine", "linear", "one_cycle", "exponential", "warmup"],
)
def test_optax_agrees(ours, theirs):
    # float32: a few units of the last place of the peak rate
    steps = np.arange(60)
    np.testing.assert_allclose(jax.vmap(ours)(steps), jax.vmap(theirs)(steps), rtol=2e-6, atol=3e-8)
