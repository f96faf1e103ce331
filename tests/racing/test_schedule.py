"""A race's schedule when it is a function of the user's."""

from functools import partial
from typing import Any

import jax.numpy as jnp
import numpy as np
import optax
import pytest

from steepest.core.errors import UserError
from steepest.core.spec import Configuration
from steepest.racing.schedule import RunSchedule, is_registered, listed_schedules, schedule_choice


def mine(step: Any) -> Any:
    return 0.1 / (1 + step)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (mine, "mine"),
        (("falling", mine), "falling"),
        (optax.cosine_decay_schedule(1e-3, 10), "cosine_decay_schedule"),
        (lambda step: 0.1, "custom"),
        (partial(mine), "custom"),
    ],
)
def test_its_name(given: Any, name: str) -> None:
    choice = schedule_choice(given)
    assert choice.structure == {"schedule": name}
    assert choice.axes == {}
    assert choice.rates is (given[1] if isinstance(given, tuple) else given)
    assert not is_registered(name)
    assert listed_schedules(given) == [given]


def test_the_rate_is_the_function_s_at_the_step_of_the_run() -> None:
    function = optax.cosine_decay_schedule(1e-3, 10)
    run = RunSchedule(Configuration("sgd", "sgd", {"schedule": "mine"}, {}), 5, 2, function)
    assert run.sets_rates
    assert not run.listens
    for step in (0, 3, 10):
        rate = run.rate({}, jnp.int32(step), ())
        assert rate.dtype == jnp.float32
        # float32's rounding of the closed form, which Optax computes in float32 itself
        np.testing.assert_allclose(rate, 1e-3 * (1 + np.cos(np.pi * step / 10)) / 2, rtol=1e-5, atol=1e-10)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (5, "give a name such as 'cosine', or a function"),
        (("cosine", mine), "needs its own name"),
        (("warmup+cosine", mine), "needs its own name"),
        (("a\nb", mine), "needs its own name"),
        (lambda step: 0.1 if step < 3 else 0.2, "TracerBoolConversionError"),
        (lambda step: jnp.ones(3), "must make one number of a step"),
        (lambda step: (0.1, 0.2), "must make one number of a step"),
        (lambda step: "fast", "schedule 'custom' failed: TypeError"),
        (lambda: 0.1, "schedule 'custom' failed: TypeError"),
    ],
)
def test_mistakes_are_one_line(given: Any, told: str) -> None:
    with pytest.raises(UserError, match=told) as caught:
        schedule_choice(given)
    assert "\n" not in str(caught.value)
