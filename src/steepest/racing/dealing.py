"""Which run goes where: a race's runs dealt into lanes and slabs, a pure function of its spec."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..core.spec import Configuration, RaceSpec
from ..engine.slabs import Member, deal

__all__ = ["Dealt", "deal_race", "lanes_of", "member"]


@dataclass(frozen=True)
class Dealt:
    """One slab: its lane and its rows of runs."""

    lane: int
    rows: list[list[Member]]


def lanes_of(configurations: Sequence[Configuration]) -> list[list[int]]:
    """Indices of the configurations that share a program, lane by lane in order of first appearance."""
    lanes: dict[Any, list[int]] = {}
    for i, configuration in enumerate(configurations):
        lanes.setdefault(configuration.lane, []).append(i)
    return list(lanes.values())


def member(spec: RaceSpec, run: int) -> Member:
    """Run number `run`: configurations in order, the seeds of each together."""
    configuration, seed = divmod(run, len(spec.seeds))
    return Member(run, spec.seeds[seed], spec.configurations[configuration].numbers)


def deal_race(spec: RaceSpec) -> list[Dealt]:
    """Every slab of the race; its id is its place in the list."""
    out = []
    for lane, members in enumerate(lanes_of(spec.configurations)):
        n = len(spec.seeds)
        runs = [member(spec, run) for c in members for run in range(c * n, (c + 1) * n)]
        out += [Dealt(lane, rows) for rows in deal(runs, spec.layouts[lane])]
    return out
