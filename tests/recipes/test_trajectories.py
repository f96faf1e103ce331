"""Every recipe takes the steps that the race took: float64, 30 steps, given the same parameters and mini-batches.

Two correct float64 statements of a rule differ by rounding, 1e-15 a step and less than 1e-11 after 30; 1e-9 is asked.
Looser are three things that Keras computes in less than float64 itself, and only in float64 to be seen: the norm in
its Muon (ops.norm casts to float32), its tanh and the slope of its LeakyReLU.
"""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jax
import numpy as np
import pytest

from steepest.recipes import TARGETS
from steepest.recipes.recipe import write

from .cases import Case, cases
from .ours import problem, trajectory
from .peers import finish, start

DRIVER = Path(__file__).with_name("driver.py")
EXACT, KERAS = 1e-9, 1e-6

Paths = Mapping[str, np.ndarray]


def tolerance(library: str, case: Case, text: str) -> float:
    inexact = "keras.optimizers.Muon(" in text or case.activation in ("tanh", "leaky_relu")
    return KERAS if library == "keras" and inexact else EXACT


def body(text: str) -> str:
    """A recipe without the comment at its top: what two dialects of one rule have in common."""
    return text[text.index("\n\n") :]


class Walked:
    """All recipes of all libraries, written to folders, and walked side by side while ours are computed."""

    def __init__(self, folder: Path) -> None:
        self.texts: dict[tuple[str, str], str] = {}
        self.numbers: dict[tuple[str, str], str] = {}
        running: list[tuple[str, Path, subprocess.Popen[str]]] = []
        for library in ("keras", "optax", "tf1", "torch"):
            here = folder / library
            here.mkdir()
            self._write(library, here)
            running.append((library, here, start(DRIVER, library, here, x64=True)))
        with jax.enable_x64(True):
            self.ours = {case.name: trajectory(case) for case in cases()}
        self.theirs: dict[str, Paths] = {}
        for library, here, process in running:
            finish(process)
            with np.load(here / "paths.npz") as paths:
                self.theirs[library] = dict(paths)

    def _write(self, library: str, here: Path) -> None:
        known: dict[str, str] = {}
        for case in cases():
            text = write(case.subject, library)
            number = known.setdefault(body(text), f"{len(known):04d}")
            (here / f"{number}.py").write_text(text)
            np.savez(here / f"{number}.npz", **problem(case))
            self.texts[library, case.name], self.numbers[library, case.name] = text, number

    def path(self, library: str, case: Case) -> Paths:
        start = f"{self.numbers[library, case.name]}/"
        return {k.removeprefix(start): v for k, v in self.theirs[library].items() if k.startswith(start)}


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    return Walked(tmp_path_factory.mktemp("recipes"))


def distance(ours: Paths, theirs: Paths) -> float:
    assert theirs.keys() == ours.keys()
    assert all(theirs[k].shape == ours[k].shape for k in ours)
    return max(float(np.abs(theirs[k] - ours[k]).max() / np.abs(ours[k]).max()) for k in ours)


@pytest.mark.parametrize("library", TARGETS)
@pytest.mark.parametrize("optimizer", sorted({case.optimizer for case in cases()}))
def test_a_recipe_takes_the_same_steps(walked: Walked, library: str, optimizer: str) -> None:
    wrong = {}
    for case in [c for c in cases() if c.optimizer == optimizer]:
        apart = distance(walked.ours[case.name], walked.path(library, case))
        if not apart <= tolerance(library, case, walked.texts[library, case.name]):
            wrong[case.name] = apart
    assert not wrong


def test_the_steps_go_somewhere(walked: Walked) -> None:
    """So that equality is worth something: parameters move, and other settings move them elsewhere."""
    seen = []
    for case in cases():
        weight = walked.ours[case.name]["layers.0.weight"]
        assert np.abs(weight[-1] - problem(case)["layers.0.weight"]).max() > 1e-3, case.name
        seen.append(weight[-1].tobytes())
    assert len(set(seen)) > len(seen) / 2


def test_every_recipe_compiles(walked: Walked) -> None:
    for (library, name), text in walked.texts.items():
        compile(text, f"{library} {name}", "exec")
        assert max(map(len, text.splitlines())) <= 120, f"{library} {name}"


NATIVE: list[tuple[str, str, dict[str, Any], str, str]] = [
    ("momentum", "textbook", {}, "torch", "torch.optim.SGD("),
    ("momentum", "textbook", {}, "tf1", "tf.compat.v1.train.MomentumOptimizer("),
    ("nesterov", "keras", {}, "torch", "torch.optim.SGD("),
    ("adam", "textbook", {}, "torch", "torch.optim.Adam("),
    ("adam", "textbook", {}, "optax", "optax.adam("),
    ("adam", "tf1", {}, "keras", "keras.optimizers.Adam("),
    ("adam", "keras", {}, "tf1", "tf.compat.v1.train.AdamOptimizer("),
    ("adamw", "optax", {}, "torch", "torch.optim.AdamW("),
    ("rmsprop", "textbook", {}, "keras", "keras.optimizers.RMSprop("),
    ("nadam", "keras", {}, "torch", "torch.optim.NAdam("),
    ("radam", "textbook", {}, "optax", "optax.radam("),
    ("lion", "textbook", {}, "keras", "keras.optimizers.Lion("),
    ("adam", "textbook", {}, "keras", "class Adam(keras.optimizers.Optimizer)"),
    ("adam", "keras", {}, "torch", "class Adam(torch.optim.Optimizer)"),
    ("rmsprop", "textbook", {}, "torch", "class RMSProp(torch.optim.Optimizer)"),
    ("lion", "keras", {}, "torch", "class Lion(torch.optim.Optimizer)"),
]


@pytest.mark.parametrize(("optimizer", "dialect", "numbers", "library", "expected"), NATIVE)
def test_the_library_s_own_where_it_is_the_same_rule(
    optimizer: str, dialect: str, numbers: dict[str, Any], library: str, expected: str
) -> None:
    assert expected in write(Case(optimizer, dialect, numbers).subject, library)
