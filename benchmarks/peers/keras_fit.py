"""Keras 3 on TensorFlow: `compile` and `fit` for each run, on arrays in memory.

`steps_per_execution` above 1 is the best form of `fit`, 1 the common one. Timed: building, compiling, fitting and
evaluating every run, after imports and reading the data.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from benchmarks.peers.arrays import load
from benchmarks.peers.grid import Run, grid
from benchmarks.side import play


def mlp() -> keras.Model:
    """784-128-64-10 with ReLU and He's initialisation."""
    he = keras.initializers.VarianceScaling(2.0, "fan_in", "untruncated_normal")
    layers = [keras.layers.Dense(n, activation="relu", kernel_initializer=he) for n in (128, 64)]
    last = keras.layers.Dense(10, kernel_initializer=he)
    return keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), *layers, last])


def optimizer(run: Run) -> keras.optimizers.Optimizer:
    """The textbook's optimizer as Keras has it; its momentum takes the rate times 1 − β."""
    return {
        "sgd": lambda: keras.optimizers.SGD(run.rate),
        "momentum": lambda: keras.optimizers.SGD(run.rate * 0.1, momentum=0.9),
        "rmsprop": lambda: keras.optimizers.RMSprop(run.rate, rho=0.9, epsilon=1e-8),
        "adam": lambda: keras.optimizers.Adam(run.rate, epsilon=1e-8),
    }[run.optimizer]()


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """Every run of the grid, one after the other."""
    runs, arrays = grid(params), load(params)
    results, parameters = [], 0
    started = time.perf_counter()
    for run in runs:
        keras.utils.set_random_seed(run.seed)
        model = mlp()
        model.compile(
            optimizer=optimizer(run),
            loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            metrics=["accuracy"],
            steps_per_execution=params.get("steps_per_execution", 1),
        )
        model.fit(arrays.x, arrays.y, batch_size=params["batch_size"], epochs=params["epochs"], verbose=0)
        _, accuracy = model.evaluate(arrays.x_test, arrays.y_test, batch_size=1000, verbose=0)
        results.append(run.result(float(accuracy)))
        parameters = model.count_params()
        keras.backend.clear_session()
    return {
        "seconds": time.perf_counter() - started,
        "accuracy": float(np.mean([r["accuracy"] for r in results])),
        "runs": results,
        "parameters": parameters,
        "steps": params["epochs"] * -(-len(arrays.x) // params["batch_size"]),
    }


if __name__ == "__main__":
    play(measure)
