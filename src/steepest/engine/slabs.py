"""Which run sits where: the runs of a lane dealt into slabs of [rows, width] places, one seed to a row.

Places left over are filled with a copy of the row's first run that never moves, so that the program's shape, and with
it every run's result, does not depend on how many runs there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..core.spec import Layout

__all__ = ["Member", "Slots", "deal", "slots"]


@dataclass(frozen=True)
class Member:
    """One run of a lane: its id in the race, its seed, its numbers."""

    id: int
    seed: int
    numbers: Mapping[str, float]


@dataclass(frozen=True)
class Slots:
    """A slab's runs as arrays: numbers [rows, width], the seed of each row, which places hold a run at all."""

    ids: NDArray[np.int64]  # [rows, width], −1 in an empty place
    numbers: Mapping[str, NDArray[np.float32]]
    seeds: NDArray[np.uint32]

    @property
    def filled(self) -> NDArray[np.bool_]:
        """Which places hold a run, [rows, width]."""
        return self.ids >= 0


def deal(members: Sequence[Member], layout: Layout) -> list[list[list[Member]]]:
    """Slabs of rows of members; each row at most `layout.width` members of one seed."""
    rows: list[list[Member]] = []
    of_seed: dict[int, list[Member]] = {}
    for m in members:
        of_seed.setdefault(m.seed, []).append(m)
    for mine in of_seed.values():
        parts = -(-len(mine) // layout.width)
        size = -(-len(mine) // parts)
        rows += [mine[i : i + size] for i in range(0, len(mine), size)]
    return [rows[i : i + layout.rows] for i in range(0, len(rows), layout.rows)]


def _dealt(place: int, layout: Layout) -> int:
    """Which row lies at a place: rows go round the devices, so that few rows, or alike ones, are shared out evenly."""
    devices = min(layout.devices, layout.rows)
    device, turn = divmod(place, layout.rows // devices)
    return turn * devices + device


def slots(rows: Sequence[Sequence[Member]], layout: Layout) -> Slots:
    """The arrays of one slab."""
    ids = np.full((layout.rows, layout.width), -1, np.int64)
    places = [_dealt(place, layout) for place in range(layout.rows)]
    full = [rows[i] if i < len(rows) else rows[0] for i in places]
    for place, i in enumerate(places):
        if i < len(rows):
            ids[place, : len(rows[i])] = [m.id for m in rows[i]]
    padded = [[*row, *[row[0]] * (layout.width - len(row))] for row in full]
    numbers = {
        name: np.array([[m.numbers[name] for m in row] for row in padded], np.float32) for name in rows[0][0].numbers
    }
    return Slots(ids, numbers, np.array([row[0].seed for row in full], np.uint32))
