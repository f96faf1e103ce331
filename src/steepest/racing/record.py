"""The fastest recipes found to an accuracy on MNIST, made to be beaten: one command runs them again.

They are the recipes of two workloads. A recipe holds its target when the mean test accuracy over the seeds reaches it.
What is timed is the training of one run alone on this machine, first step to last, the evaluations on the way included;
loading the data and compiling are not, and are printed beside it. Seeds run one after another, each on the whole
machine.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from ..core.registry import unknown
from ..workloads.loading import workload as load_workload
from .curves import recorded
from .race import train

__all__ = ["RECORDS", "Attempt", "Record", "attempt", "mean_and_spread"]


@dataclass(frozen=True)
class Record:
    """A workload, whose own recipe it is, and the test accuracy to reach."""

    workload: str
    target: float

    @property
    def recipe(self) -> str:
        """It in words: optimizer, learning rate, batch size, schedule, epochs."""
        own = load_workload(self.workload)
        rate = f"lr {own.learning_rates[0]:g}"
        return f"{own.optimizers[0]}, {rate}, batch_size {own.batch_size}, {own.schedule}, {own.epochs:g} epochs"


@dataclass(frozen=True)
class Attempt:
    """One seed of a record: test accuracy, seconds of training, seconds of compiling."""

    seed: int
    accuracy: float
    seconds: float
    compile_s: float


RECORDS = {
    "mnist-98": Record("mnist-mlp", 0.98),
    "mnist-99": Record("mnist-lenet5", 0.99),
}


def attempt(name: str, seeds: int, progress: Callable[[Attempt], None] | None = None) -> list[Attempt]:
    """Run the record `name` with seeds 0 … seeds−1. Raises `UnknownName` when there is none such."""
    if name not in RECORDS:
        raise unknown("record", name, tuple(RECORDS))
    record = RECORDS[name]
    out = []
    for seed in range(seeds):
        run = train(record.workload, seed=seed)
        seconds = recorded(run.race, ("seconds",))["seconds"][run.id][-1][1]
        out.append(Attempt(seed, run.metrics["test_accuracy"], seconds, run.race.compile_s))
        if progress is not None:
            progress(out[-1])
    return out


def mean_and_spread(values: list[float]) -> tuple[float, float]:
    """Mean and sample standard deviation (0 for one value)."""
    return statistics.fmean(values), statistics.stdev(values) if len(values) > 1 else 0.0
