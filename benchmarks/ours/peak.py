"""How much of the machine's arithmetic a race uses: floating-point operations done ÷ what a large product reaches.

The peak is the best of products 2048³ in float32, by NumPy on all its threads and by JAX with one product on each
device, measured before and after the race in the same process. The operations counted are two for each
multiply-add of the products that training needs: outputs, gradients of the weights, gradients of the inputs of each
layer but the first. Optimisers, activations, validation and the test split count as time, not as work.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

import steepest
from benchmarks.ours.race import summary, timed
from benchmarks.side import play

N = 2048


def operations(sizes: Sequence[int], batch: int) -> int:
    """Of one training step of a dense network of `sizes`, inputs first."""
    products = [a * b for a, b in pairwise(sizes)]
    return 2 * batch * (3 * sum(products) - products[0])


def _rate(product: Callable[[], Any], times: int = 5) -> float:
    """The best of `times` products, in operations a second."""
    product()
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        product()
        seconds.append(time.perf_counter() - started)
    return 2 * N**3 / min(seconds)


def sgemm_peak() -> float:
    """The machine's peak in operations a second, as far as NumPy and JAX reach it."""
    a = np.random.default_rng(0).random((N, N), np.float32)
    out = np.empty_like(a)
    devices = jax.devices()
    each = [jax.device_put(a, d) for d in devices]
    multiply = jax.jit(jnp.matmul)
    together = _rate(lambda: jax.block_until_ready([multiply(x, x) for x in each])) * len(devices)
    return max(_rate(lambda: np.matmul(a, a, out=out)), together)


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """One race between two measurements of the peak."""
    sizes, batch = params["sizes"], params["batch_size"]
    told = {k: v for k, v in params.items() if k != "sizes"}
    samples = told.get("samples") or len(steepest.workload(told["workload"]).data().train)
    steps = told["epochs"] * -(-samples // batch)
    steepest.race("digits-mlp", seeds=1, epochs=1, samples=64)  # the devices are set up as a race wants them
    before = sgemm_peak()
    with tempfile.TemporaryDirectory(prefix="steepest-bench-") as folder:
        race, seconds = timed(told, Path(folder))
        work = len(race.runs) * steps * operations(sizes, batch)
        on_device = race.curves("seconds").groupby("run").seconds.last().sum()
        peak = max(before, sgemm_peak())
        return {
            **summary(race, seconds),
            "figures": {
                "peak, GF/s": peak / 1e9,
                "share of it, whole call, %": 100 * work / seconds / peak,
                "share of it, on the devices, %": 100 * work / on_device / peak,
            },
        }


if __name__ == "__main__":
    play(measure)
