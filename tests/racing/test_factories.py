"""Optimisers that are not registered: found by name, or recognised."""

from pathlib import Path
from typing import Any

import optax
import pytest

from steepest.core.errors import UserError
from steepest.racing.factories import found, is_foreign, is_made, named

FILE = """
import optax
def signmix(learning_rate, beta=0.9):
    return optax.chain(optax.trace(beta), optax.scale_by_learning_rate(learning_rate))
ready = optax.sgd(0.1)
number = 3
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text(FILE)
    return path


def test_of_optax() -> None:
    for text, factory in (
        ("optax.adabelief", optax.adabelief),
        ("optax.prodigy", optax.contrib.prodigy),
        ("optax.contrib.prodigy", optax.contrib.prodigy),
    ):
        one = named(text)
        assert one.factory is factory
        assert named(one.name).factory is factory


def test_in_a_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    one = named("mine.py:signmix")
    assert (one.name, one.label) == (f"{file}:signmix", "mine.py:signmix")
    assert is_made(one.factory(0.1))
    assert is_made(named("mine.py:ready").factory())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("optax.adabelif", "unknown optimizer 'optax.adabelif'; did you mean 'optax.adabelief'"),
        ("optax.zzzzzz", "give the name of a factory"),
        ("optax.apply_updates", "unknown optimizer 'optax.apply_updates'"),  # makes no transformation
        ("optax.os", "unknown optimizer"),
        ("{file}:sgnmix", "unknown optimizer in .*mine.py 'sgnmix'; did you mean 'signmix'"),
        ("{file}:number", "is a int; it must be a factory"),
        ("{file}", "say which optimizer of the file"),
        ("{file}:", "say which optimizer of the file"),
        ("nowhere.py:x", "there is no file nowhere.py"),
    ],
)
def test_what_is_not_there(text: str, told: str, file: Path) -> None:
    with pytest.raises(UserError, match=told) as caught:
        named(text.format(file=file))
    assert "\n" not in str(caught.value)


def test_is_foreign() -> None:
    assert all(map(is_foreign, ("optax.sgd", "mine.py", "a/b.py:name")))
    assert not any(map(is_foreign, ("adam", "mine", "adam:beta1=a.py", "python")))


def test_a_value_is_recognised() -> None:
    def mine(learning_rate: Any) -> Any: ...

    assert found(mine).name == found(mine).label == "mine"
    assert found(lambda: None).name == "custom"
    assert found(optax.sgd(0.1)).name == "transformation"
    assert (found(optax.adabelief).name, found(optax.adabelief).label) == ("optax.adabelief", "adabelief")
    assert found(optax.adam).label == "optax.adam"  # "adam" is ours
    assert (found(optax.adabelief, "belief").name, found(optax.adabelief, "belief").label) == (
        "optax.adabelief",
        "belief",
    )
    for value, label in ((mine, "adam"), (mine, "optax.mine"), (mine, "a.py:mine"), (3, "mine")):
        with pytest.raises(UserError):
            found(value, label)
