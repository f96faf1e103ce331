"""What Optax asks of its own optimisers, asked of every optimiser in every dialect; in bfloat16, the harder case."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from steepest.optimizers import OPTIMIZERS

from .test_contract import every
from .test_low_precision import QUICK

PARAMS = {"W": -np.ones((2, 3)), "b": np.array([1.0, 2.0])}
GRADIENTS = {"W": np.linspace(-1.0, 1.0, 6).reshape(2, 3), "b": np.array([0.5, -4.0])}


def _arrays(tree: Any, kind: str = "bfloat16") -> Any:
    return jax.tree.map(lambda leaf: jnp.asarray(leaf, kind), tree)


def _compiled(function: Any, *arguments: Any) -> Any:
    return jax.jit(function).lower(*arguments).compile(QUICK)(*arguments)


def _same(one: Any, other: Any) -> None:
    """Equal but for the order that XLA computes in."""
    assert jax.tree.structure(one) == jax.tree.structure(other)
    for a, b in zip(jax.tree.leaves(one), jax.tree.leaves(other), strict=True):
        assert a.dtype == b.dtype
        near = 2 * float(jnp.finfo(a.dtype).eps) if jnp.issubdtype(a.dtype, jnp.inexact) else 0
        np.testing.assert_allclose(np.asarray(a, np.float64), np.asarray(b, np.float64), rtol=near, atol=near)


@every
def test_a_step_is_traced_once_and_takes_extra_arguments(name: str, dialect: str) -> None:
    optimizer = OPTIMIZERS.load(name)(dialect=dialect)
    assert isinstance(optimizer, optax.GradientTransformationExtraArgs)
    traced = []

    def step(params: Any, state: Any) -> Any:
        traced.append(1)
        updates, state = optimizer.update(_arrays(GRADIENTS), state, params, value=1.0, foreign=None)
        return optax.apply_updates(params, updates), state

    compiled = jax.jit(step, compiler_options=QUICK)
    carried = _arrays(PARAMS), optimizer.init(_arrays(PARAMS))
    for _ in range(3):
        carried = compiled(*carried)
    assert len(traced) == 1


@every
def test_multi_steps(name: str, dialect: str) -> None:
    """Two gradients in one step are a step on their mean, and the first of them moves nothing."""
    optimizer = OPTIMIZERS.load(name)(dialect=dialect)
    params, first = _arrays(PARAMS), _arrays(GRADIENTS)

    def run(params: Any, first: Any) -> Any:
        several = optax.MultiSteps(optimizer, 2)
        second = jax.tree.map(lambda g: 3 * g, first)
        still, state = several.update(first, several.init(params), params)
        moved, _ = several.update(second, state, params)
        once, _ = optimizer.update(jax.tree.map(lambda g: 2 * g, first), optimizer.init(params), params)
        return still, moved, once

    still, moved, once = _compiled(run, params, first)
    assert not any(np.any(update) for update in jax.tree.leaves(still))
    _same(moved, once)


@every
def test_inject_hyperparams(name: str, dialect: str) -> None:
    floats = {k: v for k, v in OPTIMIZERS.module(name).DIALECTS[dialect].items() if isinstance(v, float)}
    plain = OPTIMIZERS.load(name)(**floats, dialect=dialect)
    injected = optax.inject_hyperparams(OPTIMIZERS.load(name))(**floats, dialect=dialect)
    params, gradients = _arrays(PARAMS, "float32"), _arrays(GRADIENTS, "float32")

    def run(params: Any, gradients: Any) -> Any:
        wanted = plain.update(gradients, plain.init(params), params)
        updates, state = injected.update(gradients, injected.init(params), params)
        return (updates, state.inner_state), wanted, state.hyperparams

    found, wanted, hyperparameters = _compiled(run, params, gradients)
    _same(found, wanted)
    assert set(hyperparameters) == set(floats)


@every
def test_map_params_reaches_the_slots_alone(name: str, dialect: str) -> None:
    optimizer = OPTIMIZERS.load(name)(dialect=dialect)
    state = optimizer.init(_arrays(PARAMS))
    mapped = optax.tree.map_params(optimizer, lambda slot: slot + 1, state)
    _same(mapped._replace(slots={}), state._replace(slots={}))
    _same(mapped.slots, jax.tree.map(lambda slot: slot + 1, state.slots))


@every
def test_a_scalar_and_nothing_at_all(name: str, dialect: str) -> None:
    optimizer = OPTIMIZERS.load(name)(dialect=dialect)
    for params in (jnp.float32(2.0), 2.0, {}, {"none": None, "w": np.ones((0, 3), np.float32)}):
        before = jax.eval_shape(optimizer.init, params)
        updates, after = jax.eval_shape(optimizer.update, params, before, params)
        assert jax.tree.structure(updates) == jax.tree.structure(params)
        assert jax.tree.structure(before) == jax.tree.structure(after)
