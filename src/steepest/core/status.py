"""What can become of a run. A failure inside a race is data, never an exception."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Status"]


class Status(StrEnum):
    """The state of one run."""

    WAITING = "waiting"  # not started
    RUNNING = "running"  # between chunks
    FINISHED = "finished"  # all its steps done
    DIVERGED = "diverged"  # its loss ceased to be finite; `steps` is the last step that was
    STOPPED = "stopped"  # ended early on purpose: it could not win

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of the run."""
        return self in (Status.FINISHED, Status.DIVERGED, Status.STOPPED)
