"""What commands print: the leaderboard as a table, or one JSON object."""

from __future__ import annotations

import json
import sys
from typing import Any

from ..racing.results import Race, Run
from ..view.numbers import place, varied_text
from .live import duration
from .numbers import metric_text

__all__ = ["finished", "leaderboard", "print_json", "run_summary"]


def print_json(data: dict[str, Any]) -> None:
    """One JSON object on stdout."""
    print(json.dumps(data, ensure_ascii=False, allow_nan=False))


def _mean(row: dict[str, Any] | None) -> str:
    return "" if row is None else "–" if row["mean"] is None else metric_text(row["metric"], row["mean"])


def _interval(row: dict[str, Any]) -> str:
    if row["low"] is None:
        return "–"
    return " … ".join(metric_text(row["metric"], row[end]) for end in ("low", "high"))


def leaderboard(race: Race, everything: bool = False) -> None:
    """Print the ranking, or every setting, what the marks mean, and where the race lies."""
    from rich.console import Console
    from rich.table import Table

    rows = race.everything if everything else race.ranking
    metric = rows[0]["metric"] if rows else race.metric
    chosen = {row["configuration"]: row for row in race.ranking} if metric != race.metric else None
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("", justify="right", no_wrap=True)
    for heading in ("optimizer", "setting"):
        table.add_column(heading, overflow="fold")
    headings = [metric, "95 % interval", "seeds", "diverged", *([race.metric] if chosen is not None else [])]
    for heading in headings:
        table.add_column(heading.replace("_", " "), justify="right", no_wrap=True)
    for row in rows:
        table.add_row(
            f"{row['rank']}" if everything and row["n"] else place(row),
            row["optimizer"],
            varied_text(row["varied"]),
            _mean(row),
            _interval(row),
            str(row["n"]),
            str(row["diverged"]) if row["diverged"] else "",
            *([_mean(chosen.get(row["configuration"]))] if chosen is not None else []),
        )
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(table)
    for line in _notes(race, rows, chosen is not None, everything):
        print(line)


def _notes(race: Race, rows: list[dict[str, Any]], choosing: bool, everything: bool) -> list[str]:
    runs = race.runs
    notes = []
    if choosing:
        of, by = (m.replace("_", " ") for m in (race.metric, race.chooses))
        notes.append(f"ranked by {by}, which settings are chosen by; {of} is given of the chosen ones only")
    if any(row["tied"] for row in rows):
        notes.append(
            "= not told apart from the leader (common seeds, 5 % for the whole table); differences: steepest compare"
        )
    if not everything and any(place(row).endswith("?") for row in rows):
        notes.append("? too few seeds in common with the leader to tell")
    if not any(row["n"] for row in rows):
        notes.append("no run has a result yet")
    elif all(row["n"] < 2 for row in rows):
        few = "one seed" if len(race.spec.seeds) == 1 else "one result of each"
        notes.append(f"{few}: no intervals, and ranks may be chance; race with --seeds 3 or more")
    for name, n in race.unmeasured.items():
        notes.append(f"{name.replace('_', ' ')} is not a number in {n} of {len(runs)} runs; these are not counted")
    for edge in race.edges:
        end = "highest" if edge.side == "high" else "lowest"
        told = f"{', '.join(edge.optimizers)}: {varied_text({edge.name: edge.value})} is the {end} raced"
        notes.append(f"{told}; a better one may lie beyond: {edge.next}")
    target = race.spec.facts["target"]
    if target and target["metric"] == race.metric:
        ends = [run.metrics[target["metric"]] for run in runs if target["metric"] in run.metrics]
        reached = sum(end >= target["value"] if race.higher else end <= target["value"] for end in ends)
        told = f"{target['metric'].replace('_', ' ')} {'≥' if race.higher else '≤'} {target['value']:g}"
        notes.append(f"target {told}: {reached} of {len(runs)} runs")
    stopped = sum(run.status == "stopped" for run in runs)
    if stopped:
        made, whole = sum(run.steps for run in runs), len(runs) * max(run.steps for run in runs)
        notes.append(f"halving stopped {stopped} of {len(runs)} runs: {made / whole:.0%} of the steps were made")
    ended = f"{len(runs)}"
    if race.state != "finished":
        ended = f"{sum(run.status.ended for run in runs)} of {len(runs)}"
        notes.append(f"not finished ({ended} runs); go on with: steepest resume {race.path}")
    took = f"{duration(race.wall_s)} (of which compiling {duration(race.compile_s)})"
    notes.append(f"{ended} runs in {took}, kept in {race.path}" if race.wall_s else f"kept in {race.path}")
    return notes


def finished(race: Race, as_json: bool) -> None:
    """After a race: its table and report, or its JSON."""
    path = race.report()
    if as_json:
        print_json(race.as_dict())
        return
    leaderboard(race)
    print(f"report: {path}")


def run_summary(run: Run) -> None:
    """After a training: what came of it."""
    print(
        f"{run.optimizer} ({varied_text(run.hyperparameters)}), seed {run.seed}: {run.status} after {run.steps} steps"
    )
    for name, value in sorted(run.metrics.items()):
        print(f"  {name.replace('_', ' '):<22} {metric_text(name, value)}")
    print(f"kept in {run.race.path}{_predicting(run)}")


def _predicting(run: Run) -> str:
    """How to predict with the run's network, where it has one that reads something."""
    facts, predict = run.race.spec.facts, f"steepest predict {run.race.path}"
    if run.status != "finished" or not facts.get("inputs"):
        return ""
    if facts["reads_digits"]:
        return f"; read pictures with: {predict} FILE…"
    return f"; predict rows of {facts['inputs']} numbers with: {predict} rows.csv"
