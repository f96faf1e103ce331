"""`steepest train`: one network."""

from __future__ import annotations

import sys
from typing import Any

import click

from .options import as_json, training

__all__ = ["command"]


@click.command("train")
@click.argument("workload")
@click.option("-o", "--optimizer", metavar="NAME[:key=value,…]", help="Default: the workload's own.")
@click.option("--seed", metavar="N", default="0", show_default=True, help="Fixes data order, draws and noise.")
@training
@as_json
def command(workload: str, optimizer: str | None, seed: str, as_json: bool, **options: Any) -> None:
    """Train one network on WORKLOAD and keep it, ready for `steepest predict`."""
    from ..racing.choices import whole_number
    from ..racing.folders import new_folder
    from ..racing.race import train
    from .folders import command_line
    from .live import Live
    from .tables import print_json, run_summary

    options["out"] = options["out"] or new_folder(workload)
    options["schedule"] = list(options["schedule"]) or None
    with Live(quiet=as_json) as live:
        run = train(
            workload,
            optimizer,
            seed=whole_number(seed, "seed", 0),
            command=command_line(sys.argv[1:]),
            progress=live.update,
            **options,
        )
    if as_json:
        print_json(run.race.as_dict())
    else:
        run_summary(run)
