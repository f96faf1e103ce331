"""One hidden layer of four tanh units against the planar flower, whose petals no line parts; full batch."""

from __future__ import annotations

from functools import partial

from ..data.flower import flower
from ..networks.mlp import mlp
from ..nn.losses import sigmoid_cross_entropy
from ..nn.metrics import binary_accuracy
from .workload import Target, Workload

__all__ = ["flower_shallow"]

flower_shallow = Workload(
    id="flower-shallow",
    network=partial(mlp, sizes=(2, 4, 1), activation="tanh", init="normal"),
    data=flower,
    loss=sigmoid_cross_entropy,
    metrics={"accuracy": binary_accuracy},
    target=Target("accuracy", 0.88),
    title={"en": "A shallow network parts the petals of a flower", "zh": "浅层网络：平面花的两类花瓣"},
    scaling="standardise",
    batch_size=400,
    epochs=1_000,
    optimizers=("sgd",),
    learning_rates=(1.2,),
    quick={"epochs": 200},
)
