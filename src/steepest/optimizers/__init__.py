"""Fifteen optimisers in up to five dialects, each a factory of an `optax.GradientTransformation`.

    from steepest.optimizers import adam
    adam(1e-3, dialect="torch")

A name is imported when it is first asked for, so importing this package loads no JAX.
"""

from __future__ import annotations

from typing import Any

from .registry import OPTIMIZERS

__all__ = [  # noqa: RUF022  (the registry's order; a test holds the two equal)
    "OPTIMIZERS",
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
]


def __getattr__(name: str) -> Any:
    if name in OPTIMIZERS:
        return OPTIMIZERS.load(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
