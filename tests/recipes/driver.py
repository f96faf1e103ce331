"""Runs recipes in the peers' interpreter, in float64: `python driver.py LIBRARY FOLDER`.

Reads FOLDER/NUMBER.py beside FOLDER/NUMBER.npz (initial parameters, x, y of every step); writes FOLDER/paths.npz, the
parameters after every step, "NUMBER/parameter" -> [steps, ...]; schedule_free's average is one more at the end.
"""

import runpy
import sys
from pathlib import Path
from typing import Any

import numpy as np


def prepare(library: str) -> None:
    if library == "torch":
        import torch

        torch.set_default_dtype(torch.float64)
        torch.set_num_threads(1)
    elif library == "keras":
        import keras

        keras.config.set_floatx("float64")


def gradient(arrays: dict[str, np.ndarray], x: np.ndarray, y: np.ndarray) -> dict[str, np.ndarray]:
    """Of the softmax cross-entropy of one layer, in closed form."""
    z = x @ arrays["layers.0.weight"] + arrays["layers.0.bias"]
    p = np.exp(z - z.max(1, keepdims=True))
    error = (p / p.sum(1, keepdims=True) - np.eye(z.shape[1])[y]) / len(y)
    return {"layers.0.weight": x.T @ error, "layers.0.bias": error.sum(0)}


class Walker:
    """A recipe taken step by step; what differs between the libraries."""

    def __init__(self, library: str, recipe: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
        self.library, self.recipe = library, recipe
        if library in ("optax", "tf1"):
            self.model = recipe["load_parameters"](arrays)
            made = recipe["make_optimizer"]()
            self.optimizer = made.init(self.model) if library == "optax" else made
        else:
            self.model = recipe["make_model"]()
            recipe["load_parameters"](self.model, arrays)
            self.optimizer = recipe["make_optimizer"](self.model) if library == "torch" else self.model.optimizer

    def set_rate(self, rate: float) -> None:
        if self.library == "torch":
            self.recipe["set_rate"](self.optimizer, rate)
        elif self.library == "keras":
            self.optimizer.learning_rate = rate
        elif self.library == "tf1":
            self.recipe["learning_rate"].assign(rate)

    def step(self, at: int, x: np.ndarray, y: np.ndarray) -> Any:
        if "rate" in self.recipe:
            self.set_rate(self.recipe["rate"](at))
        arrays = self.recipe["read_parameters"](self.model)
        if self.library in ("optax", "keras") and len(arrays) == 2:
            self._update(gradient(arrays, x, y))
        elif self.library == "optax":
            self.model, self.optimizer, _ = self.recipe["step"](self.model, self.optimizer, x, y)
        elif self.library == "keras":
            self.recipe["step"](self.model, x, y)
        else:
            self.recipe["step"](self.model, self.optimizer, x, y)
        return self.recipe["read_parameters"](self.model)

    def _update(self, slope: dict[str, np.ndarray]) -> None:
        """Hand the optimizer a gradient, op by op: to compile a step takes longer than 30 of them do."""
        if self.library == "optax":
            import optax

            update, self.optimizer = self.recipe["make_optimizer"]().update(slope, self.optimizer, self.model)
            self.model = optax.apply_updates(self.model, update)
        else:
            import keras

            gradients = [keras.ops.convert_to_tensor(slope[f"layers.0.{k}"]) for k in ("weight", "bias")]
            self.optimizer.apply(gradients, self.model.trainable_variables)

    def settle(self) -> list[Any]:
        """The parameters that are judged, where they are others than those that were trained."""
        if "evaluation_parameters" in self.recipe:
            self.model = self.recipe["evaluation_parameters"](self.optimizer, self.model)
        elif not hasattr(self.optimizer, "settle"):
            return []
        elif self.library == "torch":
            self.optimizer.settle()
        else:
            self.optimizer.settle(self.model.values() if self.library == "tf1" else self.model.trainable_variables)
        return [self.recipe["read_parameters"](self.model)]


def walk(library: str, file: Path) -> dict[str, np.ndarray]:
    with np.load(file.with_suffix(".npz")) as loaded:
        given = dict(loaded)
    x, y = given.pop("x"), given.pop("y")
    walker = Walker(library, runpy.run_path(str(file)), given)
    listed = [walker.step(at, *batch) for at, batch in enumerate(zip(x, y, strict=True))] + walker.settle()
    return {name: np.stack([one[name] for one in listed]) for name in listed[0]}


if __name__ == "__main__":
    library, folder = sys.argv[1], Path(sys.argv[2])
    prepare(library)
    paths = {
        f"{file.stem}/{name}": path
        for file in sorted(folder.glob("[0-9]*.py"))
        for name, path in walk(library, file).items()
    }
    np.savez(folder / "paths.npz", **paths)
