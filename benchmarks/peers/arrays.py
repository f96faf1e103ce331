"""The data that our side exported, as NumPy arrays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Arrays", "load", "recipe"]


class Arrays(NamedTuple):
    """Inputs float32 and scaled, labels int64."""

    x: NDArray[np.float32]
    y: NDArray[np.int64]
    x_test: NDArray[np.float32]
    y_test: NDArray[np.int64]


def load(params: Mapping[str, Any]) -> Arrays:
    """The arrays of `params["workload"]`, of its first `params["samples"]` training samples when that is given."""
    folder = Path(params["data"]) / params["workload"]
    shift, scale = np.load(folder / "shift.npy"), np.load(folder / "scale.npy")

    def x(split: str) -> NDArray[np.float32]:
        raw = np.load(folder / f"x_{split}.npy")[: params.get("samples") if split == "train" else None]
        return ((raw.astype(np.float32) - shift) * scale).astype(np.float32)

    def y(split: str) -> NDArray[np.int64]:
        raw = np.load(folder / f"y_{split}.npy")[: params.get("samples") if split == "train" else None]
        return raw.astype(np.int64)

    return Arrays(x("train"), y("train"), x("test"), y("test"))


def recipe(params: Mapping[str, Any]) -> dict[str, Any]:
    """What the workload is trained with by default."""
    text = (Path(params["data"]) / params["workload"] / "recipe.json").read_text()
    found: dict[str, Any] = json.loads(text)
    return found
