"""A race knows the workload that it was given: to predict with, to resume, for a plane and a recipe."""

import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import steepest
from steepest.cli.main import main
from steepest.racing.runner import Runner

FILE = """
from functools import partial
import numpy as np
import steepest
from steepest import Split, Splits

def data():
    x = np.random.RandomState(0).randn(90, 4).astype("float32")
    y = (x[:, 0] > 0).astype("int32")
    return Splits(Split(x[:50], y[:50]), Split(x[50:70], y[50:70]), Split(x[70:], y[70:]))

mine = steepest.Workload(
    id="mine",
    network=partial(steepest.mlp, sizes=(4, 3, 2)),
    data=data,
    loss=steepest.losses.softmax_cross_entropy,
    metrics={"accuracy": steepest.metrics.accuracy},
    epochs=2,
)
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "mine.py"
    path.write_text(FILE)
    return path


@pytest.fixture(scope="module")
def mine(file: Path) -> steepest.Workload:
    return steepest.workload(f"{file}:mine")


@pytest.fixture(scope="module")
def raced(mine: steepest.Workload, tmp_path_factory: pytest.TempPathFactory) -> steepest.Race:
    return steepest.race(mine, "adam", seeds=2, out=tmp_path_factory.mktemp("raced") / "race")


def test_a_race_on_a_value_predicts(raced: steepest.Race, mine: steepest.Workload) -> None:
    test = mine.data().test
    outputs = raced.best.predict(test.x)
    assert outputs.shape == (20, 2)
    assert np.mean(outputs.argmax(1) == test.y) == pytest.approx(raced.best.metrics["test_accuracy"])
    assert "SIZES = (4, 3, 2)" in raced.recipe("torch")
    again = steepest.open(raced.path, workload=mine).best
    assert np.array_equal(again.predict(test.x), outputs)


def test_without_it_one_line_says_what_to_do(raced: steepest.Race) -> None:
    opened = steepest.open(raced.path)
    for use in (lambda: opened.best.predict([[0.0] * 4]), lambda: steepest.loss_plane(opened, resolution=7)):
        with pytest.raises(steepest.UnknownName, match=r"'mine' of your own program; pass it: workload="):
            use()
    with pytest.raises(steepest.UnknownName, match="--workload"):
        steepest.resume(raced.path)


def test_it_resumes_and_knows_it_still(
    mine: steepest.Workload, raced: steepest.Race, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: Runner) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Runner, "run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            steepest.race(mine, "adam", seeds=2, out=tmp_path / "race")
    done = steepest.resume(tmp_path / "race", workload=mine)
    x = mine.data().test.x
    assert np.array_equal(done.best.predict(x), raced.best.predict(x))


def test_another_network_than_the_raced_one_is_refused(raced: steepest.Race, mine: steepest.Workload) -> None:
    wider = steepest.workload(mine, network=partial(steepest.mlp, sizes=(4, 5, 2)))
    with pytest.raises(steepest.BadValue, match="other parameters"):
        steepest.open(raced.path, workload=wider).best.predict([[0.0] * 4])


def test_a_changed_workload_of_ours_is_not_taken_for_ours(tmp_path: Path) -> None:
    deeper = steepest.workload("cancer-neuron", network=partial(steepest.mlp, sizes=(30, 4, 1)), epochs=1)
    steepest.race(deeper, "sgd", seeds=1, out=tmp_path / "race")
    with pytest.raises(steepest.UnknownName, match="of your own program"):
        steepest.open(tmp_path / "race").best.predict(np.zeros((1, 30)))
    quick = steepest.workload("cancer-neuron", epochs=1)
    steepest.race(quick, "sgd", seeds=1, out=tmp_path / "ours")
    assert steepest.open(tmp_path / "ours").best.predict(np.zeros((1, 30))).shape == (1, 1)


def test_a_race_on_a_file_is_found_from_another_folder(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(file.parent)
    assert main(["race", "mine.py:mine", "-o", "sgd", "--seeds", "1", "--out", str(tmp_path / "race")]) == 0
    monkeypatch.chdir(tmp_path)
    assert steepest.open("race").best.predict([[0.0] * 4]).shape == (1, 2)


def test_the_command_line_names_it(
    raced: steepest.Race, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, named = str(raced.path), ["--workload", f"{file}:mine"]
    assert main(["resume", folder]) == 2
    assert "--workload file.py:name" in capsys.readouterr().err
    assert main(["resume", folder, "--json", *named]) == 0
    assert json.loads(capsys.readouterr().out)["workload"] == "mine"
    plane = ["plane", folder, "--resolution", "7", "--out", str(tmp_path / "plane.html")]
    assert main(plane) == 2
    assert main([*plane, *named]) == 0
    assert main(["recipe", folder, "--out", str(tmp_path / "winner.py"), *named]) == 0
    assert "SIZES = (4, 3, 2)" in (tmp_path / "winner.py").read_text()


def test_a_workload_that_measures_something_else_is_refused(raced: steepest.Race, mine: steepest.Workload) -> None:
    other = steepest.workload(mine, metrics={"f1": steepest.metrics.f1})
    with pytest.raises(steepest.BadValue, match="'mine' has no metric 'accuracy'"):
        steepest.resume(raced.path, workload=other)


def test_its_data_are_made_once(mine: steepest.Workload) -> None:
    made = []

    def data() -> steepest.Splits:
        made.append(1)
        return mine.data()

    steepest.race(steepest.workload(mine, data=data), ["sgd", "adam"], seeds=1, epochs=1)
    assert len(made) == 1
