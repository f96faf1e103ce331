"""A race as the plain data that the report is drawn from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ..core.metrics import higher_is_better
from .curves import recorded
from .results import Race

__all__ = ["report_data"]


def report_data(race: Race) -> dict[str, Any]:
    """The dict that `steepest.view.report` takes."""
    facts = race.spec.facts
    name = facts["metric"]
    curves = recorded(race, ("train_loss", "validation_loss", f"validation_{name}", "seconds"))
    return {
        "workload": {
            "id": race.spec.workload,
            "title": facts["title"],
            "target": facts["target"],
            "parameters": facts["parameters"],
        },
        "metric": race.metric,
        "higher": facts.get("higher", {}),
        "unmeasured": race.unmeasured,
        "choose_by": race.chooses,
        "loss": "train_loss",
        "command": race.spec.command,
        "versions": facts["versions"],
        "wall_s": race.wall_s,
        "compile_s": race.compile_s,
        "started": facts["started"],
        "epochs": race.spec.epochs,
        "steps_per_epoch": facts["steps_per_epoch"],
        "configurations": [
            {
                "id": i,
                "optimizer": c.optimizer,
                "label": c.label,
                "hyperparameters": c.hyperparameters,
                "varied": race.varied(i),
            }
            for i, c in enumerate(race.spec.configurations)
        ],
        "runs": [
            {
                **run.as_dict(),
                "configuration": run.configuration,
                "to_target": _to_target(race, curves, run.id),
            }
            for run in race.runs
        ],
        "curves": {metric: curves[metric] for metric in curves if metric != "seconds"},
        "ranking": race.ranking,
        "all": race.everything,
        "edges": [asdict(edge) for edge in race.edges],
    }


def _to_target(race: Race, curves: Any, run: int) -> dict[str, Any] | None:
    """Steps, and seconds of one run's share of the device, until the validation metric first reached the target."""
    target = race.spec.facts["target"]
    if target is None:
        return None
    seconds = dict(curves["seconds"].get(run, ()))
    metric = target["metric"].replace("test_", "validation_", 1)
    for step, value in curves.get(metric, {}).get(run, ()):
        if (
            value >= target["value"]
            if higher_is_better(metric, race.spec.facts.get("higher"))
            else value <= target["value"]
        ):
            return {"steps": step, "seconds": seconds.get(step)}
    return None
