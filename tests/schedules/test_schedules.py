"""What every schedule owes, enrolled from the registry: all numbers traced at once, and finite everywhere."""

import inspect

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

import steepest.schedules
from steepest.schedules import SCHEDULES, constant
from steepest.schedules.parsing import GIVEN, options
from steepest.schedules.registry import FEEDBACK, PLAIN, WRAPPERS

LANE = 3
SPREAD = jnp.array([0.5, 1.0, 2.0])


def rates(name):
    """(learning_rate, **numbers) -> schedule, for a plain schedule and for a wrapper around a constant."""
    factory = SCHEDULES.load(name)
    if name in WRAPPERS:
        return lambda rate, **numbers: factory(constant(rate), **numbers)
    return factory


def lane(name):
    """A different value of each number for each of LANE runs; the structure at its default."""
    numbers = {k: 5.0 if v is None else v for k, v in options(name).items() if not isinstance(v, bool)}
    return {k: v * SPREAD if v else 0.1 * SPREAD for k, v in numbers.items()}


@pytest.mark.parametrize("name", [*PLAIN, *WRAPPERS])
def test_every_number_is_traced_at_once(name):
    own = {f"n_{k}": v for k, v in lane(name).items()}
    numbers = {"rate": 0.1 * SPREAD, "steps_per_epoch": jnp.array([3.0, 4.0, 5.0]), **own}

    def at(run, step):
        own = {k[2:]: v for k, v in run.items() if k.startswith("n_")}
        return rates(name)(run["rate"], **own, steps_per_epoch=run["steps_per_epoch"])(step)

    traces = 0

    @jax.jit
    def many(numbers, steps):
        nonlocal traces
        traces += 1
        return jax.vmap(lambda run: jax.vmap(lambda s: at(run, s))(steps))(numbers)

    steps = jnp.arange(40, dtype=jnp.int32)
    together = many(numbers, steps)
    many(jax.tree.map(lambda v: v * 1.01, numbers), steps)
    assert traces == 1
    assert together.dtype == jnp.float32
    assert together.shape == (LANE, 40)
    assert np.isfinite(together).all()
    assert (together >= 0).all()
    for i in range(LANE):
        run = jax.tree.map(lambda v, i=i: float(v[i]), numbers)
        alone = [float(at(run, s)) for s in (0, 1, 7, 39)]
        np.testing.assert_allclose(together[i, jnp.array([0, 1, 7, 39])], alone, rtol=1e-5, atol=1e-9)  # float32


@pytest.mark.parametrize("name", [*PLAIN, *WRAPPERS])
def test_optax_takes_it(name):
    needed = {k: 5.0 for k, v in options(name).items() if v is None}
    optimizer = optax.sgd(rates(name)(0.1, **needed))
    updates, _ = optimizer.update(jnp.ones(2), optimizer.init(jnp.ones(2)))
    assert updates.shape == (2,)


@pytest.mark.parametrize("name", SCHEDULES)
def test_its_defaults_are_numbers_or_bools_and_it_is_documented(name):
    factory = SCHEDULES.load(name)
    assert factory.__doc__
    assert SCHEDULES.module(name).__doc__
    for key, parameter in inspect.signature(factory).parameters.items():
        if key not in GIVEN:
            assert parameter.kind is inspect.Parameter.KEYWORD_ONLY
            assert parameter.default is inspect.Parameter.empty or type(parameter.default) in (float, bool)
    assert name in steepest.schedules.__all__


def test_the_registry_is_the_three_kinds():
    assert set(SCHEDULES) == {*PLAIN, *WRAPPERS, *FEEDBACK}


@pytest.mark.parametrize("name", ["inverse_time", "exponential"])
@pytest.mark.parametrize("steps_per_epoch", [1, 3, 7, 430, 1719])
def test_epochs_change_on_the_very_step(name, steps_per_epoch):
    """Float32 must not be one step late or early: k·n/n is k, also when it is a product with 1/n."""
    k = np.arange(1, 2_000_000 // steps_per_epoch, max(1, 4_000 // steps_per_epoch))
    schedule = jax.jit(jax.vmap(SCHEDULES.load(name)(1.0, steps_per_epoch=steps_per_epoch)))
    epochs = {
        "inverse_time": lambda rate: 1 / rate - 1,
        "exponential": lambda rate: np.log(rate) / np.log(0.95),
    }
    if name == "exponential":
        k = k[k < 200]  # beyond, 0.95^k is too small to tell epochs by
    first, before = (epochs[name](np.asarray(schedule(k * steps_per_epoch - late), float)) for late in (0, 1))
    np.testing.assert_allclose(first, k, rtol=1e-6)
    np.testing.assert_allclose(before, k - 1, rtol=1e-6, atol=1e-5)
