"""The trajectories that recipes must follow: steepest's own optimizers and schedules, in float64."""

from functools import cache
from itertools import pairwise
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from steepest.nn.activations import activation
from steepest.nn.losses import sigmoid_cross_entropy, softmax_cross_entropy, squared_error
from steepest.optimizers.registry import OPTIMIZERS
from steepest.racing.rules import TRAINING
from steepest.schedules.parsing import build

from .cases import BATCH_SIZE, SAMPLES, STEPS, Case

LOSSES = {f.__name__: f for f in (softmax_cross_entropy, sigmoid_cross_entropy, squared_error)}


def problem(case: Case) -> dict[str, np.ndarray]:
    """Initial parameters, inputs and targets of the steps; the batches differ, the last of an epoch is short."""
    rng = np.random.default_rng(7)
    sizes = case.sizes
    made: dict[str, np.ndarray] = {}
    for i, (n, m) in enumerate(pairwise(sizes)):
        made[f"layers.{i}.weight"] = rng.normal(size=(n, m)) / np.sqrt(n)
        made[f"layers.{i}.bias"] = 0.1 * rng.normal(size=m)
    made["x"] = rng.normal(size=(STEPS, BATCH_SIZE, sizes[0]))
    shape = (STEPS, BATCH_SIZE)
    made["y"] = {
        "softmax_cross_entropy": lambda: rng.integers(0, sizes[-1], shape),
        "sigmoid_cross_entropy": lambda: rng.integers(0, 2, shape),
        "squared_error": lambda: rng.normal(size=(*shape, sizes[-1])),
    }[case.loss]()
    return made


def schedule(hyperparameters: dict[str, Any], epochs: float, steps_per_epoch: int) -> Any:
    own = {k.removeprefix("schedule."): v for k, v in hyperparameters.items() if k.startswith("schedule.")}
    numbers = {k: [v] for k, v in own.items() if not isinstance(v, bool)}
    structure = {k: v for k, v in own.items() if isinstance(v, bool)}
    description = {"name": hyperparameters["schedule"], "numbers": numbers, "structure": structure}
    numbers = {"learning_rate": hyperparameters["learning_rate"]}
    return build(description, numbers, steps_per_epoch, epochs)


@cache
def _gradient(activated: str, loss: str, l1: float, l2: float) -> Any:
    g = activation(activated)

    def objective(w: Any, x: Any, y: Any) -> Any:
        depth = len(w) // 2
        for i in range(depth):
            x = x @ w[f"layers.{i}.weight"] + w[f"layers.{i}.bias"]
            x = g(x) if i < depth - 1 else x
        matrices = [a for a in w.values() if a.ndim == 2]
        return LOSSES[loss](x, y).mean() + sum(l2 / 2 * (a * a).sum() + l1 * abs(a).sum() for a in matrices)

    return jax.jit(jax.grad(objective))


def trajectory(case: Case) -> dict[str, np.ndarray]:
    """The parameters after every step, [STEPS, ...] by name; those that are judged where they differ, at the end."""
    h, given = case.hyperparameters, problem(case)
    x, y = jnp.asarray(given.pop("x")), jnp.asarray(given.pop("y"))
    own = {k: v for k, v in h.items() if k not in TRAINING and not k.startswith("schedule.")}
    own["learning_rate"] = schedule(h, STEPS * BATCH_SIZE / SAMPLES, SAMPLES // BATCH_SIZE)
    module = OPTIMIZERS.module(case.optimizer)
    rule = OPTIMIZERS.load(case.optimizer)(**own)
    slope = _gradient(case.activation, case.loss, h.get("l1", 0), h.get("l2", 0))
    w: Any = {k: jnp.asarray(v) for k, v in given.items()}
    state, listed = rule.init(w), []
    for batch in zip(x, y, strict=True):  # op by op: compiling each case would take longer than its steps
        updates, state = rule.update(slope(w, *batch), state, w)
        w = optax.apply_updates(w, updates)
        listed.append(w)
    if hasattr(module, "evaluation_parameters"):
        listed.append(module.evaluation_parameters(state, w))
    return {k: np.stack([one[k] for one in listed]) for k in w}
