"""MNIST by LeNet-5, with ReLU and max-pooling."""

from __future__ import annotations

from ..data.mnist import mnist
from ..networks.lenet5 import lenet5
from ..nn.losses import softmax_cross_entropy
from ..nn.metrics import accuracy
from .workload import Target, Workload

__all__ = ["mnist_lenet5"]

mnist_lenet5 = Workload(
    id="mnist-lenet5",
    network=lenet5,
    data=mnist,
    loss=softmax_cross_entropy,
    metrics={"accuracy": accuracy},
    target=Target("accuracy", 0.99),
    title={"en": "MNIST by LeNet-5", "zh": "MNIST：经典网络 LeNet-5"},
    scaling="unit",
    batch_size=96,
    epochs=2.5,
    learning_rates=(1e-2,),
    schedule="one_cycle",
    quick={"epochs": 1, "samples": 20_000},
)
