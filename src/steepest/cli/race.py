"""`steepest race`: the main job."""

from __future__ import annotations

import sys
from typing import Any

import click

from .options import as_json, training

__all__ = ["command"]


@click.command("race")
@click.argument("workload")
@click.option("-o", "--optimizer", "optimizers", metavar="NAME[:key=AXIS,…]", multiple=True,
              help="An optimizer: adam, adam:beta1=0.8,0.9,dialect=torch, optax.adabelief, your own file.py:name; may "
              "be repeated.")  # fmt: skip
@click.option(
    "--seeds", metavar="N|A..B", default="3", show_default=True, help="How many runs of each; or which: 3..7."
)
@training
@click.option("--explain-plan", is_flag=True, help="Say how each lane ran, and why.")
@as_json
def command(workload: str, optimizers: tuple[str, ...], explain_plan: bool, as_json: bool, **options: Any) -> None:
    """Race optimizers on WORKLOAD (a name, surface:NAME, surface:FORMULA, your own file.py:name) and rank them.

    Every optimizer is run at every point of every axis with every seed. The best setting of each is chosen on the
    validation split and reported on the test split.

    \b
    steepest race mnist-mlp -o momentum -o adam --lr 1e-4..1:9 --seeds 3 --epochs 2
    steepest race digits-mlp -o adam:beta1=0.5,0.9 --schedule cosine --schedule warmup:epochs=1+linear
    """
    from ..racing.folders import new_folder
    from ..racing.race import race
    from .folders import command_line
    from .live import Live
    from .tables import finished

    options["out"] = options["out"] or new_folder(workload)
    options["schedule"] = list(options["schedule"]) or None
    with Live(quiet=as_json) as live:
        result = race(
            workload,
            list(optimizers) or None,
            command=command_line(sys.argv[1:]),
            progress=live.update,
            **options,
        )
    if explain_plan:
        for line in result.spec.facts["plan"]:
            print(line, file=sys.stderr)
    finished(result, as_json)
