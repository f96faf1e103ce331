"""Everything the charts of a report draw, as one plain dict: computed here, only drawn in the browser."""

from __future__ import annotations

import math
from typing import Any

from .bands import curves
from .divergence import divergence
from .numbers import setting
from .race import Race, Reader
from .sensitivity import sensitivity
from .times import times

__all__ = ["chart_data", "jsonable"]

DIGITS = 5
LONGEST = 160  # characters of a setting's name


def chart_data(race: Race) -> dict:
    """One entry per chart, beside the groups in order of appearance and a short name for each setting."""
    reader = Reader(race)
    best = reader.best()
    data = {"sensitivity": sensitivity(reader), "curves": curves(reader), "times": times(reader)}
    curved = {c for drawn in data["curves"]["metrics"].values() for c in drawn}
    named = curved | {p["configuration"] for s in data["sensitivity"]["series"] for p in s["points"]}
    named |= {dot["configuration"] for row in data["times"]["rows"] for dot in row["dots"]}
    return {
        **data,
        "divergence": divergence(reader),
        "groups": [
            {"name": name, "best": best.get(name), "members": [c for c in members if c in curved]}
            for name, members in reader.groups.items()
        ],
        "settings": {c: setting(reader.setting(c))[:LONGEST] for c in reader.configurations if c in named},
        "rates": {c: reader.rate(c) for c in reader.configurations if c in curved},
        "target": reader.target,
        "stepsPerEpoch": race.get("steps_per_epoch"),
    }


def jsonable(value: Any) -> Any:
    """`value` with NaN and infinities as None, floats at DIGITS significant digits and text as keys: safe for
    JSON.
    """
    if isinstance(value, dict):
        return {str(k): jsonable(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(v) for v in value]
    if value is None or isinstance(value, bool | str | int):
        return value
    number = float(value)
    if not math.isfinite(number):
        return None
    short = float(f"{number:.{DIGITS}g}")
    return int(short) if short.is_integer() and abs(short) < 2**53 else short
