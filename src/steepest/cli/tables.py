"""What commands print: the leaderboard as a table, or one JSON object."""

from __future__ import annotations

import json
import sys
from typing import Any

from ..racing.results import Race, Run
from ..view.numbers import place, varied_text
from .live import duration
from .numbers import metric_text
from .wording import metric_words, say

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
    for key in ("optimizer", "setting"):
        table.add_column(say(key), overflow="fold")
    numbers = [metric_words(metric), say("interval"), say("seeds"), say("diverged")]
    for heading in [*numbers, *([metric_words(race.metric)] if chosen is not None else [])]:
        table.add_column(heading, justify="right", no_wrap=True)
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
    with console.capture() as shown:
        console.print(table)
    print("\n".join(line.rstrip() for line in shown.get().splitlines()))
    for line in _notes(race, rows, chosen is not None, everything):
        print(line)


def _notes(race: Race, rows: list[dict[str, Any]], choosing: bool, everything: bool) -> list[str]:
    runs = race.runs
    notes = []
    if choosing:
        notes.append(say("choosing", of=metric_words(race.metric), by=metric_words(race.chooses)))
    if any(row["tied"] for row in rows):
        notes.append(say("tied"))
    if not everything and any(place(row).endswith("?") for row in rows):
        notes.append(say("few"))
    if not any(row["n"] for row in rows):
        notes.append(say("empty"))
    elif all(row["n"] < 2 for row in rows):
        notes.append(say("one seed" if len(race.spec.seeds) == 1 else "one result"))
    for name, n in race.unmeasured.items():
        notes.append(say("unmeasured", metric=metric_words(name), n=n, runs=len(runs)))
    for edge in race.edges:
        what = varied_text({edge.name: edge.value})
        notes.append(say(edge.side, who=", ".join(edge.optimizers), what=what, next=edge.next))
    target = race.spec.facts["target"]
    if target and target["metric"] == race.metric:
        ends = [run.metrics[target["metric"]] for run in runs if target["metric"] in run.metrics]
        reached = sum(end >= target["value"] if race.higher else end <= target["value"] for end in ends)
        sign, value = "≥" if race.higher else "≤", f"{target['value']:g}"
        metric = metric_words(target["metric"])
        notes.append(say("target", metric=metric, sign=sign, value=value, reached=reached, runs=len(runs)))
    stopped = sum(run.status == "stopped" for run in runs)
    if stopped:
        made, whole = sum(run.steps for run in runs), len(runs) * max(run.steps for run in runs)
        notes.append(say("halving", stopped=stopped, runs=len(runs), share=f"{made / whole:.0%}"))
    ended: Any = len(runs)
    if race.state != "finished":
        done = sum(run.status.ended for run in runs)
        notes.append(say("unfinished", ended=done, runs=len(runs), path=race.path))
        ended = say("part", ended=done, runs=len(runs))
    if race.wall_s:
        wall, compiling = duration(race.wall_s), duration(race.compile_s)
        notes.append(say("took", ended=ended, wall=wall, compiling=compiling, path=race.path))
    else:
        notes.append(say("kept", path=race.path))
    return notes


def finished(race: Race, as_json: bool) -> None:
    """After a race: its table and report, or its JSON."""
    path = race.report()
    if as_json:
        print_json(race.as_dict())
        return
    leaderboard(race)
    print(say("report", path=path))


def run_summary(run: Run) -> None:
    """After a training: what came of it."""
    what = varied_text(run.hyperparameters)
    print(say("run", optimizer=run.optimizer, what=what, seed=run.seed, status=run.status, steps=run.steps))
    for name, value in sorted(run.metrics.items()):
        print(f"  {metric_words(name):<22} {metric_text(name, value)}")
    print(say("kept", path=run.race.path) + _predicting(run))


def _predicting(run: Run) -> str:
    """How to predict with the run's network, where it has one that reads something."""
    facts, predict = run.race.spec.facts, f"steepest predict {run.race.path}"
    if run.status != "finished" or not facts.get("inputs"):
        return ""
    if facts["reads_digits"]:
        return say("; ") + say("digits", command=predict)
    return say("; ") + say("rows", n=facts["inputs"], command=predict)
