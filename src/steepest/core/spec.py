"""What a race is, before any of it runs: frozen values without JAX that go to JSON and back.

A configuration is everything of a run but its seed. Its floats are `numbers`, traced by the compiled program; the
rest is `structure`. Configurations that agree in all but the values of their numbers share one program: a lane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["Configuration", "Layout", "RaceSpec"]

LaneKey = tuple[str, tuple[tuple[str, Any], ...], tuple[str, ...]]


@dataclass(frozen=True)
class Configuration:
    """One setting of an optimizer and of all that trains with it."""

    optimizer: str
    label: str  # what tables call its entry in the race: the optimizer, told apart when it entered twice
    structure: Mapping[str, str | bool | int | None]
    numbers: Mapping[str, float]

    @property
    def hyperparameters(self) -> dict[str, Any]:
        """Numbers and structure in one flat dict, learning rate first."""
        return {**self.numbers, **self.structure}

    @property
    def lane(self) -> LaneKey:
        """Equal for configurations that share a compiled program."""
        return self.optimizer, tuple(sorted(self.structure.items())), tuple(sorted(self.numbers))


@dataclass(frozen=True)
class Layout:
    """How lanes are laid out: it fixes the compiled program's shapes, so it is kept with the race.

    devices     devices that the rows of a slab are sharded over
    rows        rows of a slab; the runs of one row share a seed, hence every batch
    width       runs in a row
    vectorised  rows of one device side by side (True) or one after the other (False)
    split       a run alone: each device takes its share of every batch
    """

    devices: int
    rows: int
    width: int
    vectorised: bool
    split: bool = False


@dataclass(frozen=True)
class RaceSpec:
    """All that a race needs to be run again to the same numbers.

    workload, options  the id (or `file.py:name`) and what was overridden in it
    configurations     every setting; each is run with each of `seeds`
    epochs             passes over the training split
    halving            whether settings that fall behind are stopped early
    layouts            one per lane, in order of the lanes' first appearance; filled by the plan
    command            the command line that asked for it, "" when Python did
    facts              what reports need of the workload and the machine: title, metric, target, parameters, versions
    """

    workload: str
    configurations: Sequence[Configuration]
    seeds: Sequence[int]
    epochs: float
    options: Mapping[str, Any] = field(default_factory=dict)
    halving: bool = False
    layouts: Sequence[Layout] = ()
    command: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain data for `json.dumps`."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RaceSpec:
        """The inverse of `to_json`."""
        known = {k: data[k] for k in cls.__dataclass_fields__ if k in data}
        known["configurations"] = tuple(Configuration(**c) for c in data["configurations"])
        known["layouts"] = tuple(Layout(**layout) for layout in data["layouts"])
        known["seeds"] = tuple(data["seeds"])
        return cls(**known)
