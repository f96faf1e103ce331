"""The edge: defaults, domains, and what passes through unasked."""

import subprocess
import sys

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from steepest import optimizers
from steepest.core.errors import BadValue, UnknownName
from steepest.optimizers import OPTIMIZERS
from steepest.optimizers.dialects import resolve

DIALECTS = {
    "textbook": {"learning_rate": 0.1, "beta": 0.9},
    "torch": {"learning_rate": 0.2, "beta": 0.5, "nesterov": False, "steps": 5},
}


def test_none_is_the_default_of_the_dialect() -> None:
    assert resolve("thing", DIALECTS, "textbook", {"beta": None}) == {"learning_rate": 0.1, "beta": 0.9}
    assert resolve("thing", DIALECTS, "torch", {"beta": 0.3, "nesterov": None})["beta"] == 0.3


def test_whole_and_numpy_numbers_become_floats() -> None:
    for rate in (1, np.float32(1), np.int64(1), np.asarray(1.0)):
        found = resolve("thing", DIALECTS, "textbook", {"learning_rate": rate})["learning_rate"]
        assert type(found) is float
        assert found == 1.0


def test_traced_numbers_arrays_and_schedules_pass_through() -> None:
    def schedule(count: int) -> float:
        return -1.0

    array = jnp.asarray([-1.0, 2.0])
    assert resolve("thing", DIALECTS, "textbook", {"learning_rate": schedule})["learning_rate"] is schedule
    assert resolve("thing", DIALECTS, "textbook", {"beta": array})["beta"] is array
    jax.eval_shape(lambda beta: resolve("thing", DIALECTS, "textbook", {"beta": beta})["beta"], 2.0)


def test_only_the_rate_may_be_a_schedule() -> None:
    with pytest.raises(BadValue, match="thing: beta must be a number"):
        resolve("thing", DIALECTS, "textbook", {"beta": lambda count: 0.1})


def test_messages_say_what_is_there() -> None:
    with pytest.raises(
        UnknownName, match=r"no argument 'nesterov', it has learning_rate, beta; it exists in dialect torch"
    ):
        resolve("thing", DIALECTS, "textbook", {"nesterov": True})
    with pytest.raises(UnknownName, match="did you mean 'beta'"):
        resolve("thing", DIALECTS, "textbook", {"betta": 0.1})
    with pytest.raises(UnknownName, match="unknown thing dialect 'tourch'; did you mean 'torch'"):
        resolve("thing", DIALECTS, "tourch", {})
    with pytest.raises(BadValue, match=r"thing: beta must be > 0, got 0\.0; give e\.g\. 0\.9"):
        resolve("thing", DIALECTS, "textbook", {"beta": 0.0}, positive=("beta",))
    with pytest.raises(BadValue, match=r"thing: steps must be a whole number >= 1, got 0; give e\.g\. 5"):
        resolve("thing", DIALECTS, "torch", {"steps": 0})


def test_zero_beta_that_a_dialect_cannot_bear() -> None:
    for make in (
        lambda: optimizers.schedule_free(beta1=0.0),
        lambda: optimizers.lion(beta1=0.0, dialect="keras"),
        lambda: optimizers.adagrad(initial_accumulator=0.0, dialect="tf1"),
    ):
        with pytest.raises(BadValue, match="must be > 0"):
            make()


def test_an_unknown_base_is_named() -> None:
    with pytest.raises(BadValue, match="base must be one of adamw, sgd, got 'adam'"):
        optimizers.schedule_free(base="adam")


def test_the_public_names_are_the_registry() -> None:
    assert optimizers.__all__ == ["OPTIMIZERS", *OPTIMIZERS]
    assert dir(optimizers) == sorted(optimizers.__all__)
    for name in OPTIMIZERS:
        assert getattr(optimizers, name) is OPTIMIZERS.load(name)
        assert name in OPTIMIZERS.module(name).__all__
    with pytest.raises(AttributeError, match="no attribute 'adm'"):
        optimizers.adm  # noqa: B018


def test_the_edge_imports_no_jax() -> None:
    code = "import sys, steepest.optimizers, steepest.optimizers.dialects; sys.exit('jax' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
