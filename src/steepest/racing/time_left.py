"""How long a race will still take: the steps to be made at the speed measured, and the programs still being compiled.

Programs are compiled one after another beside the steps. A lane's steps begin when its program is there and the lanes
before it are done, so that, in the order of compiling, the end moves as  end ← max(end, ready) + work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Pace", "seconds_left"]


@dataclass
class Pace:
    """A lane so far: run-steps left and made, the seconds they took on the devices, those of compiling (0: not yet)."""

    left: int
    made: int = 0
    seconds: float = 0.0
    compile_s: float = 0.0


def seconds_left(lanes: Iterable[Pace], compiling_s: float) -> float | None:
    """The estimate; None before a step has been timed. `compiling_s`: how long the next program is being compiled."""
    lanes = [lane for lane in lanes if lane.left or lane.made]
    timed = [lane for lane in lanes if lane.seconds > 0]
    if not timed:
        return None
    a_step = sum(lane.seconds for lane in timed) / sum(lane.made for lane in timed)
    built = [lane.compile_s for lane in lanes if lane.compile_s > 0]
    a_program = sum(built) / max(1, len(built))
    end, ready = 0.0, max(0.0, a_program - compiling_s)
    for lane in sorted(lanes, key=lambda lane: lane.compile_s == 0):
        work = lane.left * (lane.seconds / lane.made if lane.seconds > 0 else a_step)
        if lane.compile_s > 0:
            end += work
        else:
            end = max(end, ready) + work
            ready += a_program
    return end
