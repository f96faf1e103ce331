"""What chapter 2.1 says of its figures holds at the settings that they ship with."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from steepest.course.figures.registry import figure

from .shipped import shipped


@cache
def templates(**moved: Any) -> tuple[float, float]:
    """Test accuracy, and how rough the templates are: the mean step between neighbours over the mean size."""
    chart = figure("digit-templates").chart(**moved) if moved else shipped("digit-templates")
    rough = []
    for panel in chart["panels"]:
        ink = np.array(panel["marks"][0]["pixels"]) - 0.5
        rough.append((np.abs(np.diff(ink, axis=0)).mean() + np.abs(np.diff(ink, axis=1)).mean()) / np.abs(ink).mean())
    return chart["facts"][0]["value"], float(np.mean(rough))


def test_more_epochs_make_templates_noisier_and_l2_makes_them_smooth() -> None:
    accuracy, rough = templates()
    longer, rougher = templates(epochs=5)
    kept_small, smoother = templates(epochs=5, l2=0.01)
    assert [accuracy, longer, kept_small] == pytest.approx([0.913, 0.926, 0.908], abs=0.004)
    assert smoother < rough < rougher


def test_softmax_of_the_scores_of_the_text() -> None:
    start = {f["label"]["en"]: f["value"] for f in figure("softmax").chart()["facts"]}
    assert start["probabilities"] == "0.842, 0.042, 0.002, 0.114"
    raised = figure("softmax").chart(z1=6.0, z2=3.0, z3=0.0, z4=4.0)["facts"]
    assert raised[0]["value"] == start["probabilities"]  # all four by the same amount
    before, after = (
        [float(p) for p in figure("softmax").chart(**moved)["facts"][0]["value"].split(", ")]
        for moved in ({}, {"z4": 5.0})
    )
    assert after[3] > before[3]
    assert all(b <= a for a, b in zip(before[:3], after[:3], strict=True))


@cache
def reliability(**moved: Any) -> dict[str, Any]:
    chart = figure("reliability").chart(**moved) if moved else shipped("reliability")
    shown = {fact["label"]["en"]: fact["value"] for fact in chart["facts"]}
    return {**shown, "dots": chart["panels"][0]["marks"][2]}


def test_the_network_is_overconfident() -> None:
    start = reliability()
    assert start["mistakes expected"] == pytest.approx(145, abs=25)  # training carries rounding on
    assert start["mistakes made"] == pytest.approx(195, abs=25)
    assert start["mistakes expected"] < 0.9 * start["mistakes made"]
    below = np.array(start["dots"]["x"]) > np.array(start["dots"]["y"])
    assert below.sum() > len(below) / 2  # "below the diagonal nearly everywhere"


def test_a_temperature_chosen_on_the_validation_digits_mends_it() -> None:
    losses = {t: reliability(temperature=t, digits="validation")["cross-entropy"] for t in np.linspace(0.5, 3, 51)}
    best = min(losses, key=lambda t: losses[t])
    assert best == pytest.approx(1.25, abs=0.11)
    before, after = reliability(), reliability(temperature=1.25)
    assert after["accuracy"] == before["accuracy"]
    assert after["cross-entropy"] < before["cross-entropy"]
    assert abs(after["mistakes expected"] - after["mistakes made"]) < 30
