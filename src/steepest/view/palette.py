"""The theme's colours by name (`c0` … `c7` the series, `ink`, `soft`, `rule` …), read from its style sheet."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["COLOURS", "DASHES", "palette"]

COLOURS = 8
DASHES = ((), (6, 3), (2, 3))  # when colours run out; as in `palette.js`


@cache
def palette(theme: str = "light") -> dict[str, str]:
    """name → #rrggbb in the `light` or `dark` theme."""
    light, dark = re.split(
        r":root\[data-theme=\"dark\"\]", (files(__package__) / "static/theme.css").read_text("utf-8")
    )
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light if theme == "light" else dark.partition("}")[0]))
