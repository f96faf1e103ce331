"""The first sentence of a report: who won, said no more surely than the intervals allow."""

from __future__ import annotations

from typing import Any

from ..core.status import Status
from .numbers import interval, metric, setting
from .race import Reader, finite
from .words import LANGUAGES, Html, both, sentences, told, words

__all__ = ["facts", "verdict", "winner"]


def _names(names: list[str], most: int = 4) -> dict[str, str]:
    """A list in words; Chinese sets a space between itself and a Latin name, and none beside its own characters."""
    listed = {}
    for at in LANGUAGES:
        if len(names) > most + 1:
            head = words(at)["comma"].join(names[:most])
            listed[at] = words(at)["others"].format(list=head, n=len(names) - most)
        else:
            head = words(at)["comma"].join(names[:-1])
            listed[at] = f"{head}{words(at)['and']}{names[-1]}" if head else names[-1]
    listed["zh"] = f" {listed['zh']}" + ("" if len(names) > most + 1 else " ")
    return listed


def verdict(reader: Reader) -> str:
    """Which case the race is: "waiting", "none", "only", "alone" (the others failed), "one_seed", "tie" or
    "clear".
    """
    rows = [row for row in reader.ranking if finite(row["mean"]) is not None]
    if not rows:
        ended = all(Status(run["status"]).ended for run in reader.runs)
        return "none" if reader.runs and ended else "waiting"
    if len(rows) == 1 and len(reader.groups) == 1:
        return "only"
    if rows[0]["n"] < 2:
        return "one_seed"
    if len(rows) == 1:
        return "alone"
    return "clear" if all(row["tied"] is False for row in rows[1:]) else "tie"


def winner(reader: Reader) -> Html:
    """The sentence itself, in both languages."""
    case = verdict(reader)
    rows = [row for row in reader.ranking if finite(row["mean"]) is not None]
    if not rows:
        diverged, runs = reader.diverged(reader.configurations)
        return both(f"winner.{case}", diverged=diverged, runs=runs)
    names = [reader.group(row["configuration"]) for row in rows]
    values: dict[str, Any] = {
        "name": names[0],
        "mean": metric(reader.metric, rows[0]["mean"]),
        "metric": reader.metric,
    }
    if case == "tie":
        values["others"] = _names([n for n, row in zip(names[1:], rows[1:], strict=True) if row["tied"] is not False])
    if case == "clear":
        values |= {"second": names[1], "value": metric(reader.metric, rows[1]["mean"])}
    return both(f"winner.{case}", **values)


def facts(reader: Reader) -> Html:
    """What stands behind the sentence: the leader's setting, its interval, whether runs are still out."""
    said = []
    if rows := [row for row in reader.ranking if finite(row["mean"]) is not None]:
        lead = rows[0]
        varied = setting(reader.setting(lead["configuration"]))
        chosen = varied or told("facts.defaults")
        said.append(told("facts.setting", setting=chosen, choose_by=reader.choose_by))
        if lead["n"] < 2:
            said.append(told("facts.no_interval"))
        elif finite(lead["low"]) is not None and finite(lead["high"]) is not None:
            ends = interval(reader.metric, lead["low"], lead["high"])
            said.append(told("facts.interval", n=lead["n"], interval=ends))
    left = sum(not Status(run["status"]).ended for run in reader.runs)
    if left:
        said.append(told("unfinished", left=left, runs=len(reader.runs)))
    return sentences(said)
