"""A race by Ray Tune: a grid search whose trials are PyTorch runs, one core each, two at a time.

The data stand in Ray's object store. Timed: `Tuner.fit()`, which starts and ends each trial's worker; not timed:
imports, reading the data, `ray.init`.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping
from typing import Any

os.environ.setdefault("RAY_AIR_NEW_OUTPUT", "0")
os.environ.setdefault("RAY_TRAIN_ENABLE_V2_MIGRATION_WARNINGS", "0")

import ray
from ray import tune

from benchmarks.peers.arrays import load
from benchmarks.peers.grid import Run, grid
from benchmarks.side import play


def trial(config: dict[str, Any], arrays: Any = None, params: Any = None) -> None:
    """One run, in a worker of its own."""
    import torch

    from benchmarks.peers.torch_memory import accuracy, tensors, train

    torch.set_num_threads(1)
    data = tensors(arrays, params["workload"])
    model, _ = train(Run(**config), data, params)
    tune.report({"accuracy": accuracy(model, *data[2:])})


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """The whole grid."""
    runs, arrays = grid(params), load(params)
    with tempfile.TemporaryDirectory() as folder:
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
        started = time.perf_counter()
        tuner = tune.Tuner(
            tune.with_resources(tune.with_parameters(trial, arrays=arrays, params=dict(params)), {"cpu": 1}),
            param_space={
                "optimizer": tune.grid_search(list(params["optimizers"])),
                "rate": tune.grid_search(list(params["rates"])),
                "seed": tune.grid_search(sorted({run.seed for run in runs})),
            },
            run_config=tune.RunConfig(storage_path=folder, verbose=0),
        )
        found = tuner.fit()
        seconds = time.perf_counter() - started
        if found.errors:
            raise RuntimeError(str(found.errors[0]))
        results = [Run(**r.config).result(float(r.metrics["accuracy"])) for r in found]
        ray.shutdown()
    return {
        "seconds": seconds,
        "accuracy": sum(r["accuracy"] for r in results) / len(results),
        "runs": results,
        "detail": "two trials at a time, one core each",
    }


if __name__ == "__main__":
    play(measure)
