"""MNIST by softmax regression: one layer, 784→10, the least that reads digits."""

from __future__ import annotations

from functools import partial

from ..data.mnist import mnist
from ..networks.mlp import mlp
from ..nn.losses import softmax_cross_entropy
from ..nn.metrics import accuracy
from .workload import Target, Workload

__all__ = ["mnist_softmax"]

mnist_softmax = Workload(
    id="mnist-softmax",
    network=partial(mlp, sizes=(784, 10), init="xavier"),
    data=mnist,
    loss=softmax_cross_entropy,
    metrics={"accuracy": accuracy},
    target=Target("accuracy", 0.92),
    title={"en": "MNIST by softmax regression", "zh": "MNIST：softmax 回归"},
    scaling="unit",
    epochs=5,
    learning_rates=(4e-3,),
    schedule="linear",
    quick={"epochs": 1, "samples": 10_000},
)
