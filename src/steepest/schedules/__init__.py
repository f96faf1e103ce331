"""Learning-rate schedules: `NAME(learning_rate, *, numbers…, steps_per_epoch=1) -> Callable[[step], rate]`.

Times are in epochs; with steps_per_epoch=1 an epoch is a step. Every number may be traced, so a race over
any of them is one compiled program; what is bool is structure. One file each; each can be given to any
optax optimiser.
"""

from __future__ import annotations

from .constant import constant
from .cosine import cosine
from .exponential import exponential
from .inverse_time import inverse_time
from .linear import linear
from .one_cycle import one_cycle
from .reduce_on_plateau import ReduceOnPlateau, reduce_on_plateau
from .registry import SCHEDULES
from .step import step
from .warmup import warmup

__all__ = [
    "SCHEDULES",
    "ReduceOnPlateau",
    "constant",
    "cosine",
    "exponential",
    "inverse_time",
    "linear",
    "one_cycle",
    "reduce_on_plateau",
    "step",
    "warmup",
]
