"""The optimisers, by name: a file and a line add one, and enrol it in its contract tests. No JAX here."""

from __future__ import annotations

from ..core.registry import Registry

__all__ = ["OPTIMIZERS"]

OPTIMIZERS = Registry(
    "optimizer",
    "steepest.optimizers",
    (
        "sgd",
        "momentum",
        "nesterov",
        "adagrad",
        "adadelta",
        "rmsprop",
        "adam",
        "adamw",
        "nadam",
        "radam",
        "adamax",
        "lion",
        "lamb",
        "muon",
        "schedule_free",
    ),
)
