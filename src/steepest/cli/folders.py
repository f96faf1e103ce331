"""The command that repeats what was done, kept with a race and shown in its report."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

__all__ = ["command_line"]


def command_line(arguments: Sequence[str]) -> str:
    """The command as a shell would take it."""
    return shlex.join(["steepest", *arguments])
