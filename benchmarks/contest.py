"""What is compared: a side is a script with its parameters, a contest is our side against some peers on one work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["OURS", "Contest", "Side", "ours", "sampled"]

OURS = "Steepest"


@dataclass(frozen=True)
class Side:
    """One competitor in one contest.

    name     what the table calls it
    module   the script, run as `python -m module PARAMETERS`
    params   what it is told, as JSON; the round's number is added as `round`
    peer     whether it runs in the peers' environment
    scale    how much more the contest's work is than the part that is measured
    note     what a reader must know, e.g. "measured on 8 of 108 runs, × 13.5"
    compiles whether it keeps compiled programs: it is run once with an empty cache before the rounds
    rounds   the most rounds it plays, for a peer that takes minutes; None for all
    """

    name: str
    module: str
    params: Mapping[str, Any] = field(default_factory=dict)
    peer: bool = True
    scale: float = 1.0
    note: str = ""
    compiles: bool = False
    rounds: int | None = None


@dataclass(frozen=True)
class Contest:
    """Sides that do the same work, ours first.

    title       the work, in one line
    sides       ours, then the peers
    per         the unit of the table's column beside the seconds, and how many of it the work has
    workloads   whose data the sides read; a contest on a workload that this version has not is left out
    pairs       rounds that it makes whatever `--pairs` says; None to obey
    tolerance   by how much the accuracies of the two sides may differ by chance
    """

    title: str
    sides: tuple[Side, ...]
    per: tuple[str, float] = ("s a run", 1)
    workloads: tuple[str, ...] = ()
    pairs: int | None = None
    tolerance: float = 0.01


def ours(params: Mapping[str, Any], name: str = OURS, module: str = "benchmarks.ours.race", note: str = "") -> Side:
    """Our side: `steepest.race(**params)`."""
    return Side(name, module, params, peer=False, note=note, compiles=True)


def sampled(done: int, of: int, what: str = "runs") -> dict[str, Any]:
    """Scale and note of a side that does only some of the work."""
    if done == of:
        return {"scale": 1.0, "note": ""}
    return {"scale": of / done, "note": f"measured on {done} of {of} {what}, × {of / done:g}"}
