"""The divergence map: optimiser by learning rate, the share of runs that diverged, and the metric that
chooses, of those that did not.
"""

from __future__ import annotations

import math
from typing import Any

from .race import Reader

__all__ = ["MOST_COLUMNS", "divergence"]

MOST_COLUMNS = 24


def _columns(rates: list[float]) -> dict[float, float]:
    """rate → the column it stands in: its own, or the nearest half decade when there are too many."""
    if len(rates) <= MOST_COLUMNS:
        return {rate: rate for rate in rates}
    return {r: float(f"{10 ** (round(math.log10(r) * 2) / 2):.2g}") if r > 0 else r for r in rates}


def _cell(reader: Reader, configurations: list[Any]) -> dict:
    diverged, total = reader.diverged(configurations)
    means = [sum(v) / len(v) for c in configurations if (v := reader.values(c, reader.choose_by))]
    pick = max if reader.higher(reader.choose_by) else min
    return {
        "diverged": diverged,
        "total": total,
        "share": diverged / total if total else 0.0,
        "mean": pick(means, default=None),
    }


def divergence(reader: Reader) -> dict:
    """{"rates", "binned", "rows": [{"name", "cells": [{"diverged", "total", "share", "mean"} | None]}],
    "diverged", "unavailable"}.

    A cell covers every setting at that rate and shows the best mean among them; None where an optimiser was
    not run there. `unavailable` is "no_rate" when no configuration has a learning rate, else None.
    """
    rates = sorted({r for c in reader.configurations if (r := reader.rate(c)) is not None})
    column = _columns(rates)
    columns = sorted(set(column.values()))
    rows = []
    for name, members in reader.groups.items():
        at: dict[float, list[Any]] = {}
        for c in members:
            if (rate := reader.rate(c)) is not None:
                at.setdefault(column[rate], []).append(c)
        rows.append({"name": name, "cells": [_cell(reader, at[r]) if r in at else None for r in columns]})
    return {
        "rates": columns,
        "binned": len(columns) < len(rates),
        "rows": rows,
        "diverged": reader.diverged(reader.configurations)[0],
        "unavailable": None if rates else "no_rate",
    }
