"""MNIST by two stages of 3×3 convolution, 32 and 64 filters, and one dense layer: 34 826 parameters."""

from __future__ import annotations

from ..data.mnist import mnist
from ..networks.cnn import cnn
from ..nn.losses import softmax_cross_entropy
from ..nn.metrics import accuracy
from .workload import Target, Workload

__all__ = ["mnist_cnn"]

mnist_cnn = Workload(
    id="mnist-cnn",
    network=cnn,
    data=mnist,
    loss=softmax_cross_entropy,
    metrics={"accuracy": accuracy},
    target=Target("accuracy", 0.99),
    title={"en": "MNIST by a small convolutional network", "zh": "MNIST：小型卷积神经网络"},
    scaling="unit",
    batch_size=64,
    epochs=6,
    learning_rates=(2e-3,),
    schedule="linear",
    quick={"epochs": 1, "samples": 10_000},
)
