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
