"""A race in a notebook: its ranking as a table and its sensitivity (or curves) as inline SVG. No script, light or dark.

The picture is the one that `drawing.py` makes for a paper, with its colours as custom properties that follow the
notebook's theme. Without matplotlib the table stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from ..core.errors import Unavailable, UserError
from .durations import duration
from .edges import edges
from .numbers import DASH, count, interval, metric, place, setting
from .palette import COLOURS, palette
from .race import Reader, finite
from .race_charts import places, race_figure
from .words import escape, metric_name, say

__all__ = ["html"]

MOST_ROWS = 20
NAMES = ("paper", "ink", "soft", "rule", *(f"c{i}" for i in range(COLOURS)))


@cache
def _style() -> str:
    """The two palettes; JupyterLab and VS Code say which theme they have, other notebooks are light."""
    light, dark = ("".join(f"--{n}:{palette(theme)[n]};" for n in NAMES) for theme in ("light", "dark"))
    dark_at = ",".join(f"{at} .steepest" for at in ("[data-jp-theme-light=false]", ".vscode-dark", "[data-theme=dark]"))
    rules = {
        ".steepest": f"{light}color:var(--ink)",
        dark_at: dark,
        ".steepest table": "border-collapse:collapse;border:0;color:inherit;font-size:inherit",
        ".steepest th,.steepest td": "background:none;text-align:left;border:0;padding:.2em .9em .2em 0",
        ".steepest td": "white-space:nowrap",
        ".steepest thead th": "border-bottom:1px solid var(--rule);font-weight:600",
        ".steepest .n": "text-align:right;font-variant-numeric:tabular-nums",
        ".steepest .t": "color:var(--soft)",
        ".steepest svg": "max-width:100%;height:auto",
    }
    return f"<style>{''.join(f'{at}{{{rule}}}' for at, rule in rules.items())}</style>"


def _row(reader: Reader, row: Mapping[str, Any], series: int, lang: str) -> str:
    known = finite(row["mean"]) is not None
    name = reader.group(row["configuration"])
    dot = f'<span style="color:var(--c{series % COLOURS})">●</span>'
    tied = f' <span class="t">{say(lang, "tied")}</span>' if known and row["tied"] and row["rank"] > 1 else ""
    spread = interval(reader.metric, row["low"], row["high"]) if row["n"] > 1 else DASH
    cells = [
        f'<td class="n">{escape(place(row).rstrip("=") if known else DASH)}</td>',
        f"<td>{dot} {escape(name)}{tied}</td>",
        f'<td class="n">{metric(reader.metric, row["mean"])}</td>',
        f'<td class="n">{spread}</td>',
        f'<td class="n">{escape(row["n"])}</td>',
        f"<td><code>{escape(setting(reader.setting(row['configuration'])))}</code></td>",
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _picture(race: Mapping[str, Any], lang: str) -> str:
    """The figure as inline SVG whose colours are the style's; nothing where nothing can be drawn."""
    try:
        from .drawing import encoded, figure

        svg = encoded(figure(race_figure(race), lang), "svg").decode()
    except (Unavailable, UserError):
        return ""
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    svg = re.sub(r'(<g id="patch_1">).*?(</g>)', r"\1\2", svg, count=1, flags=re.DOTALL)  # the paper
    svg = re.sub(r'( id="patch_2">\s*<path [^>]*?style=")fill: #ffffff', r"\1fill: none", svg)
    for name in NAMES:
        svg = svg.replace(palette()[name], f"var(--{name},{palette()[name]})")
    return svg


def html(race: Mapping[str, Any], lang: str) -> str:
    """`race` (its shape: see `race.py`) as one element in one language."""
    reader, known = Reader(race), places(race)
    heads = [
        f"<th{'' if h in ('optimizer', 'setting') else ' class=n'}>"
        f"{say(lang, f'column.{h}') if h else escape(metric_name(lang, reader.metric))}</th>"
        for h in ("rank", "optimizer", None, "interval", "seeds", "setting")
    ]
    rows = [_row(reader, row, known[reader.group(row["configuration"])], lang) for row in reader.ranking[:MOST_ROWS]]
    diverged, runs = reader.diverged(reader.configurations)
    facts = [f"{count(runs)} {say(lang, 'figure.runs')}", f"{count(diverged)} {say(lang, 'figure.diverged')}"]
    facts.append(str(duration(race.get("wall_s"))[lang]))
    return (
        f'<div class="steepest" lang="{lang}">{_style()}<p><b>{escape(race["workload"]["id"])}</b> '
        f'<span class="t">{escape(" · ".join(facts))}</span></p>'
        f"<table><thead><tr>{''.join(heads)}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        f"{''.join(f'<p class=t>{said[lang]}</p>' for said in edges(race))}"
        f"{_picture(race, lang)}</div>"
    )
