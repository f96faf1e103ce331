"""The figures that train networks, in their shortest form."""

import pytest

from steepest.course.figures import batch_time

from .shipped import shipped


def test_ten_templates_that_read_digits() -> None:
    chart = shipped("digit-templates")
    assert [panel["title"]["en"] for panel in chart["panels"]] == [str(i) for i in range(10)]
    pixels = chart["panels"][0]["marks"][0]["pixels"]
    assert (len(pixels), len(pixels[0])) == (28, 28)
    assert pixels[14][14] < 0.5  # ink in the middle speaks against a zero
    assert pixels[0][0] == pytest.approx(0.5, abs=0.02)  # where there is never ink, the weight stays as it was drawn
    assert chart["facts"][0]["value"] > 0.9


def test_a_batch_is_timed_until_it_reaches_the_target_and_one_that_does_not_is_left_out() -> None:
    found = batch_time.first_there(64, 0.9, 0)
    assert found is not None
    assert found["epochs"] == found["steps"] / 17  # 1078 samples
    assert found["seconds"] > 0
    assert batch_time.first_there(64, 1.01, 0) is None
