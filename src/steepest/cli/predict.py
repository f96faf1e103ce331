"""`steepest predict`: read digits with a trained network."""

from __future__ import annotations

from typing import Any

import click

from .options import as_json, own_workload

__all__ = ["command"]


@click.command("predict")
@click.argument("folder", metavar="DIR")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--run", "number", metavar="N", help="A run of the race (default: the winner's best).")
@own_workload
@as_json
def command(folder: str, files: tuple[str, ...], number: str | None, workload: str | None, as_json: bool) -> None:
    """Read the digits in FILE… (PNG, JPEG, IDX, NPY; any size, dark on light or light on dark)."""
    from ..core.errors import BadValue
    from ..data.images import read_digits
    from ..racing.choices import whole_number
    from ..racing.results import open_race
    from .tables import print_json

    race = open_race(folder, workload)
    run = race.best if number is None else race.run(whole_number(number, "run", 0))
    if not race.spec.facts["reads_digits"]:
        raise BadValue(f"{race.spec.workload} does not read pictures of digits; race one of the mnist workloads")
    pictures = {file: read_digits(file) for file in files}

    from ..racing.predict import probabilities

    rows: list[dict[str, Any]] = []
    for file, images in pictures.items():
        for i, p in enumerate(probabilities(run.predict(images))):
            rows.append({"file": file, "index": i, "digit": int(p.argmax()), "probabilities": [float(v) for v in p]})
    if as_json:
        print_json({"run": run.id, "optimizer": run.optimizer, "predictions": rows})
        return
    for row in rows:
        place = f"{row['file']}[{row['index']}]" if len(pictures[row["file"]]) > 1 else row["file"]
        second = sorted(enumerate(row["probabilities"]), key=lambda pair: -pair[1])[1]
        print(f"{place}: {row['digit']} ({row['probabilities'][row['digit']]:.1%}; next {second[0]}, {second[1]:.1%})")
