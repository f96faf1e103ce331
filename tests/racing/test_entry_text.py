from typing import Any

import numpy as np
import pytest

from steepest.core.errors import BadValue
from steepest.racing.entry_text import joined, split


@pytest.mark.parametrize(
    ("text", "name", "pairs"),
    [
        ("adam", "adam", {}),
        ("adam:beta1=0.8,0.9, epsilon = 1e-8", "adam", {"beta1": "0.8,0.9", "epsilon": "1e-8"}),
        ("sgd:learning_rate=1e-3..1:7", "sgd", {"learning_rate": "1e-3..1:7"}),
        ("optax.adabelief:b1=0.9", "optax.adabelief", {"b1": "0.9"}),
        ("mine.py", "mine.py", {}),
        ("some/where/mine.py:signmix", "some/where/mine.py:signmix", {}),
        ("mine.py:signmix:beta=0.8,0.9,k=3", "mine.py:signmix", {"beta": "0.8,0.9", "k": "3"}),
    ],
)
def test_a_text_falls_apart(text: str, name: str, pairs: dict[str, str]) -> None:
    assert split(text) == (name, pairs)
    assert split(joined(name, pairs)) == (name, pairs)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("adam:", "nothing follows the colon"),
        ("mine.py:signmix:", "nothing follows the colon"),
        ("adam:0.8", "'0.8' has no key"),
        ("adam:beta1=1,beta1=2", "beta1 is given twice"),
    ],
)
def test_mistakes(text: str, told: str) -> None:
    with pytest.raises(BadValue, match=told):
        split(text)


@pytest.mark.parametrize("values", [[0.8, 0.9], (0.8, 0.9), np.array([0.8, 0.9]), "0.8,0.9"])
def test_values_are_written_as_an_axis(values: Any) -> None:
    assert joined("mine", {"beta": values, "k": None}) == "mine:beta=0.8,0.9,k=None"
