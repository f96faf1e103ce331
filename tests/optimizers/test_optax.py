"""A slice of the parity replay that needs no other interpreter: the optax dialect against Optax."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from steepest import optimizers
from steepest.optimizers.schedule_free import eval_params, evaluation_parameters

from . import problems

E = 1e-3  # large enough to tell where it stands

CASES: list[tuple[str, dict[str, Any], optax.GradientTransformation]] = [
    ("sgd", {"learning_rate": 0.05}, optax.sgd(0.05)),
    ("momentum", {"learning_rate": 0.01, "beta": 0.8}, optax.sgd(0.01, 0.8)),
    ("nesterov", {"learning_rate": 0.01, "beta": 0.8}, optax.sgd(0.01, 0.8, nesterov=True)),
    ("adagrad", {"learning_rate": 0.1, "epsilon": E}, optax.adagrad(0.1, eps=E)),
    ("adadelta", {"learning_rate": 0.5, "epsilon": E}, optax.adadelta(0.5, eps=E)),
    (
        "rmsprop",
        {"learning_rate": 1e-3, "epsilon": E, "momentum": 0.5, "nesterov": True, "bias_correction": True},
        optax.rmsprop(1e-3, eps=E, momentum=0.5, nesterov=True, bias_correction=True),
    ),
    (
        "rmsprop",
        {"learning_rate": 1e-3, "epsilon": 0.1, "centered": True, "eps_in_sqrt": False, "initial_scale": 0.5},
        optax.rmsprop(1e-3, eps=0.1, centered=True, eps_in_sqrt=False, initial_scale=0.5),
    ),
    ("adam", {"learning_rate": 0.01, "epsilon": E, "eps_root": E}, optax.adam(0.01, eps=E, eps_root=E)),
    ("adam", {"learning_rate": 0.01, "epsilon": E, "amsgrad": True}, optax.amsgrad(0.01, eps=E)),
    ("adamw", {"learning_rate": 0.01, "weight_decay": 0.1}, optax.adamw(0.01, weight_decay=0.1)),
    ("nadam", {"learning_rate": 0.01, "epsilon": E}, optax.nadam(0.01, eps=E)),
    (
        "radam",
        {"learning_rate": 0.01, "epsilon": E, "threshold": 7.0},
        optax.radam(0.01, eps=E, threshold=7.0),
    ),
    ("adamax", {"learning_rate": 0.01, "epsilon": E}, optax.adamax(0.01, eps=E)),
    ("lion", {"learning_rate": 1e-3}, optax.lion(1e-3)),
    ("lamb", {"learning_rate": 0.01, "weight_decay": 0.1}, optax.lamb(0.01, weight_decay=0.1)),
    ("muon", {"learning_rate": 0.01}, optax.contrib.muon(0.01)),
    ("schedule_free", {}, optax.contrib.schedule_free_adamw()),
    ("schedule_free", {"learning_rate": 0.05, "base": "sgd"}, optax.contrib.schedule_free_sgd(0.05)),
]


def _trajectory(optimizer: optax.GradientTransformation) -> Any:
    def step(carry: Any, noise: Any) -> Any:
        params, state = carry
        g = problems.gradients(jnp, params, noise)
        updates, state = optimizer.update(g, state, params)
        params = optax.apply_updates(params, updates)
        return (params, state), params

    params = {k: jnp.asarray(w) for k, w in problems.START.items()}
    (_, state), path = jax.lax.scan(step, (params, optimizer.init(params)), problems.NOISE)
    return path, state


def _near(ours: Any, theirs: Any) -> None:
    for k, w in theirs.items():
        size = np.abs(w).max()
        np.testing.assert_allclose(ours[k], w, rtol=1e-11, atol=1e-11 * size, err_msg=k)


@pytest.mark.usefixtures("x64")
@pytest.mark.parametrize(("name", "setting", "peer"), CASES, ids=lambda part: str(part)[:40])
def test_the_optax_dialect_is_optax(name: str, setting: Any, peer: optax.GradientTransformation) -> None:
    ours = getattr(optimizers, name)(**setting, dialect="optax")
    (path, state), (wanted, peer_state) = jax.jit(lambda: (_trajectory(ours), _trajectory(peer)))()
    _near(path, wanted)
    if name == "schedule_free":
        last, peer_last = ({k: w[-1] for k, w in p.items()} for p in (path, wanted))
        _near(evaluation_parameters(state, last), optax.contrib.schedule_free_eval_params(peer_state, peer_last))
        assert eval_params is evaluation_parameters


@pytest.mark.usefixtures("x64")
def test_a_schedule_gives_the_rate_of_each_step() -> None:
    schedule = optax.exponential_decay(0.05, 10, 0.5)
    ours, peer = optimizers.momentum(schedule, beta=0.8, dialect="optax"), optax.sgd(schedule, 0.8)
    (path, _), (wanted, _) = jax.jit(lambda: (_trajectory(ours), _trajectory(peer)))()
    _near(path, wanted)


def test_it_chains_with_optax() -> None:
    chain = optax.chain(optax.clip_by_global_norm(1.0), optimizers.adam(0.1, dialect="torch"))
    params = {"w": jnp.ones(3)}
    updates, _ = chain.update(params, chain.init(params), params)
    np.testing.assert_allclose(updates["w"], -0.1, rtol=1e-5)
