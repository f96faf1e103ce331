"""Racing on around the best of a race: what is raced, with which seeds, and the command line that asks for the same."""

import shlex
from pathlib import Path
from typing import Any

import pytest

import steepest
from steepest.cli.main import main
from steepest.racing.refine import refinement
from steepest.racing.results import Race


def rates(race: Race, label: str) -> list[float]:
    return sorted({c.numbers["learning_rate"] for c in race.spec.configurations if c.label == label})


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Race:
    return steepest.race(
        "digits-mlp",
        ["sgd", "momentum:beta=0.8,dialect=torch"],
        lr="1e-3..1e-1:3",
        seeds=2,
        epochs=1,
        samples=256,
        l2=[0, 1e-3],
        out=tmp_path_factory.mktemp("refine") / "first",
    )


def test_axes_are_narrowed_around_the_best_and_seeds_are_new(first: Race) -> None:
    second = first.refine(top=2, points=3)
    best = {row["optimizer"]: row["hyperparameters"]["learning_rate"] for row in first.ranking}
    assert best["sgd"] == 0.1  # on the edge: the axis goes past it
    assert rates(second, "sgd") == [0.01, 0.1, 1.0]
    assert second.spec.seeds == (2, 3)
    assert second.spec.epochs == 1
    assert second.workload.data().train.x.shape == (256, 8, 8)
    assert {c.structure["dialect"] for c in second.spec.configurations} == {"textbook", "torch"}
    assert {c.numbers["beta"] for c in second.spec.configurations if "beta" in c.numbers} == {0.8}


def test_the_command_line_asks_for_the_same(first: Race, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["refine", str(first.path), "--points", "3", "--top", "2", "--out", str(tmp_path / "a")]
    assert main(arguments) == 0
    line = capsys.readouterr().err.splitlines()[0]
    again = shlex.split(line.replace(str(tmp_path / "a"), str(tmp_path / "b")))
    assert again[:3] == ["steepest", "race", "digits-mlp"]
    assert main(again[1:]) == 0
    a, b = (steepest.open(tmp_path / name) for name in "ab")
    assert a.spec.command == line
    assert a.spec.configurations == b.spec.configurations
    assert a.spec.seeds == b.spec.seeds
    # not to the bit: the width is chosen by what this machine measured
    assert [row["mean"] for row in a.ranking] == pytest.approx([row["mean"] for row in b.ranking], abs=1e-6)


def test_the_best_alone_with_more_seeds(first: Race) -> None:
    asked = refinement(first, top=1, points=1, seeds=10, epochs=3)
    assert asked.options["seeds"] == "2..11"
    assert asked.options["epochs"] == "3"
    assert len(asked.optimizers) == 1
    best = first.ranking[0]["hyperparameters"]
    assert f"learning_rate={best['learning_rate']:g}" in asked.optimizers[0]
    assert float(asked.options["l2"]) == best["l2"]


def test_what_differs_between_the_best_is_raced_for_all(tmp_path: Path) -> None:
    raced = steepest.race(
        "cancer-neuron",
        ["sgd", "adam"],
        lr=[0.01],
        batch_size="32,full",
        schedule=["constant", "warmup:epochs=0.5,1+step:every=1"],
        init="normal,he",
        epochs=2,
        seeds=1,
        out=tmp_path / "r",
    )
    asked = refinement(raced, top=2, points=3)
    line = asked.command("cancer-neuron", tmp_path / "next")
    best = [row["hyperparameters"] for row in raced.ranking]
    assert set(asked.options["init"].split(",")) == {h["init"] for h in best}
    assert {text.partition(":")[0] for text in asked.options["schedule"]} == {
        h["schedule"].partition("+")[0] for h in best
    }
    assert {str(h["batch_size"] or "full") for h in best} <= set(asked.options["batch_size"].split(","))
    assert main(shlex.split(line)[1:]) == 0
    second = steepest.open(tmp_path / "next")
    assert second.spec.seeds == (1,)


def test_a_surface_and_its_start(tmp_path: Path) -> None:
    raced = steepest.race("surface:x^2 + 3*y^2", "sgd", lr="1e-2..1e-1:3", start=(1, -2), seeds=1)
    second = raced.refine(points=3)
    assert second.spec.options["start"] == [1.0, -2.0]
    assert second.spec.workload == "surface:x^2 + 3*y^2"
    assert 0.1 in rates(second, "sgd")


def test_a_workload_in_memory(first: Race) -> None:
    mine = steepest.workload("digits-mlp", scaling="standardise")
    raced = steepest.race(mine, "sgd", lr=[0.01, 0.1], seeds=1, epochs=1, samples=128)
    second = raced.refine(points=1, seeds=1)
    assert second.workload.scaling == "standardise"
    assert second.workload.data().train.x.shape == (128, 8, 8)
    stored = steepest.open(raced.path)
    with pytest.raises(steepest.UnknownName, match="pass it: workload="):
        stored.refine()


def sharp(learning_rate: Any, beta: Any = 0.9, centred: bool = False) -> Any:
    import optax

    return optax.chain(optax.ema(beta), optax.scale_by_sign(), optax.scale(-learning_rate))


def test_optimizers_and_schedules_of_a_program_s_own() -> None:
    import optax

    given = ("sharp", sharp, {"beta": [0.8, 0.9, 0.95], "centred": True})
    raced = steepest.race("digits-mlp", [given, optax.adabelief], lr=[1e-3, 1e-2], seeds=1, epochs=1, samples=128)
    with pytest.raises(steepest.UnknownName, match="'sharp'"):
        raced.refine()
    second = raced.refine(top=2, points=3, optimizers=[("sharp", sharp)])
    assert {c.label for c in second.spec.configurations} == {"sharp", "optax.adabelief"}
    mine = [c for c in second.spec.configurations if c.label == "sharp"]
    assert len({c.numbers["beta"] for c in mine}) == 3
    assert {c.structure["centred"] for c in mine} == {True}
    falling = ("falling", optax.cosine_decay_schedule(0.01, 10))
    scheduled = steepest.race("digits-mlp", "sgd", schedule=falling, seeds=1, epochs=1, samples=128)
    third = scheduled.refine(points=3, schedules=[falling])
    assert {c.structure["schedule"] for c in third.spec.configurations} == {"falling"}


def test_an_optimizer_in_a_file_is_in_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.py").write_text("import optax\n\ndef mine(learning_rate):\n    return optax.sgd(learning_rate)\n")
    arguments = ["race", "digits-mlp", "-o", f"{tmp_path}/mine.py:mine", "--lr", "1e-3,1e-2", "--samples", "128"]
    assert main([*arguments, "--epochs", "1", "--seeds", "1", "--out", str(tmp_path / "r")]) == 0
    capsys.readouterr()
    assert main(["refine", str(tmp_path / "r"), "--points", "3", "--out", str(tmp_path / "s")]) == 0
    line = capsys.readouterr().err.splitlines()[0]
    assert f"-o {tmp_path}/mine.py:mine:learning_rate=" in line
    assert main([*shlex.split(line)[1:-1], str(tmp_path / "t")]) == 0
    assert steepest.open(tmp_path / "t").spec.configurations == steepest.open(tmp_path / "s").spec.configurations


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--points", "0"], "points must be a whole number >= 1"),
        (["--top", "x"], "top"),
        (["--seeds", "0"], "seeds must be a whole number >= 1"),
        (["--epochs", "0"], "epochs must be above 0"),
        (["--out", "{here}"], "race"),
    ],
)
def test_mistakes_are_one_line(
    first: Race, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [one.format(here=first.path) for one in arguments]
    assert main(["refine", str(first.path), *given]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err.splitlines()[-1]


def test_a_race_without_a_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steepest.race("digits-mlp", "sgd", lr=1e30, epochs=1, seeds=1, samples=128, out=tmp_path / "r")
    assert main(["refine", str(tmp_path / "r")]) == 2
    assert "no setting with a result" in capsys.readouterr().err


@pytest.mark.parametrize(("seeds", "expected"), [("3..5", (3, 4, 5)), ("7..7", (7,)), (2, (0, 1)), ([4, 1], (4, 1))])
def test_seeds(seeds: Any, expected: tuple[int, ...]) -> None:
    from steepest.racing.choices import seed_list

    assert seed_list(seeds) == expected


@pytest.mark.parametrize("seeds", ["5..3", "-1..2", "a..b", "0..1e9", "1.5..2"])
def test_seeds_refused(seeds: str) -> None:
    from steepest.racing.choices import seed_list

    with pytest.raises(steepest.UserError):
        seed_list(seeds)
