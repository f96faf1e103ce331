"""The workloads by name, in the order of the course."""

from __future__ import annotations

from ..core.registry import Registry

__all__ = ["WORKLOADS"]

WORKLOADS = Registry(
    "workload",
    "steepest.workloads",
    (
        "cancer-neuron",
        "flower-shallow",
        "digits-mlp",
        "moons-deep",
        "mnist-softmax",
        "mnist-mlp",
        "mnist-cnn",
        "mnist-lenet5",
        "mnist-rows-lstm",
    ),
)
