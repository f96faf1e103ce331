"""What the engine asks of every optimiser in every dialect. A registered optimiser enrols itself."""

import inspect
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from steepest.core.errors import BadValue, UnknownName
from steepest.optimizers import OPTIMIZERS
from steepest.optimizers.dialects import DIALECT_NAMES

PAIRS = [(name, dialect) for name in OPTIMIZERS for dialect in OPTIMIZERS.module(name).DIALECTS]
START = {"W": np.linspace(-1, 1, 6).reshape(3, 2), "b": np.array([0.5, -0.25])}
LANES = 3

every = pytest.mark.parametrize(("name", "dialect"), PAIRS)


def _defaults(name: str, dialect: str) -> dict[str, Any]:
    return OPTIMIZERS.module(name).DIALECTS[dialect]


def _floats(name: str, dialect: str) -> dict[str, float]:
    return {k: v for k, v in _defaults(name, dialect).items() if isinstance(v, float)}


def _gradient(params: Any) -> Any:
    return {"W": params["W"] - 0.3, "b": 2 * params["b"] + 0.1}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_declaration_is_sound(name: str) -> None:
    dialects = OPTIMIZERS.module(name).DIALECTS
    parameters = inspect.signature(OPTIMIZERS.load(name)).parameters
    assert "textbook" in dialects
    assert set(dialects) <= set(DIALECT_NAMES)
    assert parameters["dialect"].default == "textbook"
    assert next(iter(parameters)) == "learning_rate"
    arguments = {argument for defaults in dialects.values() for argument in defaults}
    assert arguments | {"dialect"} == set(parameters)
    for argument in arguments:
        assert parameters[argument].default is None
        # a number is a float in every dialect, and structure in none
        assert len({type(defaults[argument]) for defaults in dialects.values() if argument in defaults}) == 1
    for defaults in dialects.values():
        assert isinstance(defaults["learning_rate"], float)


@pytest.mark.usefixtures("x64")
@every
def test_a_lane_is_its_runs_one_at_a_time(name: str, dialect: str) -> None:
    """Every number at once under jit and vmap; a step of zero gradients moves nothing and stays finite."""
    factory, floats = OPTIMIZERS.load(name), _floats(name, dialect)
    lane = {k: np.maximum(v, 1e-3) * np.linspace(0.85, 1.0, LANES) for k, v in floats.items()}
    start = {k: jnp.asarray(w) for k, w in START.items()}

    def run(numbers: dict[str, Any]) -> Any:
        def step(carry: Any, _: Any) -> Any:
            params, state = carry
            updates, state = factory(**numbers, dialect=dialect).update(_gradient(params), state, params)
            return (optax.apply_updates(params, updates), state), None

        state = factory(**numbers, dialect=dialect).init(start)
        return jax.lax.scan(step, (start, state), length=6)[0]

    def rest(numbers: dict[str, Any]) -> Any:
        still = {k: 0.0 * v if "weight_decay" in k else v for k, v in numbers.items()}
        optimizer = factory(**still, dialect=dialect)
        return optimizer.update(jax.tree.map(jnp.zeros_like, start), optimizer.init(start), start)[0]

    @jax.jit
    def all_ways(numbers: dict[str, Any]) -> Any:
        return jax.vmap(run)(numbers), jax.lax.map(run, numbers), jax.vmap(rest)(numbers)

    together, apart, resting = all_ways(lane)
    for one, other in zip(jax.tree.leaves(together), jax.tree.leaves(apart), strict=True):
        # the same operations in another order of the lanes: rounding alone
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-14)
    params, _ = together
    for k, w in params.items():
        assert np.all(np.isfinite(w))
        assert np.all(np.any(w != START[k], axis=tuple(range(1, w.ndim)))), "a run stood still"
    for update in jax.tree.leaves(resting):
        np.testing.assert_array_equal(update, 0)


@every
@pytest.mark.parametrize("wide", [False, True], ids=["x32", "x64"])
@pytest.mark.parametrize("kind", ["float16", "bfloat16", "float32", "float64"])
def test_types_and_structure_are_stable(name: str, dialect: str, kind: str, wide: bool) -> None:
    """float32 stays float32 with 64 bits about, for traced and plain numbers; the state keeps its shape.

    Updates are of the gradients' type, the state of float32 at least.
    """
    if kind == "float64" and not wide:
        return  # there is no float64 to keep
    factory, defaults = OPTIMIZERS.load(name), _defaults(name, dialect)
    switches = {k: not v for k, v in defaults.items() if isinstance(v, bool)}
    plain = _floats(name, dialect)
    with jax.enable_x64(wide):
        params = {k: jnp.asarray(w, kind) for k, w in START.items()}
        for structure in ({}, switches):

            def step(numbers: Any, params: Any, structure: Any = structure) -> Any:
                optimizer = factory(**numbers, **structure, dialect=dialect)
                before = optimizer.init(params)
                return before, *optimizer.update(_gradient(params), before, params)

            traced = jax.eval_shape(step, {k: jnp.asarray(v) for k, v in plain.items()}, params)
            fixed = jax.eval_shape(lambda params: step(plain, params), params)
            before, updates, after = traced
            assert jax.tree.structure(traced) == jax.tree.structure(fixed)
            assert jax.tree.structure(before) == jax.tree.structure(after)
            assert jax.tree.structure(updates) == jax.tree.structure(params)
            for one, other in zip(jax.tree.leaves(before), jax.tree.leaves(after), strict=True):
                assert (one.shape, one.dtype) == (other.shape, other.dtype)
                assert not other.weak_type
            assert {update.dtype for update in jax.tree.leaves(updates)} == {jnp.dtype(kind)}
            held = jax.tree.leaves((after.slots, after.shared))
            assert {leaf.dtype for leaf in held} <= {jnp.promote_types(kind, jnp.float32)}
            assert after.step.dtype == jnp.int32
            for k, update in updates.items():
                assert update.shape == params[k].shape


@every
def test_a_schedule_is_a_learning_rate(name: str, dialect: str) -> None:
    optimizer = OPTIMIZERS.load(name)(lambda count: 0.1 / (1 + count), dialect=dialect)
    params = {k: jnp.asarray(w, jnp.float32) for k, w in START.items()}
    state = jax.eval_shape(optimizer.init, params)
    updates, after = jax.eval_shape(optimizer.update, params, state, params)
    assert jax.tree.structure(after) == jax.tree.structure(state)
    assert {leaf.dtype for leaf in jax.tree.leaves(updates)} == {jnp.dtype("float32")}


@every
def test_refuses_in_one_line(name: str, dialect: str) -> None:
    factory, defaults = OPTIMIZERS.load(name), _defaults(name, dialect)

    def refused(kind: type[Exception], wanted: str, **arguments: Any) -> None:
        with pytest.raises(kind) as caught:
            factory(**{"dialect": dialect, **arguments})
        message = str(caught.value)
        assert "\n" not in message
        assert wanted in message
        assert name in message

    for argument, default in defaults.items():
        if isinstance(default, float):
            for bad in (-1.0, float("nan"), float("inf"), "much", True, [0.1]):
                shown = str(bad) if isinstance(bad, float) else repr(bad)
                refused(BadValue, shown, **{argument: bad})
            if argument in ("beta", "beta1", "beta2", "momentum"):
                refused(BadValue, "below 1, got 1.0", **{argument: 1})
        else:
            refused(BadValue, "0.5", **{argument: 0.5})
    for argument in set(inspect.signature(factory).parameters) - set(defaults) - {"dialect"}:
        refused(UnknownName, f"no argument {argument!r}, it has learning_rate", **{argument: 0.5})
    refused(UnknownName, "did you mean 'textbook'?", dialect="textbok")


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_says_when_it_needs_the_parameters(name: str) -> None:
    """Without them the rule either runs or says what to do; it never fails inside JAX."""
    optimizer = OPTIMIZERS.load(name)()
    params = {"W": jnp.ones((2, 2))}
    try:
        updates, _ = jax.eval_shape(optimizer.update, params, optimizer.init(params))
    except BadValue as error:
        assert "update(gradients, state, params)" in str(error)  # noqa: PT017
    else:
        assert jax.tree.structure(updates) == jax.tree.structure(params)
