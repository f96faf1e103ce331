"""`steepest report`: one HTML file."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("report")
@click.argument("folder", metavar="DIR")
@click.option("--to", "path", metavar="FILE", help="Where to write it (default: DIR/report.html).")
def command(folder: str, path: str | None) -> None:
    """Write the report of the race in DIR: one HTML file, in Chinese and English, that needs no network."""
    from ..racing.results import open_race

    print(open_race(folder).report(path))
