import sys

import pytest

from steepest.core.errors import BadFile, BadValue, UnknownName, UserError
from steepest.workloads.loading import workload
from steepest.workloads.workload import Workload

FILE = """
from functools import partial
import equinox as eqx
from neighbour import HIDDEN
from steepest.data.moons import moons
from steepest.networks.mlp import mlp
from steepest.nn.losses import sigmoid_cross_entropy
from steepest.nn.metrics import binary_accuracy
from steepest.workloads.workload import Workload

class Mine(eqx.Module):
    body: eqx.Module

mine = Workload(id="my-moons", network=partial(mlp, sizes=(2, HIDDEN, 1)), data=moons,
                loss=sigmoid_cross_entropy, metrics={"accuracy": binary_accuracy})
number = 3
"""


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "modules", {**sys.modules})
    (tmp_path / "neighbour.py").write_text("HIDDEN = 7")
    (tmp_path / "own.py").write_text(FILE)
    return tmp_path / "own.py"


def test_by_id_and_options():
    plain = workload("digits-mlp")
    other = workload("digits-mlp", batch_size=7, scaling="none", epochs=2)
    assert (other.batch_size, other.scaling, other.epochs) == (7, "none", 2)
    assert (plain.batch_size, plain.scaling) == (64, "unit")
    assert workload(plain) is not None
    assert workload(plain, epochs=1).epochs == 1


def test_samples_shorten_the_training_split_alone():
    few = workload("digits-mlp", samples=100).data()
    whole = workload("digits-mlp").data()
    assert len(few.train) == 100
    assert few.test is whole.test
    assert few.validation is whole.validation


def test_a_users_file(file):
    for text in (f"{file}:mine", str(file)):
        mine = workload(text, batch_size=10)
        assert isinstance(mine, Workload)
        assert (mine.id, mine.batch_size) == ("my-moons", 10)


@pytest.mark.parametrize(
    ("arguments", "options", "error", "words"),
    [
        ("digits-mpl", {}, UnknownName, "did you mean 'digits-mlp'"),
        ("digits-mlp", {"batchsize": 3}, UnknownName, "did you mean 'batch_size'"),
        ("digits-mlp", {"batch_size": 0}, BadValue, "at least 1; got 0"),
        ("digits-mlp", {"epochs": 1.5}, BadValue, "whole number"),
        ("digits-mlp", {"samples": True}, BadValue, "whole number"),
        ("digits-mlp", {"scaling": "standardize"}, UnknownName, "did you mean 'standardise'"),
        (3, {}, BadValue, "got a int"),
        ("/nowhere/a.py:b", {}, BadFile, "there is no file /nowhere/a.py"),
    ],
)
def test_a_mistake_is_told_in_one_line(arguments, options, error, words):
    with pytest.raises(error, match=words) as caught:
        workload(arguments, **options)
    assert "\n" not in str(caught.value)


def test_mistakes_with_a_users_file(file):
    for name, words in (("mien", "did you mean 'mine'"), ("number", "is a int")):
        with pytest.raises(UserError, match=words):
            workload(f"{file}:{name}")
    file.write_text(FILE + "other = mine\n")
    with pytest.raises(BadValue, match="holds 2 workloads; say which"):
        workload(str(file))
    file.write_text("x = 1\n")
    with pytest.raises(UnknownName, match=r"holds no steepest\.Workload"):
        workload(f"{file}:mine")
    with pytest.raises(UnknownName, match=r"holds no steepest\.Workload"):
        workload(str(file))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("x = (\n", "line 1: SyntaxError"),
        ("x = 1\ny = x / 0\n", "line 2: ZeroDivisionError: division by zero"),
        ("import no_such_package_at_all\n", "line 1: ModuleNotFoundError"),
        ("raise ValueError('one\\ntwo')\n", "line 1: ValueError: one"),
        ("x = '\0'\n", "SyntaxError"),
    ],
)
def test_a_file_that_fails_is_told_in_one_line(file, code, words):
    file.write_text(code)
    with pytest.raises(BadFile, match=words) as caught:
        workload(f"{file}:mine")
    assert "\n" not in str(caught.value)
