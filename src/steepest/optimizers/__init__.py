"""Fifteen optimisers in up to five dialects, each a factory of an `optax.GradientTransformation`.

    from steepest.optimizers import adam
    adam(1e-3, dialect="torch")

A name is imported when it is first asked for, so importing this package loads no JAX. A factory and its module share
their name: here it is the factory's, and `OPTIMIZERS.module("adam")` is the module.
"""

from __future__ import annotations

import sys
from types import ModuleType
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


class _Package(ModuleType):
    """Importing a module sets it on its package: an optimiser's factory is set in the module's stead."""

    def __setattr__(self, name: str, value: Any) -> None:
        module = isinstance(value, ModuleType) and name in OPTIMIZERS
        super().__setattr__(name, getattr(value, name) if module else value)


sys.modules[__name__].__class__ = _Package
