"""Regression of your own: ten measurements of a patient -> how far diabetes has come a year later.

    steepest race examples/diabetes.py -o sgd -o adam --lr 1e-4..1e-1:7 --l2 0,0.1

Targets are brought to mean 0 and spread 1 by the training split, on which every rate then means the same; the metrics
are in the units of the data, and a prediction p is `p * spread + mean`.
"""

from functools import partial

import jax.numpy as jnp
from sklearn.datasets import load_diabetes

import steepest

x, y = load_diabetes(return_X_y=True)
train = steepest.split(x, y).train
mean, spread = float(train.y.mean()), float(train.y.std())

diabetes = steepest.Workload(
    id="diabetes",
    network=partial(steepest.mlp, sizes=(10, 32, 1)),
    data=lambda: steepest.split(x, (y - mean) / spread),  # the same seed, so the same split
    loss=steepest.losses.squared_error,
    metrics={
        "rmse": steepest.Metric(steepest.losses.squared_error, better="less", finish=lambda s: spread * jnp.sqrt(s)),
        "r2": steepest.metrics.r2,
    },
    scaling="standardise",
    batch_size=32,
    epochs=30,
)
