"""`steepest compare`: how far the entries of one race are apart, or what came of them in several races."""

from __future__ import annotations

from pathlib import Path

import click

from ..core.errors import BadFile, BadValue
from .options import as_json

__all__ = ["command"]


@click.command("compare")
@click.argument("folders", metavar="DIR…", nargs=-1, required=True)
@click.option("--to", metavar="FORM", default="text", show_default=True, help="text, csv or latex.")
@click.option("--out", metavar="FILE", help="Write it there instead of printing it.")
@as_json
def command(folders: tuple[str, ...], to: str, out: str | None, as_json: bool) -> None:
    """Compare each entry of the race in DIR with the leader; of several races, one table across them."""
    from ..racing.comparison import compare
    from .tables import print_json

    if as_json and (out or to != "text"):
        raise BadValue("--json prints one JSON object and takes neither --to nor --out; leave them out")
    compared = compare(folders)
    if as_json:
        print_json(compared.as_dict())
        return
    text = compared.to(to)
    if out is None:
        print(text.rstrip("\n"))
        return
    try:
        Path(out).write_text(text, "utf-8")
    except OSError as error:
        raise BadFile(f"cannot write the table to {out} ({error.strerror}); choose a writable place") from None
    print(out)
