"""MNIST by an LSTM of 128 units that reads the 28 rows of a digit one after the other."""

from __future__ import annotations

from ..data.mnist import mnist
from ..networks.rows_lstm import rows_lstm
from ..nn.losses import softmax_cross_entropy
from ..nn.metrics import accuracy
from .workload import Target, Workload

__all__ = ["mnist_rows_lstm"]

mnist_rows_lstm = Workload(
    id="mnist-rows-lstm",
    network=rows_lstm,
    data=mnist,
    loss=softmax_cross_entropy,
    metrics={"accuracy": accuracy},
    target=Target("accuracy", 0.98),
    title={"en": "MNIST read row by row by an LSTM", "zh": "MNIST：LSTM 逐行读取"},
    scaling="unit",
    batch_size=64,
    epochs=5,
    learning_rates=(4e-3,),
    schedule="linear",
    quick={"epochs": 1, "samples": 10_000},
)
