"""Reading a race: the plain data that the report is made from, and the questions every part asks of it.

    workload        {"id", "title": {"en", "zh"}, "target": {"metric", "value"} | None, "parameters"}
    metric          what is reported (test_accuracy)
    choose_by       what settings were chosen by (validation_accuracy)
    higher          {metric, without its split: whether more is better}, as the race declared it
    unmeasured      {metric: runs that ended with a value that is not a number}
    loss, command, versions, wall_s, compile_s, started, epochs, steps_per_epoch
    configurations  [{"id", "optimizer", "label", "hyperparameters", "varied"}]
    runs            [{"id", "configuration", "seed", "status", "steps", "metrics",
                      "to_target": {"steps", "seconds"} | None}]
    curves          {metric: {run id: [[step, value], …]}}
    ranking         [{"rank", "tied", "optimizer", "configuration", "hyperparameters", "metric", "mean",
                      "low", "high", "n"}]: each optimiser's best setting, by `metric`
    all             the same of every setting, by `choose_by`

Optimisers are told apart by "optimizer", unless the ranking itself holds two rows of one optimiser (two
dialects, say): then by "label". Anything that is not a finite number reads as None.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from ..core.metrics import higher_is_better
from ..core.status import Status

__all__ = ["Race", "Reader", "finite"]

Race = Mapping[str, Any]


def finite(value: Any) -> float | None:
    """`value` as a float, or None for what is missing or not a finite number."""
    if value is None or isinstance(value, str):
        return None
    number = float(value)
    return number if math.isfinite(number) else None


class Reader:
    """An index over one race: its groups (optimisers), their configurations, and the runs of each."""

    def __init__(self, race: Race) -> None:
        self.race = race
        self.metric: str = race["metric"]
        self.choose_by: str = race.get("choose_by") or self.metric
        self.configurations: dict[Any, dict] = {c["id"]: c for c in race.get("configurations", ())}
        self.runs: list[dict] = list(race.get("runs", ()))
        self.ranking: list[dict] = list(race.get("ranking", ()))
        self._runs: dict[Any, list[dict]] = {c: [] for c in self.configurations}
        for run in self.runs:
            self._runs[run["configuration"]].append(run)
        heads = [row["optimizer"] for row in self.ranking]
        self._by = "label" if len(set(heads)) < len(heads) else "optimizer"
        self.groups: dict[str, list[Any]] = {}
        for c in self.configurations:
            self.groups.setdefault(self.group(c), []).append(c)

    def higher(self, metric: str) -> bool:
        """Whether more of `metric` is better, as the race declared it or by its name."""
        return higher_is_better(metric, self.race.get("higher"))

    def group(self, configuration: Any) -> str:
        """The name under which `configuration` appears in every chart."""
        c = self.configurations[configuration]
        return str(c.get(self._by) or c["optimizer"])

    def setting(self, configuration: Any) -> dict[str, Any]:
        """What tells `configuration` apart: what varied, or its learning rate when nothing did."""
        given = self.configurations[configuration]
        rate = self.rate(configuration)
        return dict(given.get("varied") or ({} if rate is None else {"learning_rate": rate}))

    def runs_of(self, configuration: Any) -> list[dict]:
        """The runs of one configuration, one a seed."""
        return self._runs[configuration]

    def rate(self, configuration: Any) -> float | None:
        """The learning rate of `configuration`, if it has a finite one."""
        return finite(self.configurations[configuration].get("hyperparameters", {}).get("learning_rate"))

    def best(self) -> dict[str, Any]:
        """group → the configuration that the ranking chose for it; a group without one is absent."""
        return {self.group(row["configuration"]): row["configuration"] for row in reversed(self.ranking)}

    def values(self, configuration: Any, metric: str) -> list[float]:
        """The final `metric` of each seed that finished; of those stopped early only if none did."""
        for status in (Status.FINISHED, Status.STOPPED):
            runs = [run for run in self.runs_of(configuration) if run["status"] == status]
            found = [finite(run.get("metrics", {}).get(metric)) for run in runs]
            if kept := [value for value in found if value is not None]:
                return kept
        return []

    def diverged(self, configurations: Iterable[Any]) -> tuple[int, int]:
        """How many runs of `configurations` diverged, and how many there are."""
        runs = [run for c in configurations for run in self.runs_of(c)]
        return sum(run["status"] == Status.DIVERGED for run in runs), len(runs)

    @property
    def seeds(self) -> int:
        """The most seeds that any configuration has."""
        return max((len(runs) for runs in self._runs.values()), default=0)

    @property
    def target(self) -> dict | None:
        """The workload's target, {"metric", "value"}, or None."""
        target = self.race["workload"].get("target")
        return target if target and finite(target.get("value")) is not None else None
