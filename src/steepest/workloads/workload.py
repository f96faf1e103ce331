"""A workload: network + data + loss + metrics + target, as one value.

Every race, built in or a user's own, is described by this one class; the engine knows nothing else of a
problem.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..core.errors import BadValue
from ..core.registry import unknown
from ..data.splits import Splits
from ..nn.metric import whole

__all__ = ["Target", "Workload"]

Model = Callable[..., Any]  # a pytree, called on a batch: model(x); model(x, key=…, keep_prob=…) with dropout


@dataclass(frozen=True)
class Target:
    """The value that `metric` of the test split should reach: at least `value`, or at most where less is better."""

    metric: str
    value: float


@dataclass(frozen=True)
class Workload:
    """One problem to race on.

    id          its name, `word-word`
    network     key -> model: a pytree (Equinox module) whose inexact arrays are its parameters, called on a
                batch of scaled float32 inputs x [B, ...]
    data        () -> Splits; called at most once a race
    loss        (outputs, y) -> per-sample losses [B]; the engine takes the mean
    metrics     name -> `Metric`, or (outputs, y) -> per-sample values [B]; the first one ranks. A `Metric` says whether
                more or less is better; of a plain function more is, unless it is a loss of ours or a word of its name
                says otherwise: loss, error, perplexity, … (see `core.metrics`)
    target      what the test split should reach, or None
    title       language ("en", "zh") -> one line
    scaling     what is done to inputs: a name of `steepest.data.scaling`
    optimizers, learning_rates, schedule, batch_size, epochs
                what a race uses when it is not told; a batch size of the whole training split or more is
                full batch
    quick       options of `steepest.workload` that override these under --quick
    """

    id: str
    network: Callable[[Any], Model]
    data: Callable[[], Splits]
    loss: Callable[[Any, Any], Any]
    metrics: Mapping[str, Callable[[Any, Any], Any]]
    target: Target | None = None
    title: Mapping[str, str] = field(default_factory=dict)
    scaling: str = "none"
    batch_size: int = 128
    epochs: float = 10
    optimizers: tuple[str, ...] = ("adam",)
    learning_rates: tuple[float, ...] = (1e-3,)
    schedule: str = "constant"
    quick: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.id, str) or not self.id:
            raise BadValue(f"the id of a workload is its name; got {self.id!r}")
        for name, form in (("network", "key -> model"), ("data", "() -> Splits"), ("loss", "(outputs, y) -> [B]")):
            if not callable(getattr(self, name)):
                got = type(getattr(self, name)).__name__
                raise BadValue(f"{name} of workload {self.id!r} is a function, {form}; got a {got}")
        if not isinstance(self.metrics, Mapping) or not self.metrics:
            raise BadValue(
                f"workload {self.id!r} needs a metric, the first one ranks: metrics={{'name': function}}; "
                f"got {self.metrics!r}"
            )
        for key, metric in self.metrics.items():
            if not isinstance(key, str) or not key:
                raise BadValue(f"a metric of workload {self.id!r} is named by a text; got {key!r}")
            if key == "loss":
                raise BadValue(f"metric 'loss' of workload {self.id!r}: the loss is always measured; leave it out")
            if metric is whole:
                raise BadValue(f"metric {key!r} of workload {self.id!r}: whole takes a function, whole(f)")
            if not callable(metric):
                raise BadValue(
                    f"metric {key!r} of workload {self.id!r} must be a function, such as steepest.metrics.accuracy; "
                    f"got {metric!r}"
                )
        if self.target is not None and self.target.metric not in self.metrics:
            raise unknown(f"metric of the target of {self.id!r}", self.target.metric, list(self.metrics))
