"""Two moons and a tiny deep network 2-5-2-1, made to show Adam ahead of plain descent and momentum."""

from __future__ import annotations

from functools import partial

from ..data.moons import moons
from ..networks.mlp import mlp
from ..nn.losses import sigmoid_cross_entropy
from ..nn.metrics import binary_accuracy
from .workload import Workload

__all__ = ["moons_deep"]

moons_deep = Workload(
    id="moons-deep",
    network=partial(mlp, sizes=(2, 5, 2, 1)),
    data=moons,
    loss=sigmoid_cross_entropy,
    metrics={"accuracy": binary_accuracy},
    title={"en": "Two moons: descent, momentum, Adam", "zh": "两个月牙：梯度下降、动量与 Adam"},
    batch_size=64,
    epochs=1_000,
    optimizers=("sgd", "momentum", "adam"),
    learning_rates=(7e-4,),
    quick={"epochs": 100},
)
