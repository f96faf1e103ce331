"""A small race of four runs in two slabs of two lanes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from steepest.store import RunRow, Store

SPEC = {
    "workload": "mnist-mlp",
    "seeds": 2,
    "versions": {"python": "3.13", "steepest": "0.1.0"},
    "說明": "最速",
}


def rows() -> list[RunRow]:
    return [
        RunRow(0, "sgd", {"learning_rate": 0.1}, 0, 0, 0),
        RunRow(1, "sgd", {"learning_rate": 1e-4}, 1, 0, 0),
        RunRow(2, "adam", {"learning_rate": 0.001, "amsgrad": True, "beta2": 0.999}, 0, 1, 1),
        RunRow(3, "adam", {"learning_rate": math.inf}, 2**40, 1, 1, metrics={"loss": math.inf}),
    ]


def state(seed: int = 0) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    return {"layer.weight": rng.random((3, 4), dtype=np.float32), "step": np.asarray(rng.integers(100))}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "race"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.create(folder, SPEC, rows()) as made:
        yield made
