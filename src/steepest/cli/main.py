"""`steepest`: the entry point, and what becomes of errors.

Exit 0 done, 2 a user's mistake (one line on stderr: what, got, do), 1 our fault (or homework that is not right yet),
130 interrupted. Results go to stdout, progress and messages to stderr, in the reader's language. Signals are answered
before anything else is imported.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress

from ..core import interruption

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code is returned, and left to the interpreter by the console script.

    Without `arguments` the process is the command: a signal ends it with one line.
    """
    if arguments is not None:
        return _run(arguments)
    interruption.answer_signals()
    code = _run(sys.argv[1:])
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    interruption.leave_with(code)
    return code


def _run(arguments: list[str]) -> int:
    import click

    from ..core.errors import SteepestError
    from ..core.language import choose
    from ..core.messages import translated
    from .commands import app

    choose(None)
    try:
        code: int | None = app.main(arguments, prog_name="steepest", standalone_mode=False)
        sys.stdout.flush()
        return code or 0
    except SteepestError as error:
        _say(str(error))
        return 2
    except click.ClickException as error:
        where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "steepest"
        _say(f"{translated(error.format_message())} (see {where} --help)")
        return 2
    except (KeyboardInterrupt, click.Abort) as error:
        if isinstance(error.__cause__, EOFError):  # click takes a fault of ours for the end of the input
            return _fault(error.__cause__)
        _say(interruption.LINES["en"])
        return 130
    except BrokenPipeError:
        _print_no_more()  # nobody reads on
        return 0
    except MemoryError:
        _say("the machine is out of memory; use fewer runs, or a smaller network")
        return 2
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            return _fault(error)
        _print_no_more()
        _say("the disk is full, or your share of it; make room, and do it again")
        return 2
    except Exception as error:
        return _fault(error)


def _fault(error: Exception) -> int:
    """Own up to a fault of ours."""
    if os.environ.get("STEEPEST_DEBUG"):
        raise error
    _say(f"internal error, {type(error).__name__}: {error} (STEEPEST_DEBUG=1 shows where)")
    return 1


def _print_no_more() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(message: str) -> None:
    from ..core.messages import translated

    print("steepest:", translated(message), file=sys.stderr)
