"""`steepest predict`: read digits, or rows of a table, with a trained network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from .options import as_json, own_workload

if TYPE_CHECKING:
    from ..racing.results import Run

__all__ = ["command"]


@click.command("predict")
@click.argument("folder", metavar="DIR")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--run", "number", metavar="N", help="A run of the race (default: the winner's best).")
@own_workload
@as_json
def command(folder: str, files: tuple[str, ...], number: str | None, workload: str | None, as_json: bool) -> None:
    """Predict what is in FILE… with a network of the race in DIR.

    One that reads digits takes pictures (PNG, JPEG, IDX, NPY; any size, dark on light or light on dark). All others
    take rows of as many numbers as they have inputs, unscaled: a CSV file, with or without a header, or NPY.
    """
    from ..racing.choices import whole_number
    from ..racing.results import open_race
    from .tables import print_json

    race = open_race(folder, workload)
    run = race.best if number is None else race.run(whole_number(number, "run", 0))
    rows, names = _digits(run, files) if race.spec.facts["reads_digits"] else _rows(run, files)
    if as_json:
        print_json({"run": run.id, "optimizer": run.optimizer, "predictions": rows})
        return
    several = {file for file in files if sum(row["file"] == file for row in rows) > 1}
    for row in rows:
        place = f"{row['file']}[{row['index']}]" if row["file"] in several else row["file"]
        print(f"{place}: {_text(row, names)}")


def _digits(run: Run, files: Sequence[str]) -> tuple[list[dict[str, Any]], Sequence[str]]:
    from ..data.images import read_digits

    pictures = {file: read_digits(file) for file in files}

    from ..racing.predict import probabilities

    return [
        {"file": file, "index": i, "digit": int(p.argmax()), "probabilities": p.tolist()}
        for file, images in pictures.items()
        for i, p in enumerate(probabilities(run.predict(images)))
    ], ()


def _rows(run: Run, files: Sequence[str]) -> tuple[list[dict[str, Any]], Sequence[str]]:
    """A row of each sample, and what classes are called."""
    from ..core.errors import BadValue
    from ..data.tables import read_rows
    from ..racing.predict import probabilities
    from ..workloads.labels import answers
    from ..workloads.surfaces import PREFIX

    workload = run.race.workload
    if workload.id.startswith(PREFIX):
        raise BadValue(f"{workload.id} is a surface, which reads nothing; predict with a race on data")
    splits = workload.data()
    tables = {file: read_rows(file, splits.train.x.shape[1:]) for file in files}
    rows: list[dict[str, Any]] = []
    for file, x in tables.items():
        outputs = run.predict(x)
        if answers(workload) == "numbers":
            rows += [{"file": file, "index": i, "outputs": o.ravel().tolist()} for i, o in enumerate(outputs)]
            continue
        for i, p in enumerate(probabilities(outputs.reshape(len(x), -1))):
            label = {"label": splits.classes[p.argmax()]} if splits.classes else {}
            rows.append({"file": file, "index": i, "class": int(p.argmax()), **label, "probabilities": p.tolist()})
    return rows, splits.classes


def _text(row: dict[str, Any], names: Sequence[str]) -> str:
    """`2 (97.1%; next 1, 2.0%)`, or the outputs."""
    if "outputs" in row:
        return ", ".join(f"{value:.6g}" for value in row["outputs"])
    (first, p), (second, q) = sorted(enumerate(row["probabilities"]), key=lambda pair: -pair[1])[:2]
    told = [names[i] if names else str(i) for i in (first, second)]
    return f"{told[0]} ({p:.1%}; next {told[1]}, {q:.1%})"
