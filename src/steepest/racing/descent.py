"""Optimisers on a surface, step by step: what a picture of paths is drawn from.

    steepest.descend("saddle", ["sgd", "momentum", "adam:beta1=0.8"], lr=0.1, steps=300)

In float64, from the given starts, with the optimisers, axes and schedules of a race; a step counts as an epoch. A
number (a rate, a beta, a start, the noise, a number in the formula) costs no compilation, only another structure does.
For the statistics of many random starts there are races: `steepest race surface:saddle`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.axes import Axis, parse_axis
from ..core.errors import BadValue, TooLarge
from ..core.spec import Configuration
from ..surfaces.loading import point
from ..surfaces.loading import surface as load_surface
from ..surfaces.surface import GREATEST, Point, Surface
from ..surfaces.verdict import Verdict, judge_all
from .choices import whole_number
from .crossing import check_rates, configurations, count
from .descent_programs import Job, descend_all
from .entries import Optimizer, with_rates
from .entries import entries as all_entries
from .own import own_of
from .schedule import Schedule, schedule_choice

__all__ = ["MOST_POINTS", "Descent", "descend"]

MOST_POINTS = 10_000_000  # of all paths together


@dataclass(frozen=True)
class Descent:
    """One optimiser's way down from one start.

    optimizer        what its entry is called
    hyperparameters  every number and choice
    start            where it began
    path             the points that it is judged by, float64 [n, 2]: steps + 1 of them, fewer when it diverged
    values           the surface's value at each [n]
    verdict          on the last point; None when it diverged
    diverged         whether it left the numbers that float32 has; the path ends before
    """

    optimizer: str
    hyperparameters: Mapping[str, Any]
    start: Point
    path: NDArray[np.float64]
    values: NDArray[np.float64]
    verdict: Verdict | None
    diverged: bool

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "optimizer": self.optimizer,
            "hyperparameters": dict(self.hyperparameters),
            "start": list(self.start),
            "x": self.path[:, 0].tolist(),
            "y": self.path[:, 1].tolist(),
            "values": self.values.tolist(),
            "verdict": None if self.verdict is None else asdict(self.verdict),
            "diverged": self.diverged,
        }


def descend(
    surface: str | Surface,
    optimizers: Sequence[Optimizer] | Optimizer,
    *,
    lr: Axis | None = None,
    schedule: Schedule | None = None,
    start: Any = None,
    steps: int | str = 200,
    noise: float = 0.0,
    seed: int = 0,
) -> list[Descent]:
    """Let every optimizer, at every point of its axes, descend from every start.

    surface     a name with options, a formula, or a `Surface`
    optimizers  as in `steepest.race`
    lr          learning rates of the entries that bring none; None leaves each its own
    schedule    of the learning rate, as in a race
    start       (x, y), `"x,y"`, or several of them [n, 2]; None for the surface's own
    steps       how many
    noise       σ of the normal noise added to each component of each gradient, drawn from `seed`: the same for all

    Returns the descents, entries in order, the starts of each configuration together. Raises `UserError` in one line.
    """
    surface = load_surface(surface)
    starts = _starts(surface, surface.start if start is None else start)
    n = whole_number(steps, "steps")
    sigma, draw = _noise(noise), whole_number(seed, "seed", 0)
    entries = all_entries(optimizers)
    if not entries:
        raise BadValue("a descent needs at least one optimizer; give e.g. 'adam'")
    if lr is not None:
        rates = parse_axis(lr, "learning rate")
        entries = [with_rates(e, rates) for e in entries]
    groups = [[schedule_choice("constant" if schedule is None else schedule)]]
    check_rates(entries, groups)
    points = count(entries, groups) * len(starts) * (n + 1)
    if points > MOST_POINTS:
        raise TooLarge(f"the paths would have {points:,} points; at most {MOST_POINTS:,}: use fewer steps or starts")
    own = own_of(entries, groups)
    settings = configurations(entries, groups)
    lanes: dict[Any, list[int]] = {}
    for i, configuration in enumerate(settings):
        lanes.setdefault(configuration.lane, []).append(i)
    shaken = sigma * np.random.Generator(np.random.Philox([draw, n])).standard_normal((n, 2)) if sigma else None
    jobs = [Job([settings[i] for i in members], starts, surface.value, n, shaken) for members in lanes.values()]
    found = descend_all(jobs, own)
    paths = {
        i: path
        for members, made in zip(lanes.values(), found, strict=True)
        for i, path in zip(members, made, strict=True)
    }
    return _told(surface, settings, starts, paths)


def _told(
    surface: Surface, settings: Sequence[Configuration], starts: NDArray[Any], paths: Mapping[int, tuple[Any, Any]]
) -> list[Descent]:
    """Descents from paths [starts, steps + 1, 2] and values [starts, steps + 1] of each configuration."""
    cut = []
    for i, configuration in enumerate(settings):
        path, values = paths[i]
        good = np.isfinite(path[..., 0]) & np.isfinite(path[..., 1]) & (np.abs(values) <= GREATEST)
        ends = np.where(good.all(1), good.shape[1], good.argmin(1)).tolist()
        for k, (start, end) in enumerate(zip(starts.tolist(), ends, strict=True)):
            cut.append((configuration, start, path[k, :end], values[k, :end], end < good.shape[1]))
    verdicts = judge_all(surface, [path[-1] for _, _, path, _, _ in cut])
    return [
        Descent(
            configuration.label,
            configuration.hyperparameters,
            (start[0], start[1]),
            path,
            values,
            None if diverged else verdict,
            diverged,
        )
        for (configuration, start, path, values, diverged), verdict in zip(cut, verdicts, strict=True)
    ]


def _starts(surface: Surface, given: Any) -> NDArray[np.float64]:
    """The starts [n, 2]; each must have a finite value."""
    try:
        starts = np.asarray(point(given) if isinstance(given, str) else given, np.float64)
    except (TypeError, ValueError) as error:
        if isinstance(error, BadValue):
            raise
        starts = np.zeros(0)
    if starts.ndim not in (1, 2) or starts.shape[-1] != 2 or not starts.size or not np.isfinite(starts).all():
        raise BadValue(f"start needs two finite numbers, x and y, or several such pairs; got {given!r}")
    starts = starts.reshape(-1, 2)
    for i in np.flatnonzero(~(np.abs(surface.value(starts[:, 0], starts[:, 1])) <= GREATEST)):
        surface.check_start(*starts[i])
    return starts


def _noise(value: Any) -> float:
    (sigma,) = parse_axis(str(value), "noise")
    if sigma < 0:
        raise BadValue(f"noise must be >= 0, got {value}")
    return sigma
