"""A workload of your own: network + data + loss + metrics, ten lines. Race it: steepest race examples/wine.py -o adam"""

from functools import partial

from sklearn.datasets import load_wine

import steepest

wine = steepest.Workload(
    id="wine",
    network=partial(steepest.mlp, sizes=(13, 16, 3)),
    data=lambda: steepest.split(*load_wine(return_X_y=True)),
    loss=steepest.losses.softmax_cross_entropy,
    metrics={"accuracy": steepest.metrics.accuracy, "f1": steepest.metrics.f1},  # the first one ranks
    scaling="standardise",
    batch_size=16,
    epochs=30,
)
