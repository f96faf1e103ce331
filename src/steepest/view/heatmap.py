"""The divergence map as a table that needs no JavaScript: colour for the share that diverged, the metric in
the cell.
"""

from __future__ import annotations

from .leaderboard import key
from .numbers import is_share, metric, short
from .race import Reader
from .words import Html, both, escape

__all__ = ["heatmap"]


def heatmap(reader: Reader, data: dict) -> Html:
    """The table of `divergence.divergence`'s `data`; a sentence when there is no learning rate to map."""
    if data["unavailable"]:
        diverged, runs = reader.diverged(reader.configurations)
        return Html(f'<p class="none">{both("divergence.no_rate", diverged=diverged, runs=runs)}</p>')
    heads = "".join(f'<th scope="col">{short(rate)}</th>' for rate in data["rates"])
    body = []
    for place, row in enumerate(data["rows"]):
        cells = []
        for cell in row["cells"]:
            if cell is None:
                cells.append('<td class="absent"></td>')
                continue
            value = metric(reader.choose_by, cell["mean"]).removesuffix("%")
            if is_share(reader.choose_by) and cell["mean"] is not None:
                value = f"{100 * cell['mean']:.1f}"
            text = "×" if cell["mean"] is None else value
            said = both("divergence.cell", diverged=cell["diverged"], total=cell["total"])
            strong = " dark" if cell["share"] > 0.55 else ""
            cells.append(
                f'<td class="cell{strong}" style="--share:{cell["share"]:.3g}">{text}'
                f'<span class="sr">{said}</span></td>'
            )
        body.append(f'<tr><th scope="row">{key(place)}{escape(row["name"])}</th>{"".join(cells)}</tr>')
    corner = both("divergence.caption")
    return Html(
        f'<table class="heat"><thead><tr><th scope="col">{corner}</th>{heads}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table>"
    )
