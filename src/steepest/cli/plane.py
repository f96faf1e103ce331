"""`steepest plane`: the loss around trained networks, and the paths of the runs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .options import as_json, own_optimizers, own_workload

if TYPE_CHECKING:
    from ..racing.loss_plane import LossPlane

__all__ = ["command"]


@click.command("plane")
@click.argument("folder", metavar="DIR")
@click.option("--runs", metavar="IDS", help="e.g. 0,3; the first ends at the origin (default: each optimizer's best).")
@click.option("--directions", metavar="NAME", default="pca", show_default=True, help="pca or random.")
@click.option("--resolution", metavar="N", default="51", show_default=True, help="Points of the grid along each side.")
@click.option("--samples", metavar="N", help="Training samples that the loss is of (default: the first 1000).")
@click.option("--seed", metavar="N", default="0", show_default=True, help="Draws random directions.")
@click.option(
    "--out", "path", metavar="FILE", help="Where to write: .html, .svg, .pdf or .png (default: DIR/plane.html)."
)
@own_workload
@own_optimizers
@as_json
def command(
    folder: str,
    runs: str | None,
    directions: str,
    resolution: str,
    samples: str | None,
    seed: str,
    path: str | None,
    workload: str | None,
    optimizers: tuple[str, ...],
    as_json: bool,
) -> None:
    """Draw the training loss on a plane through runs of the race in DIR, with the path of each.

    The runs are made once more from their seeds. The plane shows as much of their joint movement as a plane can, or
    lies along two random directions; the share of each path's movement that it shows is told.
    """
    from pathlib import Path

    from ..racing.choices import whole_number
    from ..racing.loss_plane import loss_plane
    from ..racing.results import open_race
    from ..view.endings import FIGURE, ending
    from ..view.plane import write
    from .tables import print_json

    race = open_race(folder)
    target = Path(path) if path is not None else race.path / "plane.html"
    drawn = ending(target) in FIGURE
    plane = loss_plane(
        race,
        None if runs is None else [whole_number(one, "runs", 0) for one in runs.split(",")],
        directions,
        whole_number(resolution, "resolution"),
        None if samples is None else whole_number(samples, "samples"),
        seed=whole_number(seed, "seed", 0),
        workload=workload,
        optimizers=optimizers,
    )
    if drawn:
        plane.plot(target)
    elif path is not None or not as_json:
        title = race.spec.facts["title"]
        write(target, {"id": race.spec.workload, "title": title, **plane.as_dict()})
    if as_json:
        print_json(plane.as_dict())
        return
    _table(plane)
    print(f"figure: {target}")


def _table(plane: LossPlane) -> None:
    from rich.console import Console
    from rich.table import Table

    from ..view.numbers import varied_text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("run", justify="right")
    table.add_column("optimizer")
    table.add_column("setting")
    for heading in ("seed", "steps", "movement shown"):
        table.add_column(heading, justify="right", no_wrap=True)
    for path in plane.paths:
        cells = (str(path.run), path.optimizer, varied_text(path.hyperparameters))
        table.add_row(*cells, str(path.seed), str(path.steps[-1]), f"{path.share:.1%}")
    Console(width=120).print(table)
    low, high = plane.range
    print(f"the plane ({plane.directions}) shows {plane.share:.1%} of all movement")
    noun = "sample" if plane.samples == 1 else "samples"
    grid = f"{len(plane.x)} × {len(plane.y)} losses of the first {plane.samples:,} training {noun}"
    times = f"in {plane.grid_s:.1f} s; with the runs made once more {plane.seconds:.1f} s"
    print(f"{grid}, {low:.4g} to {high:.4g}, {times}")
    if plane.deviation > 0:
        print(f"the runs ended within {plane.deviation:.1e} of what the race kept, of the largest parameter")
