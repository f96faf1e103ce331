"""One run's pure functions, joined from a workload and a configuration's structure; numbers come later, traced."""

from __future__ import annotations

import inspect
from functools import partial
from typing import Any, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
import optax

from ..core.errors import BadValue
from ..core.spec import Configuration
from ..engine.rules import WHOLE, Numbers, Rules, Share
from ..engine.work import abstract_key
from ..nn.metric import declared
from ..nn.redraw import redraw
from ..optimizers.registry import OPTIMIZERS
from ..workloads.workload import Workload
from .factories import Factory
from .own import Own
from .schedule import PREFIX, RunSchedule
from .trial import trial

__all__ = ["build_rules", "is_optimizers", "learns", "named_arrays", "optimizer_of"]

# hyper-parameters that belong to training, not to the optimizer
TRAINING = ("batch_size", "schedule", "init", "init_scale", "l1", "l2", "keep_prob")


class Trained(NamedTuple):
    """What a run carries from step to step."""

    parameters: Any
    optimizer: Any
    plateau: Any


def weights(parameters: Any) -> list[jax.Array]:
    """The leaves that decay: weights, not biases."""
    return [leaf for leaf in jax.tree.leaves(parameters) if leaf.ndim >= 2]


def named_arrays(tree: Any) -> dict[str, jax.Array]:
    """A model's arrays under dotted names, e.g. `layers.0.weight`."""
    leaves, _ = jax.tree_util.tree_flatten_with_path(tree)
    return {jax.tree_util.keystr(path, simple=True, separator="."): leaf for path, leaf in leaves}


def is_optimizers(name: str) -> bool:
    """Whether the hyper-parameter `name` is an argument of the optimizer."""
    return name not in TRAINING and not name.startswith(PREFIX)


def optimizer_of(configuration: Configuration, own: Factory | None) -> tuple[Factory, Any]:
    """The factory, `own` when that is not registered, with its structure bound, and its parameters to evaluate with."""
    name = configuration.optimizer
    structure = {k: v for k, v in configuration.structure.items() if is_optimizers(k)}
    if own is not None:
        return partial(own, **structure), None
    return partial(OPTIMIZERS.load(name), **structure), getattr(OPTIMIZERS.module(name), "evaluation_parameters", None)


def learns(leaf: Any) -> bool:
    """Whether a leaf of a model is among its parameters."""
    return hasattr(leaf, "dtype") and jnp.issubdtype(leaf.dtype, jnp.inexact)


def _static(workload: Workload, shapes: Any) -> Any:
    """The network without its parameters. Built for real only when it holds arrays that do not learn."""
    if any(hasattr(leaf, "dtype") and not learns(leaf) for leaf in jax.tree.leaves(shapes)):
        return eqx.filter(workload.network(jax.random.key(0)), eqx.is_inexact_array, inverse=True)
    return eqx.filter(shapes, lambda leaf: not learns(leaf))


def build_rules(
    workload: Workload,
    configuration: Configuration,
    steps_per_epoch: int,
    epochs: float,
    own: Own | None = None,
) -> Rules:
    """The rules of every run of `configuration`'s lane; only its structure and the names of its numbers matter.

    `own` is what of the race is not registered.
    """
    names = [n for n in configuration.numbers if is_optimizers(n)]
    own_factory, own_rates = (own or Own()).of(configuration)
    factory, evaluation_parameters = optimizer_of(configuration, own_factory)
    schedule = RunSchedule(configuration, steps_per_epoch, epochs, own_rates)
    shapes = eqx.filter_eval_shape(workload.network, abstract_key())
    static = _static(workload, shapes)
    for name in ("init", "l1", "l2"):
        if name in configuration.hyperparameters and not weights(eqx.filter(shapes, learns)):
            raise BadValue(f"{name}: {workload.id!r} has no weights; leave --{name} out")
    if own_factory is not None:
        given = {*names, "learning_rate"} if own_rates is not None else names
        trial(configuration.label, factory, given, eqx.filter(shapes, learns))
    init_name = configuration.structure.get("init")
    drops = "keep_prob" in configuration.numbers
    if drops and "keep_prob" not in inspect.signature(static).parameters:
        raise BadValue(f"keep_prob: the network of {workload.id!r} has no dropout; leave --keep-prob out")

    def transformation(numbers: Numbers, rate: jax.Array) -> Any:
        given = {n: numbers[n] for n in names if n != "learning_rate"}
        if schedule.sets_rates:
            given["learning_rate"] = rate
        return factory(**given)

    def rate_at(numbers: Numbers, step: Any, plateau: Any) -> jax.Array:
        if not schedule.sets_rates:
            return jnp.float32(1)
        return schedule.rate(numbers, step, plateau)

    def penalty(parameters: Any, numbers: Numbers) -> Any:
        total: Any = 0.0
        if "l2" in numbers:
            total += numbers["l2"] / 2 * sum(jnp.sum(w * w) for w in weights(parameters))
        if "l1" in numbers:
            total += numbers["l1"] * sum(jnp.sum(jnp.abs(w)) for w in weights(parameters))
        return total

    def init(key: jax.Array, numbers: Numbers) -> Trained:
        model = workload.network(key)
        if init_name is not None:
            model = redraw(model, str(init_name), key, numbers["init_scale"])
        parameters = eqx.filter(model, eqx.is_inexact_array)
        plateau = schedule.init(numbers)
        rate = rate_at(numbers, 0, plateau)
        return Trained(parameters, transformation(numbers, rate).init(parameters), plateau)

    def step(state: Trained, numbers: Numbers, batch: Any, at: jax.Array, key: jax.Array, share: Share = WHOLE) -> Any:
        x, y, weight, samples = batch

        def part(parameters: Any) -> jax.Array:
            model = eqx.combine(parameters, static)
            outputs = model(x, key=key, keep_prob=numbers["keep_prob"]) if drops else model(x)
            mean = jnp.sum(workload.loss(outputs, y) * weight) / samples
            return mean + penalty(parameters, numbers) / share.parts

        def objective(parameters: Any) -> jax.Array:
            return share.total(part(parameters))

        loss, gradient = share.total(jax.value_and_grad(part)(state.parameters))
        rule = optax.with_extra_args_support(transformation(numbers, rate_at(numbers, at, state.plateau)))
        updates, optimizer = rule.update(
            gradient, state.optimizer, state.parameters, value=loss, grad=gradient, value_fn=objective
        )
        return Trained(optax.apply_updates(state.parameters, updates), optimizer, state.plateau), loss

    def final(state: Trained) -> Any:
        if evaluation_parameters is None:
            return state.parameters
        return evaluation_parameters(state.optimizer, state.parameters)

    metrics = {name: declared(name, metric) for name, metric in workload.metrics.items()}
    wholes = {name: metric.of for name, metric in metrics.items() if metric.whole}

    def evaluate(state: Trained, x: jax.Array, y: jax.Array) -> tuple[dict[str, jax.Array], Any]:
        outputs = eqx.combine(final(state), static)(x)
        measured = {name: metric.of(outputs, y) for name, metric in metrics.items() if not metric.whole}
        return {"loss": workload.loss(outputs, y), **measured}, outputs if wholes else ()

    def whole(outputs: Any, y: jax.Array) -> dict[str, jax.Array]:
        return {name: jnp.asarray(of(outputs, y)) for name, of in wholes.items()}

    def observe(state: Trained, numbers: Numbers, validation_loss: jax.Array) -> Trained:
        return state._replace(plateau=schedule.observe(state.plateau, numbers, validation_loss))

    return Rules(
        init=init,
        step=step,
        evaluate=evaluate,
        model=lambda state: named_arrays(final(state)),
        observe=observe if schedule.listens else None,
        whole=whole if wholes else None,
    )
