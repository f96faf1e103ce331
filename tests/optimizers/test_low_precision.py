"""Every optimiser in every dialect in the four types of float: none stalls, none is NaN, none forgets its type."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from steepest.optimizers import OPTIMIZERS, schedule_free
from steepest.optimizers.schedule_free import evaluation_parameters

from .test_contract import every

KINDS = ("float16", "bfloat16", "float32", "float64")
QUICK = {"xla_backend_optimization_level": 0}  # compiling is all that these tests spend time on
START = {"W": np.linspace(-1, 1, 6).reshape(3, 2), "b": np.array([0.5, -0.5])}
# Steps that rounding to 8 bits does not swallow.
SETTINGS = {"adadelta": {"learning_rate": 1.0, "epsilon": 1e-6}, "adagrad": {"learning_rate": 0.3}}


def _optimizer(name: str, dialect: str) -> Any:
    return OPTIMIZERS.load(name)(**SETTINGS.get(name, {"learning_rate": 0.05}), dialect=dialect)


def _height(params: Any) -> Any:
    """Of a bowl whose lowest point is at 0.25, in float32 at least."""
    wide = jax.tree.map(lambda w: w.astype(jnp.promote_types(w.dtype, jnp.float32)), params)
    return sum(jnp.sum((w - 0.25) ** 2) for w in jax.tree.leaves(wide))


@pytest.mark.usefixtures("x64")
@every
def test_a_thousand_steps_down_a_bowl(name: str, dialect: str) -> None:
    optimizer = _optimizer(name, dialect)

    def descent(kind: str) -> Any:
        def step(carry: Any, _: Any) -> Any:
            params, state = carry
            updates, state = optimizer.update(jax.grad(_height)(params), state, params)
            return (optax.apply_updates(params, updates), state), None

        params = {k: jnp.asarray(w, kind) for k, w in START.items()}
        end, state = jax.lax.scan(step, (params, optimizer.init(params)), length=1000)[0]
        assert {w.dtype for w in jax.tree.leaves(end)} == {jnp.dtype(kind)}
        return _height(params), _height(end), jax.tree.map(lambda a: jnp.all(jnp.isfinite(a)), state)

    for before, after, finite in jax.jit(lambda: [descent(kind) for kind in KINDS]).lower().compile(QUICK)():
        assert after < before / 2  # finite, too
        assert all(jax.tree.leaves(finite))


@every
def test_a_narrow_update_is_the_wide_one_rounded(name: str, dialect: str) -> None:
    """On the same gradients and parameters, 60 steps: late enough for an average that does not forget to be far off."""
    optimizer, kind = _optimizer(name, dialect), "bfloat16"
    noise = np.random.default_rng(5).normal(size=(60, 6)) * np.logspace(0, -1.5, 60)[:, None]  # squares fall 1000-fold
    params = {k: jnp.asarray(w, kind) for k, w in START.items()}
    gradients = {"W": jnp.asarray(noise.reshape(60, 3, 2), kind), "b": jnp.asarray(noise[:, :2], kind)}

    def updates(params: Any, gradients: Any) -> Any:
        def step(state: Any, g: Any) -> Any:
            made, state = optimizer.update(g, state, params)
            return state, made

        return jax.lax.scan(step, optimizer.init(params), gradients)[1]

    def both(params: Any, gradients: Any) -> Any:
        wide = jax.tree.map(lambda a: a.astype(jnp.float32), (params, gradients))
        return updates(params, gradients), updates(*wide)

    narrow, wide = jax.jit(both).lower(params, gradients).compile(QUICK)(params, gradients)
    for k, made in narrow.items():
        assert made.dtype == kind
        wanted = np.asarray(wide[k], np.float64)
        # Half a unit in the last place, and as much again for the order that XLA computes in.
        bound = float(jnp.finfo(kind).eps) * np.abs(wanted) + float(jnp.finfo(kind).smallest_subnormal)
        assert np.all(np.abs(np.asarray(made, np.float64) - wanted) <= bound), k


def test_schedule_free_is_judged_in_the_type_of_the_parameters() -> None:
    params = {"w": jnp.asarray([1.0, -2.0], jnp.bfloat16)}
    found = evaluation_parameters(schedule_free().init(params), params)
    assert found["w"].dtype == jnp.bfloat16
    np.testing.assert_array_equal(found["w"], params["w"])
