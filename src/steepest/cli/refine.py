"""`steepest refine`: race on around the best."""

from __future__ import annotations

import sys
from typing import Any

import click

from .options import as_json, own_optimizers, own_workload

__all__ = ["command"]


@click.command("refine")
@click.argument("folder", metavar="DIR")
@click.option("--points", metavar="N", default="5", show_default=True, help="Of each axis; 1: the best settings alone.")
@click.option("--seeds", metavar="N", help="How many (default: as many as before); they are new ones.")
@click.option("--epochs", metavar="N", help="Passes over the training split (default: as before).")
@click.option("--top", metavar="K", help="Entries that go on (default: the leader and all that are tied with it).")
@click.option("--out", metavar="DIR", help="Folder that keeps it (default: a new one under runs/).")
@own_workload
@own_optimizers
@as_json
def command(
    folder: str,
    points: str,
    seeds: str | None,
    epochs: str | None,
    top: str | None,
    out: str | None,
    workload: str | None,
    optimizers: tuple[str, ...],
    as_json: bool,
) -> None:
    """Race on around the best settings of the race in DIR.

    Every axis goes from the neighbour below the best value to the one above, and past its end where the best lies
    there. Seeds follow those of DIR, so that what is reported is not what chose. The same as a `steepest race` command
    is printed first.

    \b
    steepest refine runs/mine                        # narrower
    steepest refine runs/mine --points 1 --seeds 10  # the best as they are, measured better
    """
    from ..racing.folders import new_folder
    from ..racing.own import own_again
    from ..racing.race import race
    from ..racing.refine import refinement
    from ..racing.results import open_race
    from .live import Live
    from .tables import finished

    first = open_race(folder, workload)
    asked: dict[str, Any] = {"points": points, "seeds": seeds, "epochs": epochs, "top": top}
    planned = refinement(first, **asked, own=own_again(first.spec, optimizers))
    on = str(first.source)
    place = out or new_folder(on)
    line = planned.command(on, place)
    print(line, file=sys.stderr)
    with Live(quiet=as_json) as live:
        result = race(
            first.source, list(planned.optimizers), **planned.options, out=place, command=line, progress=live.update
        )
    finished(result, as_json)
