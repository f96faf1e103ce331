"""Two years of daily temperatures in Beijing, 2016 and 2017, °C: what the moving average smooths."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Temperatures", "temperatures"]


@dataclass(frozen=True)
class Temperatures:
    """731 consecutive days: `date` datetime64[D]; `low`, `average` and `high` float64, °C."""

    date: NDArray[np.datetime64]
    low: NDArray[np.float64]
    average: NDArray[np.float64]
    high: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.date)


@cache
def temperatures() -> Temperatures:
    """The embedded series; its arrays are read-only."""
    text = (files(__package__) / "files" / "beijing_daily_temperature.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines()[1:]]
    columns: list[NDArray[Any]] = [np.array([row[0] for row in rows], dtype="datetime64[D]")]
    columns += [np.array([float(row[i]) for row in rows]) for i in (1, 2, 3)]
    for column in columns:
        column.flags.writeable = False
    return Temperatures(*columns)
