"""MNIST by a network 784-128-64-10 with ReLU and He's initialisation."""

from __future__ import annotations

from functools import partial

from ..data.mnist import mnist
from ..networks.mlp import mlp
from ..nn.losses import softmax_cross_entropy
from ..nn.metrics import accuracy
from .workload import Target, Workload

__all__ = ["mnist_mlp"]

mnist_mlp = Workload(
    id="mnist-mlp",
    network=partial(mlp, sizes=(784, 128, 64, 10)),
    data=mnist,
    loss=softmax_cross_entropy,
    metrics={"accuracy": accuracy},
    target=Target("accuracy", 0.98),
    title={"en": "MNIST by two hidden layers", "zh": "MNIST：两个隐藏层"},
    scaling="unit",
    batch_size=128,
    epochs=4.5,
    learning_rates=(6e-3,),
    schedule="one_cycle",
    quick={"epochs": 1, "samples": 10_000},
)
