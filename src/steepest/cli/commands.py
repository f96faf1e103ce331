"""The commands of `steepest` by name, each imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from ..core.errors import BadValue
from ..core.registry import unknown
from .options import language

__all__ = ["COMMANDS", "app"]

COMMANDS = {
    "race": "Race optimizers on a workload.",
    "refine": "Race on around the best of a race.",
    "resume": "Finish a race that was cut short.",
    "show": "Show a race's leaderboard.",
    "compare": "Compare entries with the leader, or races with each other.",
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


def _refuse_repeated(ctx: click.Context, command: click.Command, arguments: list[str]) -> None:
    """Refuse an option of one value that is given several: click would take the last without a word."""
    given = command.make_parser(ctx).parse_args(arguments)[2]
    for option in given:
        if isinstance(option, click.Option) and not (option.multiple or option.is_flag) and given.count(option) > 1:
            raise BadValue(f"{option.opts[0]} is given twice; give it once")


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            raise unknown("command", name, list(COMMANDS))
        command: click.Command = import_module(f".{name}", __package__).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None:
            _refuse_repeated(click.Context(command, ctx, name), command, list(rest))
        return name, command, rest

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
