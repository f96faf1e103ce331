"""Runs the sides of a contest in turn, each time in a new process, and gathers what they measured.

Before the first round every side is imported once, so that its files are in memory. A side that keeps compiled
programs (ours, torch.compile) is run once with an empty cache instead: that first time is reported for itself, the
rounds that follow find the cache warm.
The order of the sides is turned round in every other round. A side that fails is reported as failed, with its last
line, and takes no part in the rounds that follow.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .contest import Contest, Side
from .side import MARK
from .spread import agreement, matched, ratios

__all__ = ["Failed", "Measured", "peers_python", "play_contest", "play_side"]

ROOT = Path(__file__).parents[1]
TIMEOUT_S = 3600
Tell = Callable[[str], None]


class Failed(RuntimeError):
    """A side's process ended without a measurement."""


def peers_python() -> str:
    """The interpreter of the peers: $STEEPEST_PEERS_PYTHON, else that of .venv-peers."""
    return os.environ.get("STEEPEST_PEERS_PYTHON") or str(ROOT / ".venv-peers" / "bin" / "python")


@dataclass
class Measured:
    """Everything that one side's rounds brought; lists have one entry a round."""

    side: Side
    seconds: list[float] = field(default_factory=list)  # scaled to the whole work
    wall: list[float] = field(default_factory=list)  # of the process, imports included; not scaled
    peak_mb: list[float] = field(default_factory=list)
    results: list[dict[str, Any]] = field(default_factory=list)
    first_s: float | None = None  # with nothing compiled yet
    failed: str = ""

    @property
    def accuracy(self) -> list[float]:
        """Test accuracy, round by round, where it is known."""
        return [r["accuracy"] for r in self.results if r.get("accuracy") is not None]

    def as_dict(self) -> dict[str, Any]:
        """For the JSON file; the runs of a race are left out of it."""
        kept = [{k: v for k, v in r.items() if k not in ("runs", "seconds", "peak_mb")} for r in self.results]
        return {**{k: v for k, v in asdict(self).items() if k != "results"}, "results": kept}


def play_side(side: Side, folder: Path, **more: Any) -> tuple[dict[str, Any], float]:
    """Run one side once; its measurement, and the seconds that its process lived. Raises `Failed`."""
    python = peers_python() if side.peer else sys.executable
    told = {"data": str(folder / "data"), **side.params, **more}
    environment = {
        **os.environ,
        "STEEPEST_CACHE": str(folder / "cache"),
        "TORCHINDUCTOR_CACHE_DIR": str(folder / "inductor"),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "KERAS_BACKEND": "tensorflow",
        "RAY_USAGE_STATS_ENABLED": "0",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),  # this checkout, whatever is installed
    }
    started = time.perf_counter()
    try:
        done = subprocess.run(
            [python, "-m", side.module, json.dumps(told)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failed(str(error)) from None
    wall = time.perf_counter() - started
    lines = [line for line in done.stdout.splitlines() if line.startswith(MARK)]
    if done.returncode or not lines:
        raise Failed(((done.stderr or done.stdout).strip().splitlines() or ["no output"])[-1])
    return json.loads(lines[-1].removeprefix(MARK)), wall


def _prepare(side: Measured, folder: Path) -> None:
    try:
        if side.side.compiles:
            side.first_s = play_side(side.side, folder, round=0)[0]["seconds"]
        else:
            play_side(side.side, folder, round=0, imports_only=True)
    except Failed as error:
        side.failed = str(error)


def play_contest(contest: Contest, pairs: int, folder: Path, tell: Tell = lambda text: None) -> list[Measured]:
    """Every side of the contest, `pairs` times, in turn."""
    measured = [Measured(side) for side in contest.sides]
    for side in measured:
        tell(f"  first: {side.side.name}")
        _prepare(side, folder)
    for number in range(contest.pairs or pairs):
        for side in measured if number % 2 == 0 else measured[::-1]:
            if side.failed or (side.side.rounds is not None and number >= side.side.rounds):
                continue
            try:
                result, wall = play_side(side.side, folder, round=number)
            except Failed as error:
                side.failed = str(error)
                tell(f"  {side.side.name}: failed: {side.failed}")
                continue
            side.results.append(result)
            side.seconds.append(result["seconds"] * side.side.scale)
            side.wall.append(wall)
            side.peak_mb.append(result["peak_mb"])
            tell(f"  round {number + 1}: {side.side.name}: {result['seconds']:.3f} s")
    return measured


def compare(contest: Contest, ours: Measured, theirs: Measured) -> dict[str, Any]:
    """How one peer stands to us: ratios, accuracies on the same work, and whether they agree."""
    if ours.failed or theirs.failed:
        return {"ratios": [], "failed": theirs.failed or ours.failed}
    mine, other, runs = ours.accuracy, theirs.accuracy, 0
    n = min(len(ours.results), len(theirs.results))
    pairs = [
        matched(a.get("runs", []), b.get("runs", [])) for a, b in zip(ours.results[:n], theirs.results[:n], strict=True)
    ]
    if all(pairs):
        mine, other, runs = [p[0] for p in pairs if p], [p[1] for p in pairs if p], pairs[0][2] if pairs[0] else 0
    sizes = {r.get("parameters") for r in [*ours.results, *theirs.results]} - {None}
    return {
        "ratios": ratios(ours.seconds[:n], theirs.seconds[:n]),
        "accuracy_ours": mine,
        "accuracy_theirs": other,
        "matched_runs": runs,
        "agrees": agreement(mine, other, contest.tolerance) if mine and other else None,
        "same_size": len(sizes) <= 1,
    }
