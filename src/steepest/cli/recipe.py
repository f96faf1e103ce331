"""`steepest recipe`: the winner as code for another library."""

from __future__ import annotations

import click

from .options import own_workload

__all__ = ["command"]

LIBRARIES = ("torch", "keras", "tensorflow", "optax", "jax", "numpy")


@click.command("recipe")
@click.argument("folder", metavar="DIR")
@click.option("--to", "target", metavar="LIBRARY", default="torch", help="torch (default), keras, tf1 or optax.")
@click.option("--run", "number", metavar="N", help="A run of the race (default: the winner's best).")
@own_workload
@click.option("--out", "path", metavar="FILE", help="Where to write it (default: print it).")
def command(folder: str, target: str, number: str | None, workload: str | None, path: str | None) -> None:
    """Print the winner of the race in DIR as a Python file for another library that takes the same steps."""
    from pathlib import Path

    from ..core.errors import BadFile, BadValue
    from ..racing.choices import whole_number
    from ..racing.results import open_race
    from ..recipes.recipe import check_target

    check_target(target)
    if path is not None and Path(path).stem in LIBRARIES:
        raise BadValue(f"a file called {Path(path).name} would hide the library it imports; give --out another name")
    race = open_race(folder, workload)
    text = race.recipe(target, None if number is None else whole_number(number, "run", 0))
    if path is None:
        print(text, end="")
        return
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadFile(f"cannot write {path}: {error.strerror}; give --out another place") from None
    print(path)
