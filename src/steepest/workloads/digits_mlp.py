"""Small digits (8×8) read by a network 64-32-10: a second's work, hence the default of the tests."""

from __future__ import annotations

from functools import partial

from ..data.digits import digits
from ..networks.mlp import mlp
from ..nn.losses import softmax_cross_entropy
from ..nn.metrics import accuracy
from .workload import Target, Workload

__all__ = ["digits_mlp"]

digits_mlp = Workload(
    id="digits-mlp",
    network=partial(mlp, sizes=(64, 32, 10)),
    data=digits,
    loss=softmax_cross_entropy,
    metrics={"accuracy": accuracy},
    target=Target("accuracy", 0.95),
    title={"en": "Small digits, one hidden layer", "zh": "小号手写数字：一个隐藏层"},
    scaling="unit",
    batch_size=64,
    epochs=20,
    learning_rates=(5e-3,),
    quick={"epochs": 3},
)
