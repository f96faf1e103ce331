"""Every textbook rule against the formulas written out in NumPy, 200 float64 steps on five problems."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from steepest.optimizers import OPTIMIZERS

from . import problems
from .reference import reference

# The defaults, and a setting with a large epsilon: with the defaults one place of epsilon is told from another by
# 1e-6 at most.
SETTINGS: dict[str, list[dict[str, Any]]] = {
    "sgd": [{}, {"learning_rate": 0.05}],
    "momentum": [{}, {"learning_rate": 0.1, "beta": 0.98}],
    "nesterov": [{}, {"learning_rate": 0.1, "beta": 0.5}],
    "adagrad": [{}, {"learning_rate": 0.3, "epsilon": 0.1, "initial_accumulator": 0.5}],
    "adadelta": [{}, {"beta": 0.8, "epsilon": 0.1}],
    "rmsprop": [{}, {"learning_rate": 0.01, "beta": 0.5, "epsilon": 0.1}],
    "adam": [{}, {"learning_rate": 0.02, "beta1": 0.5, "beta2": 0.9, "epsilon": 0.1}],
    "adamw": [{}, {"learning_rate": 0.02, "epsilon": 0.1, "weight_decay": 0.5}],
    "nadam": [{}, {"learning_rate": 0.02, "beta1": 0.5, "beta2": 0.9, "epsilon": 0.1}],
    "radam": [{}, {"learning_rate": 0.02, "beta1": 0.5, "beta2": 0.9, "epsilon": 0.1}],
    "adamax": [{}, {"learning_rate": 0.02, "beta1": 0.5, "beta2": 0.9, "epsilon": 0.1}],
    "lion": [{}, {"learning_rate": 3e-3, "beta1": 0.5, "beta2": 0.9, "weight_decay": 0.1}],
    "lamb": [{}, {"learning_rate": 0.02, "epsilon": 0.1, "weight_decay": 0.5}],
    "muon": [{}, {"beta": 0.5, "weight_decay": 0.1, "adam_weight_decay": 0.2, "epsilon": 0.1}],
    "schedule_free": [{}, {"learning_rate": 0.02, "beta1": 0.6, "epsilon": 0.1, "weight_decay": 0.5}],
}
STRUCTURES = [
    *((name, {}) for name in OPTIMIZERS),
    ("muon", {"nesterov": False, "ns_steps": 3}),
    ("schedule_free", {"base": "sgd"}),
]


def test_every_optimizer_has_settings() -> None:
    assert list(SETTINGS) == list(OPTIMIZERS)


@pytest.mark.usefixtures("x64")
@pytest.mark.parametrize(("name", "structure"), STRUCTURES, ids=lambda part: str(part))
def test_textbook_is_the_formula(name: str, structure: dict[str, Any]) -> None:
    defaults = {**OPTIMIZERS.module(name).DIALECTS["textbook"], **structure}
    floats = {k: v for k, v in defaults.items() if isinstance(v, float)}

    @jax.jit
    def trajectory(numbers: dict[str, Any]) -> Any:
        optimizer = OPTIMIZERS.load(name)(**numbers, **structure)

        def step(carry: Any, noise: Any) -> Any:
            params, state = carry
            g = problems.gradients(jnp, params, noise)
            updates, state = optimizer.update(g, state, params)
            params = optax.apply_updates(params, updates)
            return (params, state), params

        params = {k: jnp.asarray(w) for k, w in problems.START.items()}
        return jax.lax.scan(step, (params, optimizer.init(params)), problems.NOISE)[1]

    for setting in SETTINGS[name]:
        ours = trajectory({**floats, **setting})
        rules = {k: reference(name, {**defaults, **setting}) for k in problems.START}
        params = {k: w.copy() for k, w in problems.START.items()}
        path = []
        for t in range(problems.STEPS):
            g = problems.gradients(np, params, {k: n[t] for k, n in problems.NOISE.items()})
            params = {k: rules[k](g[k], params[k], t + 1) for k in params}
            path.append(params)
        for k, found in ours.items():
            wanted = np.stack([params[k] for params in path])
            size = np.abs(wanted).reshape(len(wanted), -1).max(axis=1)
            # 200 roundings of 1e-16, not amplified: these settings are tame
            apart = np.abs(np.asarray(found) - wanted).reshape(len(wanted), -1).max(axis=1)
            assert np.all(apart <= 1e-12 * size), (k, float(np.max(apart / size)))
