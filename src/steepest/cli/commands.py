"""The commands of `steepest` by name, each imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from ..core.registry import unknown
from .options import language

__all__ = ["COMMANDS", "app"]

COMMANDS = {
    "race": "Race optimizers on a workload.",
    "resume": "Finish a race that was cut short.",
    "show": "Show a race's leaderboard.",
    "report": "Write a race's HTML report.",
    "plane": "Draw the loss around a race's runs, and their paths on it.",
    "train": "Train one network.",
    "predict": "Predict pictures, or rows of a table, with a trained network.",
    "recipe": "Print the winner as code for another library.",
    "record": "Run the fastest recipe known to 98 % or 99 % on MNIST.",
    "lab": "Open the lab in the browser: course, surfaces, races, digits.",
    "learn": "Read the course, run it, have its homework checked.",
    "list": "List workloads, optimizers and other names.",
    "data": "List the data sets, or fetch one.",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            raise unknown("command", name, list(COMMANDS))
        command: click.Command = import_module(f".{name}", __package__).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="steepest")
@language
def app(lang: str | None) -> None:
    """Race hundreds of optimiser configurations of one network as one compiled program.

    \b
    steepest race mnist-mlp -o sgd -o momentum -o adam --lr 1e-4..1:9 --seeds 3
    """
