"""`steepest`: the commands, and what becomes of errors.

Exit 0 done, 2 a user's mistake (one line on stderr: what, got, do), 1 our fault (or homework that is not right yet),
130 interrupted. Results go to stdout, progress and messages to stderr.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from ..core.errors import SteepestError
from ..core.registry import unknown

__all__ = ["app", "main"]

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
    """Commands by name, each imported when it is asked for."""

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
def app() -> None:
    """Race hundreds of optimiser configurations of one network as one compiled program.

    \b
    steepest race mnist-mlp -o sgd -o momentum -o adam --lr 1e-4..1:9 --seeds 3
    """


def _say(message: str) -> None:
    print("steepest:", " ".join(message.split()), file=sys.stderr)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code is returned, and left to the interpreter by the console script."""
    try:
        code: int | None = app.main(arguments, prog_name="steepest", standalone_mode=False)
        sys.stdout.flush()
        return code or 0
    except SteepestError as error:
        _say(str(error))
        return 2
    except click.ClickException as error:
        where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "steepest"
        _say(f"{error.format_message()} (see {where} --help)")
        return 2
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted; nothing that was recorded is lost")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on; say nothing more
        return 0
    except MemoryError:
        _say("the machine is out of memory; use fewer runs, or a smaller network")
        return 2
    except Exception as error:
        if os.environ.get("STEEPEST_DEBUG"):
            raise
        _say(f"internal error, {type(error).__name__}: {error} (STEEPEST_DEBUG=1 shows where)")
        return 1
