"""How long something took, in words of both languages: 210 ms, 61.2 s, 12 min 5 s, 3 h 20 min."""

from __future__ import annotations

from typing import Any

from .numbers import DASH
from .race import finite
from .words import LANGUAGES, told

__all__ = ["duration"]


def duration(seconds: Any) -> dict[str, str]:
    """`seconds` once a language."""
    s = finite(seconds)
    if s is None:
        return dict.fromkeys(LANGUAGES, DASH)
    values: dict[str, Any]
    whole, minutes = round(s), round(s / 60)
    if s < 0.9995:
        key, values = "unit.ms", {"n": f"{1000 * s:.3g}"}
    elif s < 119.95:
        key, values = "unit.s", {"n": f"{s:.3g}" if s < 99.95 else f"{s:.0f}"}
    elif s < 3600:
        key, values = "unit.min", {"m": whole // 60, "s": whole % 60}
    else:
        key, values = "unit.h", {"h": minutes // 60, "m": minutes % 60}
    return told(key, **values)
