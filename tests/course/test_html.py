"""Formulas as MathML: what a browser would set too close is set apart."""

from xml.etree import ElementTree

import pytest

from steepest.course.html import html, mathml


@pytest.mark.parametrize("latex", ["\\ln a", "-y\\ln\\hat{y}", "\\tanh z"])
def test_a_named_function_keeps_its_distance(latex: str) -> None:
    assert mathml(latex).count("<mspace") == 1


@pytest.mark.parametrize("latex", ["\\ln(1-a)", "\\tanh^2 z", "\\log_2 m", "\\max_j z_j", "\\tanh' = 1"])
def test_brackets_and_scripts_are_left_alone(latex: str) -> None:
    assert "<mspace" not in mathml(latex)
    scripts = ElementTree.fromstring(mathml(latex)).iter()
    assert all(len(one) == 2 for one in scripts if one.tag.endswith(("}msup", "}msub", "}munder")))


def test_a_tag_of_a_text_is_text() -> None:
    assert "<b>" not in html("a <b>bold</b> $x$")
    assert "<math" in html("a <b>bold</b> $x$")


def test_emphasised_latin_is_told_from_chinese() -> None:
    assert html("是 *logit*；*极大似然* *死 ReLU*", inline=True) == (
        '是 <em lang="en">logit</em>；<em>极大似然</em> <em>死 ReLU</em>'
    )
