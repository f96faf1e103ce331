"""The training loss at many points of a plane in parameter space: one compiled program, its points shared out.

Points are sharded over the devices. A small network's points go side by side; those of one whose matrix products fill a
core go one after another, which leaves its products as large as they are in training.
"""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import Mesh, NamedSharding, PartitionSpec
from numpy.typing import NDArray

from ..data import scaling
from ..engine.plan import ALONE_BYTES, CACHE_BYTES
from ..workloads.workload import Workload
from .replay import parameter_names

__all__ = ["losses"]

BATCH = 500  # samples that go through the network at once
MOST_BESIDE = 64  # points side by side on a device


def losses(
    workload: Workload, centre: NDArray[Any], directions: NDArray[Any], points: NDArray[Any], samples: int
) -> NDArray[np.float32]:
    """The mean loss [m] over the first `samples` of the training split at centre + a d₁ + b d₂, points [m, 2] = (a, b).

    `centre` [D] and `directions` [2, D] are in the order of `parameter_names`.
    """
    mesh = Mesh(np.array(jax.devices()), ("points",))
    devices = mesh.size
    beside = _beside(4 * len(centre))
    blocks = math.ceil(len(points) / (devices * beside))
    padded = np.resize(points, (devices * blocks, beside, 2)).astype(np.float32)
    batches = _batches(workload, samples)
    measure = _program(workload, mesh, beside)
    sharded, whole = (NamedSharding(mesh, PartitionSpec(*axes)) for axes in (("points",), ()))
    base = centre.astype(np.float32), directions.astype(np.float32), batches
    out = measure(jax.device_put(padded, sharded), *jax.device_put(base, whole))
    return np.asarray(out).ravel()[: len(points)]


def _beside(size: int) -> int:
    return 1 if size >= ALONE_BYTES else max(1, min(MOST_BESIDE, CACHE_BYTES // (16 * size)))


def _batches(workload: Workload, samples: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.float32]]:
    """Inputs (scaled, float32), targets and weights, as [batches, size, ...]; weights sum to one."""
    train = workload.data().train
    first = train.first(samples)
    n = len(first)
    count = math.ceil(n / BATCH)
    size = math.ceil(n / count)
    shift, scale = scaling.fit(workload.scaling, train.x)
    x = (first.x.astype(np.float32) - shift) * scale

    def cut(values: NDArray[Any]) -> NDArray[Any]:
        missing = np.zeros((count * size - n, *values.shape[1:]), values.dtype)
        return np.concatenate([values, missing]).reshape(count, size, *values.shape[1:])

    return cut(x.astype(np.float32)), cut(first.y), cut(np.full(n, 1 / n, np.float32))


def _program(workload: Workload, mesh: Mesh, beside: int) -> Any:
    shapes = list(parameter_names(workload).values())
    model = workload.network(jax.random.key(0))
    parameters, static = eqx.partition(model, eqx.is_inexact_array)
    structure = jax.tree.structure(parameters)
    ends = np.cumsum([math.prod(shape) for shape in shapes])

    def one(point: Any, centre: Any, directions: Any, batches: Any) -> Any:
        flat = centre + point @ directions
        leaves = [part.reshape(shape) for part, shape in zip(jnp.split(flat, ends[:-1]), shapes, strict=True)]
        network = eqx.combine(jax.tree.unflatten(structure, leaves), static)

        def add(total: Any, batch: Any) -> Any:
            x, y, weight = batch
            each = workload.loss(network(x), y)
            return total + jnp.sum(jnp.where(weight > 0, each * weight, 0)), None

        return jax.lax.scan(add, jnp.float32(0), batches)[0]

    def mine(points: Any, centre: Any, directions: Any, batches: Any) -> Any:
        if beside == 1:
            return jax.lax.map(lambda p: one(p[0], centre, directions, batches)[None], points)
        many = jax.vmap(partial(one), (0, None, None, None))
        return jax.lax.map(lambda p: many(p, centre, directions, batches), points)

    whole = PartitionSpec()
    specs = (PartitionSpec("points"), whole, whole, whole)
    return jax.jit(jax.shard_map(mine, mesh=mesh, in_specs=specs, out_specs=PartitionSpec("points"), check_vma=False))
