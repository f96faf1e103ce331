"""Races compared: the entries of one with their leader, or the entries of several side by side.

The statistics are the leaderboard's: each entry at the setting that validation chose, means over seeds with 95 %
intervals, and within a race differences to its leader whose intervals and p hold for the whole table
(`stats/comparison.py`). Nothing is averaged over races: their metrics are not of one scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..core.errors import BadValue
from ..core.registry import unknown
from .comparison_tables import FORMS, Table
from .results import Race, open_race

__all__ = ["Comparison", "compare"]


class Comparison:
    """What `compare` found: `rows`, one an entry and race; printed, it is a table."""

    def __init__(self, races: Sequence[Race]) -> None:
        self.races = list(races)
        self._names = _names(self.races)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One row an entry and race, as `Race.ranking` has it, with the race's name and workload."""
        return [
            {"race": name, "workload": race.spec.workload, **row}
            for name, race in zip(self._names, self.races, strict=True)
            for row in race.ranking
        ]

    def as_dict(self) -> dict[str, Any]:
        """The comparison as the command line's JSON has it."""
        return {"races": [str(race.path) for race in self.races], "rows": self.rows}

    def to(self, form: str) -> str:
        """The table as "text", as "csv" (a line an entry and race, with every number) or as "latex" (booktabs)."""
        if form not in FORMS:
            raise unknown("form", form, list(FORMS))
        return FORMS[form](Table(self._names, self.rows))

    def text(self) -> str:
        """The table as the terminal shows it."""
        return self.to("text").rstrip("\n")

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return self.text()


def _names(races: Sequence[Race]) -> list[str]:
    """What tells the races apart: their workloads, or where two have one workload, the folders too."""
    workloads = [race.spec.workload for race in races]
    if len(set(workloads)) == len(workloads):
        return workloads
    names = [f"{race.spec.workload} ({race.path.name})" for race in races]
    return names if len(set(names)) == len(names) else [f"{race.spec.workload} ({race.path})" for race in races]


def compare(races: Race | str | Path | Sequence[Race | str | Path]) -> Comparison:
    """Compare the entries of one race with its leader, or put several races into one table.

    Races, or the folders that hold them. Raises `BadValue` when there is none, or one twice; `BadFile` where there
    is no race.
    """
    given = list(races) if isinstance(races, Sequence) and not isinstance(races, str) else [races]
    if not given or not all(isinstance(one, Race | str | Path) for one in given):
        raise BadValue(f"there is nothing to compare in {races!r}: give a race, or its folder, or a list of them")
    opened = [one if isinstance(one, Race) else open_race(one) for one in given]
    paths = [race.path.resolve() for race in opened]
    if twice := [race for i, race in enumerate(opened) if paths[i] in paths[:i]]:
        raise BadValue(f"{twice[0].path} is given twice; give each race once")
    return Comparison(opened)
