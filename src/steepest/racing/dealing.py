"""Which run goes where: a race's runs dealt into lanes and slabs, a pure function of its spec."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..core.spec import Configuration, RaceSpec
from ..engine.slabs import Member, deal

__all__ = ["Dealt", "deal_race", "lanes_of", "run_id"]


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


def run_id(spec: RaceSpec, configuration: int, seed_index: int) -> int:
    """The number of a run: configurations in order, the seeds of each together."""
    return configuration * len(spec.seeds) + seed_index


def deal_race(spec: RaceSpec) -> list[Dealt]:
    """Every slab of the race; its id is its place in the list."""
    out = []
    for lane, members in enumerate(lanes_of(spec.configurations)):
        runs = [
            Member(run_id(spec, c, k), seed, spec.configurations[c].numbers)
            for c in members
            for k, seed in enumerate(spec.seeds)
        ]
        out += [Dealt(lane, rows) for rows in deal(runs, spec.layouts[lane])]
    return out
