"""The real loss around trained networks: a plane through the runs of a race, the loss on it, and the paths on it.

The chosen runs are made once more from their seeds (`replay`). The plane goes through the end of the first of them,
along the two directions that show most of the joint movement, or along two random ones. Each path is projected on it,
and for each the share of its movement that the plane shows is told: a picture of two dimensions out of thousands hides
the rest. Li et al. (2018), "Visualizing the loss landscape of neural nets".
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadValue
from ..core.registry import unknown
from ..core.status import Status
from ..curvature.filters import filter_normalised
from ..curvature.principal import principal_plane
from ..curvature.projection import coordinates, lengths
from ..devices import prepare
from ..workloads.workload import Workload
from .choices import whole_number
from .entries import Optimizer
from .own import own_again
from .plane_losses import losses
from .raced_on import raced_on
from .replay import Trajectory, parameter_names, replay
from .results import Race, Run
from .schedule import Schedules

__all__ = ["DIRECTIONS", "LossPlane", "PlanePath", "loss_plane"]

DIRECTIONS = ("pca", "random")
SAMPLES, RESOLUTION = 1000, 51
LEAST_RESOLUTION, MOST_RESOLUTION, MOST_DEFAULT_RUNS = 7, 501, 8
MARGIN, NARROWEST = 0.15, 0.3  # around the paths; the narrower side of the plane over the wider one


@dataclass(frozen=True)
class PlanePath:
    """A run's way on the plane: `steps` made at each point, its coordinates, and the share of its movement shown."""

    run: int
    optimizer: str
    hyperparameters: dict[str, Any]
    seed: int
    steps: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    share: float
    deviation: float | None


@dataclass(frozen=True)
class LossPlane:
    """The training loss on a plane of parameter space.

    x, y        coordinates of the grid [nx], [ny], zero (the end of the first run) among them; with the directions of
                "pca" distances in parameter space, with "random" multiples of the network's own size
    loss        [ny, nx], the mean over the first `samples` of the training split, without penalties or dropout
    paths       one a run
    shares      run -> share of its squared displacement from its start that the plane shows, 0 to 1
    share       of all runs together
    directions  "pca" or "random"
    deviation   how far the runs ended from what the race kept, at most, relative to the largest parameter
    seconds     it took; `grid_s` of them for the grid
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    loss: NDArray[np.float32]
    paths: tuple[PlanePath, ...]
    shares: dict[int, float]
    share: float
    samples: int
    directions: str
    deviation: float
    seconds: float
    grid_s: float

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest finite loss; nan when there is none."""
        finite = self.loss[np.isfinite(self.loss)]
        return (float(np.min(finite)), float(np.max(finite))) if finite.size else (math.nan, math.nan)

    def plot(self, path: str | Path | None = None, *, lang: str | None = None, ax: Any = None) -> Any:
        """Draw contours and paths with matplotlib, and return the figure; the arguments are those of `Race.plot`."""
        from ..view.drawing import drawn
        from ..view.race_charts import plane_chart

        return drawn({**plane_chart(self.as_dict(), {}), "note": None}, path, lang, ax)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON; a loss that is not finite is None."""
        return {
            "x": self.x.tolist(),
            "y": self.y.tolist(),
            "loss": [[v if math.isfinite(v) else None for v in row] for row in self.loss.tolist()],
            "paths": [
                {**asdict(path), "steps": path.steps.tolist(), "x": path.x.tolist(), "y": path.y.tolist()}
                for path in self.paths
            ],
            "share": self.share,
            "samples": self.samples,
            "directions": self.directions,
            "deviation": self.deviation,
            "seconds": self.seconds,
            "grid_s": self.grid_s,
        }


def loss_plane(
    race: Race | str | Path,
    runs: Sequence[int] | None = None,
    directions: str = "pca",
    resolution: int = RESOLUTION,
    samples: int | None = None,
    *,
    seed: int = 0,
    workload: str | Workload | None = None,
    optimizers: Sequence[Optimizer] = (),
    schedules: Schedules = (),
) -> LossPlane:
    """The loss on a plane through `runs` of `race` (a `Race` or its folder).

    runs        ids, the first of which ends at the plane's origin; None for the best run of each optimizer
    directions  "pca": most of the joint movement; "random": two drawn from `seed`, each filter as long as the network's
    resolution  points of the grid along each side, 7 to 501
    samples     of the training split that the loss is measured on; None for the first 1,000
    workload, optimizers, schedules   those of the race that only the program knows, as in `resume`

    Raises `UserError` in one line.
    """
    started = time.perf_counter()
    prepare()
    race = race if isinstance(race, Race) else Race(race)
    if directions not in DIRECTIONS:
        raise unknown("directions", directions, DIRECTIONS)
    side = whole_number(resolution, "resolution", LEAST_RESOLUTION)
    if side > MOST_RESOLUTION:
        raise BadValue(f"resolution must be at most {MOST_RESOLUTION}, got {side}")
    mine = race.workload if workload is None else raced_on(race.spec, race.path, workload)
    chosen = _chosen(race, runs)
    most = len(mine.data().train)
    n = min(SAMPLES, most) if samples is None else min(whole_number(samples, "samples"), most)
    trajectories = replay(race, chosen, mine, own_again(race.spec, optimizers, schedules))
    centre = trajectories[0].points[-1]
    plane = _plane(mine, trajectories, centre, directions, seed)
    inside = [coordinates(t.points - centre, plane) for t in trajectories]
    x, y = _axes(inside, side, directions)
    begun = time.perf_counter()
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    loss = losses(mine, centre, plane, grid, n).reshape(len(y), len(x))
    ended = time.perf_counter()
    moved = [lengths(t.points - t.points[0], plane) for t in trajectories]
    paths = tuple(_path(*parts) for parts in zip(trajectories, inside, moved, strict=True))
    return LossPlane(
        x=x,
        y=y,
        loss=loss,
        paths=paths,
        shares={path.run: path.share for path in paths},
        share=_share(sum(shown for shown, _ in moved), sum(whole for _, whole in moved)),
        samples=n,
        directions=directions,
        deviation=max((t.deviation for t in trajectories if t.deviation is not None), default=0.0),
        seconds=ended - started,
        grid_s=ended - begun,
    )


def _chosen(race: Race, runs: Sequence[int] | None) -> list[Run]:
    """The runs asked for, or the best of each optimizer, the winner's first."""
    if runs is not None:
        ids = [whole_number(run, "run", 0) for run in runs]
        if not ids or len(set(ids)) < len(ids):
            raise BadValue(f"runs: give distinct ids, at least one; got {ids}")
        return [race.run(i) for i in ids]
    found = [run for row in race.ranking if (run := _best(race, row["configuration"])) is not None]
    return found[:MOST_DEFAULT_RUNS] or [race.best]


def _best(race: Race, configuration: int) -> Run | None:
    finished = [r for r in race.runs if r.configuration == configuration and r.status is Status.FINISHED]
    return race.best_of(finished)


def _plane(
    workload: Workload, trajectories: Sequence[Trajectory], centre: NDArray[Any], directions: str, seed: int
) -> NDArray[np.float64]:
    """The plane's directions [2, D]."""
    if directions == "pca":
        return principal_plane(np.concatenate([t.points - centre for t in trajectories]), seed)
    shapes = parameter_names(workload).values()
    ends = np.cumsum([math.prod(shape) for shape in shapes])
    tensors = [part.reshape(shape) for part, shape in zip(np.split(centre, ends[:-1]), shapes, strict=True)]
    return filter_normalised(tensors, seed)


def _axes(inside: Sequence[NDArray[Any]], side: int, directions: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """Evenly spaced grid coordinates that hold every path, with zero among them."""
    points = np.concatenate(inside)
    low, high = np.minimum(points.min(0), 0), np.maximum(points.max(0), 0)
    if directions == "random":
        low, high = np.minimum(low, -1), np.maximum(high, 1)
    widths = high - low
    widths = np.maximum(widths, NARROWEST * widths.max()) if widths.max() > 0 else np.ones(2)
    middle = (low + high) / 2
    spans = widths * (1 + 2 * MARGIN)
    return _axis(middle[0], spans[0], side), _axis(middle[1], spans[1], side)


def _axis(middle: float, span: float, side: int) -> NDArray[np.float64]:
    spacing = span / (side - 1)
    below = min(max(round((span / 2 - middle) / spacing), 0), side - 1)
    return (np.arange(side, dtype=np.float64) - below) * spacing


def _path(trajectory: Trajectory, inside: NDArray[Any], moved: tuple[float, float]) -> PlanePath:
    run = trajectory.run
    varied = run.race.varied(run.configuration)
    x, y = inside.T
    return PlanePath(
        run.id, run.optimizer, varied, run.seed, trajectory.steps, x, y, _share(*moved), trajectory.deviation
    )


def _share(shown: float, whole: float) -> float:
    """What the plane shows of a movement; all of it when nothing moved."""
    return shown / whole if whole > 0 else 1.0
