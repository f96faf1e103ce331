"""The MNIST convnet of Keras's own examples, until it reaches a test accuracy.

Architecture and settings as documented at keras.io/examples/vision/mnist_convnet: convolutions 3×3 of 32 and 64 maps,
each with ReLU and 2×2 pooling, dropout one half, a softmax layer; Adam at its defaults, batch 128, a tenth held out,
at most 15 epochs. Beside the example, the test split is measured after each epoch, and training stops at the first
that reaches the target. Timed: building, compiling and all epochs up to that one, evaluations included.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from benchmarks.peers.arrays import load
from benchmarks.side import play


def convnet() -> keras.Model:
    """The example's network."""
    layers: list[Any] = [keras.Input((28, 28, 1))]
    for maps in (32, 64):
        layers += [keras.layers.Conv2D(maps, 3, activation="relu"), keras.layers.MaxPooling2D(2)]
    layers += [keras.layers.Flatten(), keras.layers.Dropout(0.5), keras.layers.Dense(10, activation="softmax")]
    return keras.Sequential(layers)


class UntilReached(keras.callbacks.Callback):
    """Stops after the first epoch that reaches `target` on the test split."""

    def __init__(self, x: Any, y: Any, target: float) -> None:
        super().__init__()
        self.x, self.y, self.target, self.accuracies = x, y, target, []

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        _, accuracy = self.model.evaluate(self.x, self.y, batch_size=1000, verbose=0)
        self.accuracies.append(float(accuracy))
        self.model.stop_training = accuracy >= self.target


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """One seed."""
    arrays = load(params)
    keras.utils.set_random_seed(params["round"])
    started = time.perf_counter()
    x, x_test = arrays.x[..., np.newaxis], arrays.x_test[..., np.newaxis]
    y, y_test = keras.utils.to_categorical(arrays.y, 10), keras.utils.to_categorical(arrays.y_test, 10)
    model = convnet()
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    until = UntilReached(x_test, y_test, params["target"])
    model.fit(x, y, batch_size=128, epochs=params["epochs"], validation_split=0.1, callbacks=[until], verbose=0)
    return {
        "seconds": time.perf_counter() - started,
        "accuracy": until.accuracies[-1],
        "figures": {"epochs": len(until.accuracies), "reached": float(until.accuracies[-1] >= params["target"])},
    }


if __name__ == "__main__":
    play(measure)
