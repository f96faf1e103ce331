"""What came of a race, read from its folder: no JAX, so that `show` and `report` start at once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import BadFile, BadValue, Unavailable, UserError
from ..core.language import reader
from ..core.metrics import higher_is_better
from ..core.spec import RaceSpec
from ..core.status import Status
from ..stats.ranking import Standing, best_of_each, by_validation, standings
from ..store import RunRow, Store
from ..view.numbers import is_share
from .edges import Edge, edges, entry_settings, grouped
from .raced_on import raced_on

if TYPE_CHECKING:
    from ..workloads.workload import Workload

__all__ = ["Race", "Run", "open_race"]


class Run:
    """One run of a race: a configuration with a seed, and what became of it."""

    def __init__(self, race: Race, row: RunRow) -> None:
        self.race, self.row = race, row

    @property
    def id(self) -> int:
        """Its number in the race."""
        return self.row.id

    @property
    def configuration(self) -> int:
        """The index of its configuration; the runs of one differ in their seed alone."""
        return self.row.id // len(self.race.spec.seeds)

    @property
    def optimizer(self) -> str:
        """What the race calls its optimizer entry."""
        return self.race.spec.configurations[self.configuration].label

    @property
    def hyperparameters(self) -> dict[str, Any]:
        """Every number and choice that it ran with."""
        return dict(self.row.hyperparameters)

    @property
    def seed(self) -> int:
        """Fixes its data order, initial draw and noise."""
        return self.row.seed

    @property
    def status(self) -> Status:
        """Finished, diverged, stopped, or still to come."""
        return self.row.status

    @property
    def steps(self) -> int:
        """Steps made while its loss was finite."""
        return self.row.steps

    @property
    def metrics(self) -> dict[str, float]:
        """train_, validation_ and (when finished) test_ measurements; empty when it diverged."""
        return dict(self.row.metrics)

    def predict(self, x: Any) -> Any:
        """The network's outputs [n, ...] for inputs x [n, ...], unscaled as in the data set."""
        from .predict import outputs

        return outputs(self, x)

    def save(self, path: str | Path) -> Path:
        """Write its parameters to a safetensors file; raises `BadFile` when it has not finished."""
        from safetensors.numpy import save_file

        save_file(self.race.model(self.id), str(path))
        return Path(path)

    def as_dict(self) -> dict[str, Any]:
        """The run as the command line's JSON has it."""
        return {
            "id": self.id,
            "optimizer": self.optimizer,
            "hyperparameters": self.hyperparameters,
            "seed": self.seed,
            "status": str(self.status),
            "steps": self.steps,
            "metrics": {k: _plain(v) for k, v in self.metrics.items()},
        }

    def __repr__(self) -> str:
        return f"Run({self.id}, {self.optimizer!r}, seed={self.seed}, status={str(self.status)!r})"


def _plain(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value


class Race:
    """A race read from its folder; a running one can be read at any time."""

    def __init__(self, path: str | Path, workload: str | Workload | None = None) -> None:
        self.path, self._given = Path(path), workload
        with Store.open(self.path) as store:
            self.spec = RaceSpec.from_json(store.spec)
            self._rows = store.runs()
            self.wall_s, self.compile_s, self.state = store.wall_s, store.compile_s, store.state

    @cached_property
    def workload(self) -> Workload:
        """What it was raced on. Raises `UnknownName` when only a program has it: give it to `steepest.open`."""
        return raced_on(self.spec, self.path, self._given)

    @property
    def source(self) -> str | Workload:
        """What `race` takes to race on the same, this race's options apart. Raises as `workload` does."""
        return self._given or self.spec.facts.get("file") or (self.workload and self.spec.workload)

    @property
    def runs(self) -> list[Run]:
        """Every run, by id."""
        return [Run(self, row) for row in self._rows]

    def run(self, number: int) -> Run:
        """Run `number`; raises `BadValue` when the race has none such."""
        if not 0 <= number < len(self._rows):
            raise BadValue(f"run {number}: {self.path} has the runs 0 to {len(self._rows) - 1}")
        return self.runs[number]

    @property
    def metric(self) -> str:
        """The metric that ranks: of the test split, or of the validation split as long as no run has finished."""
        name = self.spec.facts["metric"]
        return f"test_{name}" if any(f"test_{name}" in r.metrics for r in self._rows) else f"validation_{name}"

    @property
    def unmeasured(self) -> dict[str, int]:
        """Metric -> how many runs that did not diverge ended with a value of it that is not a number."""
        facts = self.spec.facts
        found = {}
        for name in facts.get("higher", (facts["metric"],)):
            last = [r.metrics.get(f"test_{name}", r.metrics.get(f"validation_{name}", 0.0)) for r in self._rows]
            found[name] = sum(not math.isfinite(value) for value in last)
        return {name: n for name, n in found.items() if n}

    @property
    def higher(self) -> bool:
        """Whether more of the metric that ranks is better."""
        return higher_is_better(self.spec.facts["metric"], self.spec.facts.get("higher"))

    @property
    def chooses(self) -> str:
        """The metric that settings are chosen by."""
        return f"validation_{self.spec.facts['metric']}"

    @cached_property
    def standings(self) -> list[Standing]:
        """Every configuration's result, by id."""
        return self._standings(self.metric)

    def _standings(self, metric: str) -> list[Standing]:
        """Every configuration's `metric`, over the runs that have a result."""
        labels = {i: c.label for i, c in enumerate(self.spec.configurations)}
        runs = [
            {
                "configuration": r.configuration,
                "seed": r.seed,
                "status": r.status,
                "metrics": r.row.metrics if self.metric in r.row.metrics else {},
            }
            for r in self.runs
        ]
        limits = (0.0, 1.0) if is_share(metric) else (-math.inf, math.inf)
        return standings(labels, runs, metric, self.chooses, self.higher, limits)

    @cached_property
    def leaders(self) -> list[Standing]:
        """Each optimizer's best setting, ranked."""
        return best_of_each(self.standings)

    @property
    def ranking(self) -> list[dict[str, Any]]:
        """One row for each optimizer, its best setting: chosen on validation, reported on test.

        `edge` says which of its numbers are the end of what was raced, and the option that goes on from there.
        """
        return [
            {
                **self.row(s, self.metric),
                "edge": {e.name: {"side": e.side, "next": e.next} for e in self._edges(s)},
            }
            for s in self.leaders
        ]

    @property
    def edges(self) -> list[Edge]:
        """Where best settings lie on the edge of what was raced, so that a better one may lie beyond.

        None before the race has finished.
        """
        return grouped(edge for standing in self.leaders for edge in self._edges(standing))

    def _edges(self, standing: Standing) -> list[Edge]:
        if not standing.n or self.state != "finished":
            return []
        mine = self.spec.configurations[standing.configuration]
        return edges(mine.optimizer, mine.label, *entry_settings(self.spec, standing.configuration))

    @property
    def everything(self) -> list[dict[str, Any]]:
        """One row for each configuration, in the order and by the metric that settings are chosen by.

        Test results are not among them: to choose by those would report the luckiest setting.
        """
        return [self.row(s, self.chooses) for s in by_validation(self._standings(self.chooses))]

    @property
    def best(self) -> Run:
        """The winner's run with the best validation metric. Raises `BadFile` while there is none."""
        for standing in self.leaders:
            mine = self.best_of([r for r in self.runs if r.configuration == standing.configuration])
            if mine is not None:
                return mine
        raise BadFile(f"{self.path} has no run with a result yet; resume it with: steepest resume {self.path}")

    def best_of(self, runs: Sequence[Run]) -> Run | None:
        """The one of `runs` with the best validation metric; None when none has one."""
        measured = [run for run in runs if math.isfinite(run.metrics.get(self.chooses, math.nan))]
        pick = max if self.higher else min
        return pick(measured, key=lambda run: run.metrics[self.chooses], default=None)

    def row(self, standing: Standing, metric: str) -> dict[str, Any]:
        """A standing as the command line's JSON has it."""
        configuration = self.spec.configurations[standing.configuration]
        return {
            "rank": standing.rank,
            "tied": standing.tied,
            "optimizer": standing.label,
            "configuration": standing.configuration,
            "hyperparameters": configuration.hyperparameters,
            "varied": self.varied(standing.configuration),
            "metric": metric,
            "mean": _plain(standing.mean),
            "low": standing.low,
            "high": standing.high,
            "n": standing.n,
            "diverged": standing.diverged,
            "chosen_by": _plain(standing.chosen_by),
            "difference": standing.difference,
            "difference_low": standing.difference_low,
            "difference_high": standing.difference_high,
            "p": standing.p,
        }

    def varied(self, configuration: int) -> dict[str, Any]:
        """The hyper-parameters of a configuration that differ within its optimizer's settings in this race."""
        mine = self.spec.configurations[configuration]
        peers = [c.hyperparameters for c in self.spec.configurations if c.label == mine.label]
        return {
            k: v for k, v in mine.hyperparameters.items() if k == "learning_rate" or len({p.get(k) for p in peers}) > 1
        }

    def curves(self, metrics: str | Sequence[str] | None = None) -> Any:
        """What was recorded while the race ran, as a pandas DataFrame: a row for each run and step. Needs pandas.

        Columns: `run`, `optimizer`, what varied (`learning_rate` …), `seed`, `step`, then `metrics`, by default all
        that were recorded (`train_loss`, `validation_accuracy`, `seconds` …), NaN where a step has none. Raises
        `UnknownName` for a metric that was not recorded.
        """
        from .curves import frame

        return frame(self, metrics)

    def model(self, run: int) -> dict[str, Any]:
        """The parameters of a finished run by name. Raises `BadFile` while it has not finished."""
        with Store.open(self.path) as store:
            return store.model(run)

    def as_dict(self) -> dict[str, Any]:
        """The race as the command line's JSON has it."""
        return {
            "workload": self.spec.workload,
            "runs": [run.as_dict() for run in self.runs],
            "ranking": self.ranking,
            "wall_s": self.wall_s,
            "compile_s": self.compile_s,
        }

    def frame(self) -> Any:
        """A pandas DataFrame, one row a run: its hyper-parameters and metrics as columns. Needs pandas."""
        try:
            import pandas
        except ImportError:
            raise Unavailable("Race.frame needs pandas; install it with: pip install pandas") from None
        rows: list[Mapping[str, Any]] = [
            {
                "id": r.id,
                "optimizer": r.optimizer,
                "seed": r.seed,
                "status": str(r.status),
                "steps": r.steps,
                **r.hyperparameters,
                **r.metrics,
            }
            for r in self.runs
        ]
        return pandas.DataFrame(rows).set_index("id")

    def refine(self, **options: Any) -> Race:
        """Race on around the best settings, with new seeds; `options` are those of `steepest.racing.refine.refine`.

        The chief ones: `points` of each axis (1: the best settings as they are), `seeds`, `epochs`, `top`, `out`.
        """
        from .refine import refine

        return refine(self, **options)

    def report(self, path: str | Path | None = None) -> Path:
        """Write the report, one HTML file that needs no network; by default `report.html` in the race's folder."""
        from ..view import report
        from ..view.endings import REPORT, ending
        from .report_data import report_data

        target = Path(path) if path is not None else self.path / "report.html"
        ending(target, REPORT)
        report.write(target, report_data(self))
        return target

    def plot(
        self,
        kind: str | None = None,
        path: str | Path | None = None,
        *,
        metric: str | None = None,
        lang: str | None = None,
        ax: Any = None,
    ) -> Any:
        """Draw the race with matplotlib, and return the figure; `path` ends in .svg, .pdf or .png and keeps it.

        kind      "sensitivity" (the final validation metric against the rate), "curves" (against the step, each
                  optimizer at its best setting; bands over the seeds), "ranking" (means with intervals); None:
                  sensitivity where several learning rates were raced, else curves
        metric    of curves: this one alone
        lang      "en" or "zh"; None: the reader's
        ax        matplotlib axes to draw a figure of one panel on

        Raises `UserError` for what there is not, `Unavailable` without matplotlib.
        """
        from ..view.drawing import drawn
        from ..view.race_charts import race_figure
        from .report_data import report_data

        return drawn(race_figure(report_data(self), kind, metric), path, lang, ax)

    def _repr_html_(self) -> str:
        from ..view.inline import html
        from .report_data import report_data

        return html(report_data(self), reader())

    def recipe(self, to: str = "torch", run: int | None = None) -> str:
        """The winner's best run, or run number `run`, as a Python file for torch, keras, tf1 or optax."""
        from ..recipes import recipe

        chosen = self.best if run is None else self.run(run)
        mine: Workload | None = None
        with suppress(UserError):  # it must be given, or its file is gone
            from ..networks.recognised import as_mlp

            mine = replace(self.workload, network=as_mlp(self.workload.network) or self.workload.network)
        return recipe(self, chosen, mine, to)

    def __repr__(self) -> str:
        about = f"workload={self.spec.workload!r}, runs={len(self._rows)}, state={self.state!r}"
        return f"Race({str(self.path)!r}, {about})"


def open_race(path: str | Path, workload: str | Workload | None = None) -> Race:
    """The race in folder `path`, finished or not. Raises `BadFile` when there is none, or a damaged one.

    workload   what it was raced on, where that was a `Workload` of a program's own: to predict, for a recipe, a plane
    """
    return Race(path, workload)
