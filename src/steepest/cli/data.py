"""`steepest data`: the data sets, and where they are."""

from __future__ import annotations

import click

from ..core.registry import unknown

__all__ = ["command"]


@click.command("data")
@click.argument("action", required=False, default="list", metavar="[list|fetch]")
@click.argument("name", required=False)
def command(action: str, name: str | None) -> None:
    """List the data sets; `fetch NAME` loads one, checks it and says what it holds. All of them are embedded."""
    from ..core.errors import BadValue
    from ..data import DATASETS, load

    if action not in ("list", "fetch"):
        raise unknown("action", action, ("list", "fetch"))
    if action == "fetch" and name is None:
        raise BadValue(f"data fetch needs a name: {', '.join(DATASETS)}")
    for one in [DATASETS.check(name)] if name else DATASETS:
        splits = load(one)
        sizes = " + ".join(f"{len(s):,}" for s in (splits.train, splits.validation, splits.test))
        shape = "×".join(str(n) for n in splits.train.x.shape[1:])
        print(f"{one:<8} {sizes} (train + validation + test) of {shape} {splits.train.x.dtype}, embedded")
