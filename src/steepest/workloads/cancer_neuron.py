"""One neuron, that is logistic regression: is a tumour malignant or benign? 30 standardised measurements."""

from __future__ import annotations

from functools import partial

from ..data.cancer import cancer
from ..networks.mlp import mlp
from ..nn.losses import sigmoid_cross_entropy
from ..nn.metrics import binary_accuracy
from .workload import Target, Workload

__all__ = ["cancer_neuron"]

cancer_neuron = Workload(
    id="cancer-neuron",
    network=partial(mlp, sizes=(30, 1), init="xavier"),
    data=cancer,
    loss=sigmoid_cross_entropy,
    metrics={"accuracy": binary_accuracy},
    target=Target("accuracy", 0.97),
    title={"en": "One neuron tells tumours apart", "zh": "一个神经元：乳腺肿瘤的良恶性"},
    scaling="standardise",
    batch_size=341,
    epochs=200,
    optimizers=("sgd",),
    learning_rates=(0.1,),
    quick={"epochs": 20},
)
