"""Where a race stands, told after every chunk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..core.metrics import higher_is_better
from ..core.spec import RaceSpec
from ..core.status import Status

__all__ = ["Leader", "Progress"]


@dataclass(frozen=True)
class Leader:
    """An entry's best setting so far, by its mean validation metric."""

    label: str
    learning_rate: float | None
    value: float


@dataclass(frozen=True)
class Progress:
    """A race in progress. `latest` is each run's newest metrics, `compiling` the programs still being compiled.

    `steps_per_s` is the speed while steps are made. `left_s` counts what is still to be compiled too (see `time_left`);
    None before a step has been timed.
    """

    spec: RaceSpec
    statuses: Mapping[int, Status]
    latest: Mapping[int, Mapping[str, float]]
    steps: int  # run-steps done, of `total`
    total: int
    elapsed_s: float
    steps_per_s: float
    left_s: float | None
    compiling: int

    @property
    def runs(self) -> int:
        """Runs in the race."""
        return len(self.statuses)

    def counted(self, status: Status) -> int:
        """Runs in this status."""
        return list(self.statuses.values()).count(status)

    def leaders(self) -> list[Leader]:
        """The best setting of every entry so far, best first; runs that are behind count with what they have."""
        metric, n = f"validation_{self.spec.facts['metric']}", len(self.spec.seeds)
        higher = higher_is_better(metric, self.spec.facts.get("higher"))
        best: dict[str, Leader] = {}
        for i, configuration in enumerate(self.spec.configurations):
            mine = [self.latest.get(i * n + k, {}).get(metric) for k in range(n)]
            if None in mine:
                continue
            value = sum(v for v in mine if v is not None) / n
            known = best.get(configuration.label)
            if known is None or (value > known.value if higher else value < known.value):
                rate = configuration.numbers.get("learning_rate")
                best[configuration.label] = Leader(configuration.label, rate, value)
        return sorted(best.values(), key=lambda leader: leader.value, reverse=higher)
