"""`steepest show`: the leaderboard of a race, finished or not."""

from __future__ import annotations

import click

from ..core.errors import BadValue
from .options import as_json

__all__ = ["command"]


@click.command("show")
@click.argument("folder", metavar="DIR")
@click.option("--all", "everything", is_flag=True, help="Every setting, by the metric that settings are chosen by.")
@click.option("--differences", is_flag=True, help="How far each entry is behind the leader, with interval and p.")
@as_json
def command(folder: str, everything: bool, differences: bool, as_json: bool) -> None:
    """Show the leaderboard of the race in DIR; a race that is still running can be looked at."""
    from ..racing.results import open_race
    from .tables import leaderboard, print_json

    if everything and differences:
        raise BadValue("--all with --differences: only what the leaderboard chose is compared; give one of the two")
    race = open_race(folder)
    if as_json:
        print_json(race.as_dict())
    elif differences:
        from ..racing.comparison import compare

        print(compare(race).text())
    else:
        leaderboard(race, everything)
