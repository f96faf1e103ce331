"""A drawn digit, read by every stored network that reads digits: each race's best run, with its probabilities."""

from __future__ import annotations

import base64
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadValue, SteepestError, UserError
from ..data.images import normalise
from ..racing.results import Race, Run
from .jobs import Jobs
from .opened import opened

if TYPE_CHECKING:
    from ..workloads.workload import Workload

__all__ = ["MOST_NETWORKS", "MOST_SIDE", "Readers", "example", "picture"]

MOST_SIDE = 160  # pixels of a drawing's side
MOST_NETWORKS = 32
CLASSES = 10


def picture(given: Any) -> NDArray[np.uint8]:
    """The drawing as uint8 [28, 28] in MNIST's form, from {"side": n, "pixels": base64 of n×n bytes, 0 is paper}.

    Raises `BadValue` for what is no drawing, `BadFile` for a blank one.
    """
    side = given.get("side") if isinstance(given, dict) else None
    if not isinstance(side, int) or isinstance(side, bool) or not 1 <= side <= MOST_SIDE:
        raise BadValue(f"a drawing has a side of 1 to {MOST_SIDE} pixels, got {side!r}")
    try:
        raw = base64.b64decode(str(given.get("pixels")), validate=True)
    except ValueError:
        raise BadValue("the pixels of a drawing are bytes in base 64") from None
    if len(raw) != side * side:
        raise BadValue(f"a drawing of side {side} has {side * side} pixels, got {len(raw)}")
    return normalise(np.frombuffer(raw, np.uint8).reshape(side, side), "the drawing")


def example(digit: Any, number: Any) -> dict[str, Any]:
    """A digit of MNIST's test split: the `number`-th (counted round) of those that show `digit`."""
    from ..data.mnist import mnist

    if not (str(digit).isdigit() and int(digit) < CLASSES and str(number).isdigit()):
        raise BadValue(f"an example is a digit 0 to 9 and a number, got {digit!r} and {number!r}")
    test = mnist().test
    places = np.flatnonzero(np.asarray(test.y) == int(digit))
    place = int(places[int(number) % len(places)])
    return {"digit": int(digit), "index": place, "pixels": test.x[place]}


class Readers:
    """The stored networks that read digits, each loaded once."""

    def __init__(self, jobs: Jobs, own: Mapping[str, Workload] | None = None) -> None:
        self.jobs, self.own = jobs, own or {}
        self._loaded: OrderedDict[tuple[str, int], Callable[[Any], Any]] = OrderedDict()

    def networks(self) -> list[tuple[str, Run]]:
        """(race, its best run) of every race that reads digits and has a finished one, the latest first."""
        found = []
        for id in self.jobs.ids():
            try:
                race = Race(self.jobs.folder(id))
                if race.spec.facts.get("reads_digits"):
                    found.append((race.spec.facts["started"], id, race.best))
            except SteepestError:  # damaged, starting, or without a result yet
                continue
        return [(id, run) for _, id, run in sorted(found, key=lambda f: f[0], reverse=True)][:MOST_NETWORKS]

    def read(self, given: Any) -> dict[str, Any]:
        """The drawing as networks see it, and what each of them makes of it."""
        digit = picture(given)
        rows = []
        for id, run in self.networks():
            try:
                p = self._probabilities(id, run, digit)
            except UserError:  # it keeps no network yet, or is on a workload that the lab does not have
                continue
            rows.append(
                {
                    "race": id,
                    "run": run.id,
                    "workload": run.race.spec.workload,
                    "title": run.race.spec.facts["title"],
                    "optimizer": run.optimizer,
                    "accuracy": run.metrics.get("test_accuracy"),
                    "parameters": run.race.spec.facts["parameters"],
                    "digit": int(np.argmax(p)),
                    "probabilities": p,
                }
            )
        return {"seen": digit, "networks": rows}

    def _probabilities(self, id: str, run: Run, digit: NDArray[np.uint8]) -> NDArray[Any]:
        from ..racing.predict import predictor, probabilities

        key = (id, run.id)
        if key not in self._loaded:
            self._loaded[key] = predictor(opened(run.race.path, self.own).run(run.id))
            if len(self._loaded) > MOST_NETWORKS:
                self._loaded.popitem(last=False)
        self._loaded.move_to_end(key)
        p: NDArray[Any] = probabilities(self._loaded[key](digit[None]))[0]
        return p
