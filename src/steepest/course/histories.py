"""A network of one hidden layer or none, trained on its whole training split, with its parameters after every step.

The race engine keeps what a run ends with; figures that show a network *as it trains* need the way there. Drawn,
scaled and stepped as the engine does it, so the last parameters are those of `steepest.train` with the same seed.
Hidden units beyond those wanted are zero on both sides: their gradients are zero, so they stay so, and one compiled
program serves any number of units up to MOST.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["MOST", "History", "history"]

MOST = 50  # hidden units
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class History:
    """The parameters after 0, 1, … steps, first axis the step, and the cost on the training split of each."""

    weights: tuple[Any, ...]
    biases: tuple[Any, ...]
    costs: Floats
    activation: str

    def logits(self, step: int, x: Any) -> NDArray[np.float32]:
        """The network's outputs [n] after `step` steps for scaled inputs x [n, inputs]."""
        return np.asarray(_reader(self.activation)(self.weights, self.biases, step, x))


@cache
def _reader(activation: str) -> Callable[..., Any]:
    import jax

    from ..nn.activations import activation as activation_called

    g = activation_called(activation)

    @jax.jit
    def read(weights: Any, biases: Any, step: Any, a: Any) -> Any:
        for depth, (w, b) in enumerate(zip(weights, biases, strict=True)):
            a = a @ w[step] + b[step]
            a = g(a) if depth + 1 < len(weights) else a
        return a[:, 0]

    return read


@cache
def _program(workload: str, steps: int) -> Callable[..., Any]:
    """(model, rate) -> every step's parameters and costs, compiled once for a workload and a number of steps."""
    import equinox as eqx
    import jax
    import jax.numpy as jnp

    from ..data.scaling import fit
    from ..optimizers.sgd import sgd
    from ..workloads.loading import workload as load_workload

    chosen = load_workload(workload)
    train = chosen.data().train
    shift, scale = fit(chosen.scaling, train.x)
    x, y = jnp.asarray((train.x - shift) * scale), jnp.asarray(train.y)

    @eqx.filter_jit
    def program(model: Any, rate: Any) -> Any:
        parameters, static = eqx.partition(model, eqx.is_inexact_array)
        rule = sgd(rate)

        def cost(parameters: Any) -> Any:
            return jnp.mean(chosen.loss(eqx.combine(parameters, static)(x), y))

        def step(carry: Any, _: None) -> Any:
            parameters, state = carry
            value, gradient = jax.value_and_grad(cost)(parameters)
            updates, state = rule.update(gradient, state, parameters)
            return (eqx.apply_updates(parameters, updates), state), (parameters, value)

        _, kept = jax.lax.scan(step, (parameters, rule.init(parameters)), None, length=steps + 1)
        return kept

    return program


@cache
def _drawn(workload: str, sizes: tuple[int, ...], activation: str) -> Callable[..., Any]:
    """seed -> the network of `sizes` as a race draws it, its hidden layer filled up with zeros."""
    import equinox as eqx
    import jax
    import jax.numpy as jnp

    from ..engine.lane import INIT
    from ..workloads.loading import workload as load_workload

    network: Any = load_workload(workload).network

    def drawn(seed: Any) -> Any:
        model = network(jax.random.fold_in(jax.random.key(seed), INIT), sizes=sizes, activation=activation)
        if len(sizes) == 2:
            return model
        missing = MOST - sizes[1]
        first, second = model.layers
        first = eqx.tree_at(
            lambda layer: (layer.weight, layer.bias),
            first,
            (jnp.pad(first.weight, ((0, 0), (0, missing))), jnp.pad(first.bias, (0, missing))),
        )
        second = eqx.tree_at(lambda layer: layer.weight, second, jnp.pad(second.weight, ((0, missing), (0, 0))))
        return eqx.tree_at(lambda m: m.layers, model, (first, second))

    return eqx.filter_jit(drawn)


@lru_cache(maxsize=64)
def history(workload: str, hidden: int, rate: float, steps: int, *, activation: str = "tanh", seed: int = 0) -> History:
    """`steps` steps of whole-batch descent on `workload` with `hidden` units, 0 to MOST, at learning rate `rate`."""
    import jax.numpy as jnp

    from ..workloads.loading import workload as load_workload

    inputs, *_, outputs = load_workload(workload).network.keywords["sizes"]  # type: ignore[attr-defined]
    sizes = (inputs, hidden, outputs) if hidden else (inputs, outputs)
    kept, costs = _program(workload, steps)(_drawn(workload, sizes, activation)(np.uint32(seed)), jnp.float32(rate))
    weights, biases = (tuple(getattr(layer, name) for layer in kept.layers) for name in ("weight", "bias"))
    return History(weights, biases, np.asarray(costs), activation)
