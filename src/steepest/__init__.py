"""Steepest (最速): race hundreds of optimiser configurations of one network as one compiled program.

    import steepest
    race = steepest.race("mnist-mlp", ["momentum", "adam"], lr="1e-4..1:9", seeds=3, epochs=2)
    race.ranking

Importing this module imports nothing else; each name is loaded at its first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import schedules
    from .averages import ewma
    from .core.errors import BadFile, BadValue, SteepestError, TooLarge, Unavailable, UnknownName, UserError
    from .data.splits import Split, Splits
    from .data.splitting import split
    from .networks.mlp import mlp
    from .nn import losses, metrics
    from .nn.batched import batched
    from .nn.metric import Metric
    from .optimizers.adadelta import adadelta
    from .optimizers.adagrad import adagrad
    from .optimizers.adam import adam
    from .optimizers.adamax import adamax
    from .optimizers.adamw import adamw
    from .optimizers.lamb import lamb
    from .optimizers.lion import lion
    from .optimizers.momentum import momentum
    from .optimizers.muon import muon
    from .optimizers.nadam import nadam
    from .optimizers.nesterov import nesterov
    from .optimizers.radam import radam
    from .optimizers.rmsprop import rmsprop
    from .optimizers.schedule_free import schedule_free
    from .optimizers.sgd import sgd
    from .racing.comparison import compare
    from .racing.descent import descend
    from .racing.loss_plane import LossPlane, loss_plane
    from .racing.race import race, resume, train
    from .racing.results import Race, Run, open_race
    from .stats.rank import rank
    from .surfaces.loading import surface
    from .surfaces.surface import Surface
    from .workloads.loading import workload
    from .workloads.workload import Target, Workload

    open = open_race

__version__ = "0.1.0"

_OPTIMIZERS = (
    "adadelta adagrad adam adamax adamw lamb lion momentum muon nadam nesterov radam rmsprop schedule_free sgd"
).split()
_ERRORS = "BadFile BadValue SteepestError TooLarge Unavailable UnknownName UserError".split()
_PLACES = {
    **{name: f"optimizers.{name}" for name in _OPTIMIZERS},
    **dict.fromkeys(_ERRORS, "core.errors"),
    "LossPlane": "racing.loss_plane",
    "Metric": "nn.metric",
    "Race": "racing.results",
    "Run": "racing.results",
    "Split": "data.splits",
    "Splits": "data.splits",
    "Surface": "surfaces.surface",
    "Target": "workloads.workload",
    "Workload": "workloads.workload",
    "batched": "nn.batched",
    "compare": "racing.comparison",
    "descend": "racing.descent",
    "ewma": "averages",
    "loss_plane": "racing.loss_plane",
    "losses": "nn",
    "metrics": "nn",
    "mlp": "networks.mlp",
    "open": "racing.results:open_race",
    "race": "racing.race",
    "rank": "stats.rank",
    "resume": "racing.race",
    "schedules": "",
    "split": "data.splitting",
    "surface": "surfaces.loading",
    "train": "racing.race",
    "workload": "workloads.loading",
}

__all__ = [  # without `open`, so that `import *` leaves Python's own alone
    "BadFile",
    "BadValue",
    "LossPlane",
    "Metric",
    "Race",
    "Run",
    "Split",
    "Splits",
    "SteepestError",
    "Surface",
    "Target",
    "TooLarge",
    "Unavailable",
    "UnknownName",
    "UserError",
    "Workload",
    "adadelta",
    "adagrad",
    "adam",
    "adamax",
    "adamw",
    "batched",
    "compare",
    "descend",
    "ewma",
    "lamb",
    "lion",
    "loss_plane",
    "losses",
    "metrics",
    "mlp",
    "momentum",
    "muon",
    "nadam",
    "nesterov",
    "race",
    "radam",
    "rank",
    "resume",
    "rmsprop",
    "schedule_free",
    "schedules",
    "sgd",
    "split",
    "surface",
    "train",
    "workload",
]


if not TYPE_CHECKING:  # a checker knows the names above and no others

    def __getattr__(name):
        if name not in _PLACES:
            raise AttributeError(f"module 'steepest' has no attribute {name!r}")
        module, _, attribute = _PLACES[name].partition(":")
        if name in ("losses", "metrics", "schedules"):
            return import_module(".".join(filter(None, [__name__, module, name])))
        return getattr(import_module(f"{__name__}.{module}"), attribute or name)


def __dir__() -> list[str]:
    return [*__all__, "__version__", "open"]
