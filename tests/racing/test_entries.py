"""What `race` accepts as optimisers."""

from typing import Any

import numpy as np
import optax
import pytest

import steepest
from steepest.core.errors import UserError
from steepest.racing.entries import entries, entry, identified, parse_entry, with_rates


def signmix(learning_rate: Any, beta: float = 0.9) -> Any:
    return optax.chain(optax.trace(beta), optax.scale_by_learning_rate(learning_rate))


WAYS = (
    ("signmix", signmix, {"beta": [0.8, 0.9]}),
    ("signmix", signmix, {"beta": np.array([0.8, 0.9])}),
    ("signmix", signmix, {"beta": "0.8,0.9"}),
    ("signmix", signmix, {"beta": iter([0.8, 0.9])}),  # which can be read once
    ("signmix:beta=0.8,0.9", signmix),
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[0] if len(way) == 2 else type(way[2]["beta"]).__name__)
def test_every_way_to_sweep_an_optimizer_of_one_s_own_says_the_same(way: Any) -> None:
    one = entry(way)
    assert (one.optimizer, one.label, one.text) == ("signmix", "signmix", "signmix:beta=0.8,0.9")
    assert one.axes == {"learning_rate": (1e-3,), "beta": (0.8, 0.9)}
    assert one.factory is signmix


def test_ours_in_every_form() -> None:
    wanted = parse_entry("adam:beta1=0.8,0.9,dialect=torch,amsgrad=true")
    given = {"beta1": [0.8, 0.9], "dialect": "torch", "amsgrad": True}
    assert entry(("adam", steepest.adam, given)).axes == wanted.axes
    assert entry(("adam", steepest.adam, given)).structure == wanted.structure
    assert entry(steepest.adam) == entry("adam")
    assert entry("muon:ns_steps=3").structure["ns_steps"] == 3


def test_one_or_several() -> None:
    for one in ("adam", optax.adabelief, optax.sgd(0.1), ("mine", signmix), WAYS[0]):
        assert len(entries(one)) == 1
    for several in (["adam", WAYS[0]], ("adam", "sgd"), ("adam", "sgd", "lion"), iter(["adam", "sgd"])):
        assert len(entries(several)) >= 2
    assert entries([]) == []


@pytest.mark.parametrize(
    "wrong", [{"adam": 1}, [{"adam": 1}], 5, None, [None], ("adam", {"beta1": 1}), ("mine", 3), ("mine", signmix, 3)]
)
def test_what_is_no_optimizer_is_told_in_one_line(wrong: Any) -> None:
    with pytest.raises(UserError) as caught:
        entries(wrong)
    assert "\n" not in str(caught.value)


def test_a_key_twice() -> None:
    with pytest.raises(UserError, match="beta is given twice"):
        entry(("signmix:beta=0.8", signmix, {"beta": 0.9}))


def test_the_race_s_rates_are_for_those_that_bring_none() -> None:
    assert with_rates(entry(("m", signmix)), [0.1, 0.2]).axes["learning_rate"] == (0.1, 0.2)
    for brings in ("adam:learning_rate=0.3", ("m", signmix, {"learning_rate": 0.3}), "optax.sgd:learning_rate=0.3"):
        assert with_rates(entry(brings), [0.1, 0.2]).axes["learning_rate"] == (0.3,)
    assert "learning_rate" not in with_rates(entry(optax.sgd(0.1)), []).axes


@pytest.mark.parametrize(
    "fixed", [optax.sgd(0.1), ("a", optax.adam(1e-3)), steepest.adam(1e-3), lambda: optax.sgd(1.0)]
)
def test_rates_that_an_entry_cannot_take_are_refused(fixed: Any) -> None:
    with pytest.raises(UserError, match=r"optimizer '\w+' takes no learning rate for lr to set"):
        with_rates(entry(fixed), [0.1])


def test_the_registry_alone_for_what_a_page_sends() -> None:
    for text in ("optax.sgd", "/tmp/mine.py:name", "mine.py"):
        with pytest.raises(UserError, match="unknown optimizer"):
            parse_entry(text)


def test_identified_needs_no_numbers() -> None:
    def needs(learning_rate: Any, beta: Any) -> Any: ...

    one = identified(("mine", needs))
    assert one is not None
    assert (one.name, one.factory) == ("mine", needs)
    assert identified("adam:beta1=0.5") is identified(steepest.adam) is None
