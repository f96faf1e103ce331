"""`steepest resume`: finish what was cut short."""

from __future__ import annotations

import click

from .options import as_json, own_optimizers, own_workload

__all__ = ["command"]


@click.command("resume")
@click.argument("folder", metavar="DIR")
@own_workload
@own_optimizers
@as_json
def command(folder: str, workload: str | None, optimizers: tuple[str, ...], as_json: bool) -> None:
    """Finish the race in DIR that was cut short; it ends in the numbers that it would have had."""
    from ..racing.race import resume
    from .live import Live
    from .tables import finished

    with Live(quiet=as_json) as live:
        result = resume(folder, workload=workload, optimizers=optimizers, progress=live.update)
    finished(result, as_json)
