"""Writes a workload's data where the peers can read it: `python -m benchmarks.export FOLDER WORKLOAD…`.

FOLDER/WORKLOAD/ gets x_train, y_train, x_test, y_test, shift and scale as .npy, inputs unscaled (scaled is
(x − shift)·scale), and recipe.json: what the workload is trained with by default, and its number of parameters.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jax
import numpy as np

import steepest
from steepest.data import scaling


def export(name: str, folder: Path) -> Path:
    """Write the data of workload `name`; the folder it is in."""
    workload = steepest.workload(name)
    out = folder / workload.id
    out.mkdir(parents=True, exist_ok=True)
    splits = workload.data()
    shift, scale = scaling.fit(workload.scaling, splits.train.x)
    arrays = {"x_train": splits.train.x, "y_train": splits.train.y, "x_test": splits.test.x, "y_test": splits.test.y}
    for key, array in {**arrays, "shift": shift, "scale": scale}.items():
        np.save(out / f"{key}.npy", np.asarray(array))
    shapes = jax.eval_shape(workload.network, jax.random.key(0))
    recipe = {
        "optimizer": workload.optimizers[0],
        "rate": workload.learning_rates[0],
        "schedule": workload.schedule,
        "batch_size": workload.batch_size,
        "epochs": workload.epochs,
        "parameters": sum(leaf.size for leaf in jax.tree.leaves(shapes) if hasattr(leaf, "size")),
    }
    (out / "recipe.json").write_text(json.dumps(recipe, indent=1))
    return out


if __name__ == "__main__":
    for each in sys.argv[2:]:
        print(export(each, Path(sys.argv[1])))
