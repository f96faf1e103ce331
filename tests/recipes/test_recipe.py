"""A race on disk to a file that trains: the command, what it says when it cannot, and what the file says."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jax
import numpy as np
import pytest

import steepest
from steepest.cli.main import main
from steepest.core.errors import BadFile, BadValue, UnknownName
from steepest.engine.lane import INIT
from steepest.racing.rules import named_arrays
from steepest.recipes import TARGETS
from steepest.recipes.recipe import write
from steepest.workloads.digits_mlp import digits_mlp

from .cases import FALLING, Case
from .peers import finish, start


@pytest.fixture(scope="module")
def race(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two optimizers, a schedule with feedback, a penalty; in a process of its own, as a user has it."""
    folder = tmp_path_factory.mktemp("race") / "digits"
    command = "race digits-mlp -o adam:dialect=keras -o sgd --lr 0.01 --epochs 8 --seeds 2 --l2 1e-4"
    arguments = [*command.split(), "--schedule", "warmup:epochs=1+cosine+reduce_on_plateau", "--out", str(folder)]
    made = [sys.executable, "-c", "import sys; from steepest.cli.main import main; sys.exit(main(sys.argv[1:]))"]
    done = subprocess.run([*made, *arguments], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_files_train_as_the_race_did(race: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    running = {}
    for library in TARGETS:
        file = tmp_path / f"with_{library}.py"
        assert main(["recipe", str(race), "--to", library, "--out", str(file)]) == 0
        running[library] = start(file)
    reached = steepest.open(race).best.metrics["test_accuracy"]
    for library, process in running.items():
        last = finish(process).splitlines()[-1]
        assert last.startswith("test accuracy "), library
        # another draw of the same initialiser, so a few points either way
        assert float(last.split()[-1]) == pytest.approx(reached, abs=0.05), library


FED = """
import runpy, sys
import numpy as np
recipe, given, taken = sys.argv[1:]
np.savez(taken, **runpy.run_path(recipe)["main"](dict(np.load(given))))
"""


@pytest.mark.parametrize("library", ["torch", "optax"])
def test_from_the_race_s_own_draw_it_ends_where_the_race_did(race: Path, tmp_path: Path, library: str) -> None:
    """Scaling, order, schedule, penalty and optimizer at once: 136 steps, in float32 on both sides.

    Two float32 runs differ by 1e-7 a step, which Adam carries on; a wrong scaling or order is off by 0.1 and more.
    """
    opened = steepest.open(race)
    run = opened.best
    draw = named_arrays(digits_mlp.network(jax.random.fold_in(jax.random.key(run.seed), INIT)))
    np.savez(tmp_path / "given.npz", **draw)
    (tmp_path / "recipe_file.py").write_text(opened.recipe(library, run.id))
    finish(start("-c", FED, tmp_path / "recipe_file.py", tmp_path / "given.npz", tmp_path / "taken.npz"))
    with np.load(tmp_path / "taken.npz") as taken:
        for name, kept in opened.model(run.id).items():
            assert np.abs(kept - draw[name]).max() > 0.05  # it went somewhere
            np.testing.assert_allclose(taken[name], kept, atol=1e-4)


def test_batches_come_in_the_race_s_order(race: Path) -> None:
    from steepest.engine.order import epoch_order

    names: dict[str, object] = {}
    text = steepest.open(race).recipe("optax", run=1)
    exec(text[: text.index("def rate")] + text[text.index("def batches") : text.index("def load_parameters")], names)
    listed = list(names["batches"](1437))  # type: ignore[operator]
    seed, size, per_epoch = names["SEED"], names["BATCH_SIZE"], names["STEPS_PER_EPOCH"]
    assert seed == 1
    for epoch in (0, 3):
        order = epoch_order(seed, epoch, 1437, size)  # type: ignore[arg-type]
        np.testing.assert_array_equal(listed[epoch * per_epoch], order[0])  # type: ignore[operator]


def test_the_header_says_what_was_raced(race: Path) -> None:
    text = steepest.open(race).recipe("torch")
    top = text[: text.index("\n\n")]
    assert "# The adam of a steepest race, in PyTorch." in top
    for told in (
        "digits-mlp",
        "test_accuracy 0.",
        "n = 2 seeds",
        "rank 1",
        "dialect keras",
        "steepest race digits-mlp",
    ):
        assert told in top.replace("\n#             ", " "), told
    assert "m = beta1 * m + (1 - beta1) * g" in top
    assert all(line.startswith("#") for line in top.splitlines())


def test_the_header_calls_the_leaderboard_s_winner_the_first_and_others_by_their_place(race: Path) -> None:
    opened = steepest.open(race)
    assert f"rank 1 of {len(opened.ranking)}" in opened.recipe("torch").replace("\n#             ", " ")
    chosen = {row["configuration"]: row for row in opened.ranking}
    for place, row in enumerate(opened.everything, 1):
        run = next(r for r in opened.runs if r.configuration == row["configuration"])
        text = opened.recipe("torch", run.id).replace("\n#             ", " ")
        if row["configuration"] in chosen:
            assert f"test_accuracy {chosen[row['configuration']]['mean']:.4f}" in text
        else:
            assert f"setting {place} of {len(opened.everything)} by validation" in text
            assert "test_accuracy" not in text


def test_a_run_by_its_number(race: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recipe", str(race), "--to", "torch", "--run", "2"]) == 0
    assert "torch.optim.SGD(" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--to", "tourch"], "did you mean 'torch'?"),
        (["--to", "caffe"], "known: torch, keras, tf1, optax"),
        (["--run", "9"], "has the runs 0 to 3"),
        (["--run", "-1"], "run must be a whole number"),
        (["--run", "x"], "run"),
        (["--out", "torch.py"], "would hide the library"),
        (["--out", "/nowhere/file.py"], "cannot write"),
    ],
)
def test_mistakes_are_one_line(race: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recipe", str(race), *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert err.count("\n") == 1


def test_no_race_and_no_result(tmp_path: Path, race: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recipe", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    diverged = steepest.race("digits-mlp", "sgd", lr=1e30, epochs=1, seeds=1, out=tmp_path / "diverged")
    with pytest.raises(BadFile, match="no run with a result"):
        diverged.recipe("torch")
    assert "none: the run is diverged" in diverged.recipe("torch", run=0)


def test_an_optimizer_of_the_reader_s_own(tmp_path: Path) -> None:
    import optax

    raced = steepest.race("digits-mlp", [optax.adabelief], lr=1e-3, epochs=1, seeds=1, out=tmp_path / "own")
    with pytest.raises(BadValue, match="'adabelief', which is not one of ours"):
        raced.recipe("torch")


WORKLOAD = """
from dataclasses import replace
import equinox as eqx
from steepest.workloads.digits_mlp import digits_mlp

class Own(eqx.Module):
    inner: object

    def __call__(self, x):
        return self.inner(x)

def network(key):
    return Own(digits_mlp.network(key))

mine = replace(digits_mlp, id="mine", network=network, quick={})
"""


@pytest.mark.parametrize("library", TARGETS)
def test_a_network_of_the_reader_s_own(tmp_path: Path, library: str) -> None:
    (tmp_path / "mine.py").write_text(WORKLOAD)
    raced = steepest.race(f"{tmp_path}/mine.py:mine", "adam", epochs=1, seeds=1, schedule="cosine", out=tmp_path / "r")
    text = raced.recipe(library)
    compile(text, library, "exec")
    assert "def make_optimizer(" in text
    assert "The network of the race is your own" in text
    assert "def main" not in text


@pytest.mark.parametrize("library", TARGETS)
def test_nothing_that_a_race_holds_becomes_code(library: str) -> None:
    evil = 'x\n"""\nimport os; os.abort()\r\u2028import os #'
    subject = replace(Case("adam", "keras", {}).subject, facts=[("Race", evil)])
    text = write(subject, library)
    assert all(line.startswith("#") for line in text[: text.index("\n\n")].splitlines())
    assert (
        text[text.index("\n\n") :]
        == (plain := write(Case("adam", "keras", {}).subject, library))[plain.index("\n\n") :]
    )


@pytest.mark.parametrize("library", TARGETS)
def test_dropout_is_written_and_said(library: str) -> None:
    text = write(Case("adam", "torch", {}, {"keep_prob": 0.8, **FALLING}, depth=(5, 7, 3)).subject, library)
    compile(text, library, "exec")
    assert "Dropout draws its noise" in text
    assert {"torch": "nn.Dropout(0.2)", "keras": "keras.layers.Dropout(0.2)"}.get(
        library, "0.8" if library == "optax" else "0.2"
    ) in text


def test_an_unknown_library() -> None:
    with pytest.raises(UnknownName, match="did you mean 'keras'"):
        write(Case("sgd", "torch", {}).subject, "kears")


def test_no_jax_for_text() -> None:
    code = "import sys, steepest.recipes.recipe, steepest.recipes.targets.optax; assert 'jax' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
