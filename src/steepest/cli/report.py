"""`steepest report`: one HTML file, or one figure for a paper."""

from __future__ import annotations

import click

from ..core.errors import BadValue
from ..view.endings import REPORT, ending

__all__ = ["command"]


@click.command("report")
@click.argument("folder", metavar="DIR")
@click.option(
    "--to", "path", metavar="FILE", help="Where to write: .html, .svg, .pdf or .png (default: DIR/report.html)."
)
@click.option("--figure", metavar="KIND", help="Of an .svg, .pdf or .png: sensitivity, curves or ranking.")
@click.option("--metric", metavar="NAME", help="Of curves: this one alone, e.g. validation_loss.")
@click.option("--lang", metavar="en|zh", help="Of a figure (default: the locale's); the HTML file has both.")
def command(folder: str, path: str | None, figure: str | None, metric: str | None, lang: str | None) -> None:
    """Write the report of the race in DIR: one HTML file, in Chinese and English, that needs no network.

    With --to x.svg, x.pdf or x.png: one figure fit for a paper (needs matplotlib), by default of the sensitivity to the
    learning rate where several were raced, else of the curves.
    """
    from ..racing.results import open_race

    race = open_race(folder)
    if path is None or ending(path) in REPORT:
        if not (figure is metric is lang is None):
            raise BadValue("--figure, --metric and --lang go with --to x.svg, x.pdf or x.png")
        print(race.report(path))
    else:
        race.plot(figure, path, metric=metric, lang=lang)
        print(path)
