"""`steepest lab`: the lab in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from .options import language

__all__ = ["command"]


@click.command("lab")
@click.argument("page", required=False, default="/", metavar="[PAGE]")
@click.option("--port", type=int, metavar="N", help="The port to listen on (default: a free one from 8377 on).")
@click.option("--races", type=click.Path(path_type=Path), metavar="DIR", help="Folder of races (default: runs/).")
@click.option("--workload", "workloads", metavar="FILE.py:NAME", multiple=True, help="Of your own, to be raced there.")
@click.option("--no-browser", is_flag=True, help="Only serve; open no browser.")
@language
def command(
    page: str, port: int | None, races: Path | None, workloads: tuple[str, ...], no_browser: bool, lang: str | None
) -> None:
    """Open the lab: course, surfaces, races and digits in the browser, served to this machine alone.

    \b
    steepest lab
    steepest lab surfaces --port 9000
    steepest lab race --workload examples/wine.py
    """
    from ..web.serve import open_lab

    open_lab(page, port=port, races=races, browser=not no_browser, lang=lang, workloads=workloads)
