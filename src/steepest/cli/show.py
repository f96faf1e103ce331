"""`steepest show`: the leaderboard of a race, finished or not."""

from __future__ import annotations

import click

from .options import as_json

__all__ = ["command"]


@click.command("show")
@click.argument("folder", metavar="DIR")
@click.option("--all", "everything", is_flag=True, help="Every configuration, not only each optimizer's best.")
@as_json
def command(folder: str, everything: bool, as_json: bool) -> None:
    """Show the leaderboard of the race in DIR; a race that is still running can be looked at."""
    from ..racing.results import open_race
    from .tables import leaderboard, print_json

    race = open_race(folder)
    if as_json:
        print_json(race.as_dict())
    else:
        leaderboard(race, everything)
