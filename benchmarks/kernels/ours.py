"""Our side: a training step inside lax.scan, runs vmapped over weights and sharing batches, one row per device."""

from __future__ import annotations

import time
from collections.abc import Callable

import equinox as eqx
import jax
import numpy as np
import optax
from jax.sharding import Mesh, PartitionSpec

from steepest.devices import prepare
from steepest.networks.registry import NETWORKS
from steepest.nn.losses import softmax_cross_entropy
from steepest.optimizers import OPTIMIZERS

BATCH = 128


def stepper(name: str, runs: int, steps: int, *, split: bool = False) -> Callable[[], tuple[float, float]]:
    """A compiled chunk of Adam steps of `runs` runs; each call returns wall and processor seconds a step.

    Runs are spread over the devices; `split` instead gives each device a part of one run's batch.
    """
    prepare()
    devices = jax.device_count() if split or runs % jax.device_count() == 0 else 1
    mesh = Mesh(np.array(jax.devices()[:devices]), ("rows",))
    network, rule = NETWORKS.load(name), OPTIMIZERS.load("adam")(1e-3)
    width = runs if split else runs // devices
    key = jax.random.key(0)
    x = jax.random.uniform(key, (8 * BATCH, 28, 28))
    y = jax.random.randint(key, (8 * BATCH,), 0, 10)
    order = jax.random.randint(key, (steps, BATCH), 0, 8 * BATCH)
    static = eqx.filter(network(key), eqx.is_inexact_array, inverse=True)

    def init(key: jax.Array) -> tuple[optax.Params, optax.OptState]:
        parameters = eqx.filter(network(key), eqx.is_inexact_array)
        return parameters, rule.init(parameters)

    def step(state, x, y):  # type: ignore[no-untyped-def]
        parameters, inner = state
        loss, gradient = jax.value_and_grad(lambda p: softmax_cross_entropy(eqx.combine(p, static)(x), y).mean())(
            parameters
        )
        if split:
            loss, gradient = jax.lax.pmean((loss, gradient), "rows")
        updates, inner = rule.update(gradient, inner, parameters)
        return (optax.apply_updates(parameters, updates), inner), loss

    def advance(state, order):  # type: ignore[no-untyped-def]
        state = jax.tree.map(lambda a: a[0], state)
        state, losses = jax.lax.scan(
            lambda state, at: jax.vmap(step, (0, None, None))(state, x[at], y[at]), state, order
        )
        return jax.tree.map(lambda a: a[None], (state, losses))

    rows, whole = PartitionSpec("rows"), PartitionSpec()
    parts = PartitionSpec(None, "rows") if split else whole
    state = jax.jit(jax.vmap(jax.vmap(init)))(jax.random.split(key, (devices, width)))
    chunk = (
        jax.jit(jax.shard_map(advance, mesh=mesh, in_specs=(rows, parts), out_specs=rows, check_vma=False))
        .lower(state, order)
        .compile()
    )

    def go() -> tuple[float, float]:
        wall, processor = time.perf_counter(), time.process_time()
        jax.block_until_ready(chunk(state, order))
        return (time.perf_counter() - wall) / steps, (time.process_time() - processor) / steps

    go()
    return go
