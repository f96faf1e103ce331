"""Formulas in a terminal say what the typeset ones say; those that cannot be shown are refused."""

import pytest

from steepest.core.errors import BadValue
from steepest.course.latex import inline, unicode


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\sigma(z)=\frac{1}{1+e^{-z}}", "σ(z) = 1/(1 + e⁻ᶻ)"),
        (r"\frac{1}{m}dZ", "(1/m)dZ"),
        (r"\frac{\lambda}{2m}\lVert w\rVert^2", "(λ/(2m))‖w‖²"),
        (r"\frac{a+b}{c}", "(a + b)/c"),
        (r"\frac{\partial J}{\partial w}", "∂J/∂w"),
        (r"\frac{s}{\sqrt{x+\varepsilon}}", "s/√(x + ε)"),
        (r"-y\ln\hat{y}-(1-y)\ln(1-\hat{y})", "−y ln ŷ − (1 − y) ln(1 − ŷ)"),
        (r"dW^{[l]}=dZ^{[l]}A^{[l-1]\top}", "dW[l] = dZ[l]A[l−1]ᵀ"),
        (r"x^{(i)}", "x⁽ⁱ⁾"),
        (r"e^{-0.5}", "e^(−0.5)"),
        (r"\sigma_w^2", "σ_w²"),
        (r"S_{t-1}", "Sₜ₋₁"),
        (r"\sum_{i=1}^{m} x_i", "Σᵢ₌₁ᵐxᵢ"),
        (r"w \leftarrow w-\alpha\,dw", "w ← w − α dw"),
        (r"\max(0,-z)", "max(0, −z)"),
        (r"g=\begin{cases} z & z>0\\ 0 & z\le 0\end{cases}", "g = { z, z > 0; 0, z ≤ 0"),
        (r"\begin{aligned} a &= b\\ c &= d\end{aligned}", "a = b\nc = d"),
        (r"\begin{bmatrix} 1 & 0\\ 0 & 1\end{bmatrix}", "[1 0; 0 1]"),
        (r"\text{if } z>0", "if z > 0"),
        (r"\left(a\right)", "(a)"),
        (r"a\odot b\cdot c", "a ∘ b · c"),
    ],
)
def test_a_formula_on_a_line(latex: str, shown: str) -> None:
    assert unicode(latex) == shown


@pytest.mark.parametrize("latex", [r"\foo", "{a", "a}", r"\frac{1}", r"\begin{aligned} a", r"\text a", "x^"])
def test_what_it_refuses(latex: str) -> None:
    with pytest.raises(BadValue):
        unicode(latex)


def test_inside_a_sentence() -> None:
    assert inline(r"where $a=\sigma(z)$, not `$x$`, for \$5") == r"where a = σ(z), not `$x$`, for \$5"
    assert inline("$w_{ab}$") == r"w\_(ab)"
    assert inline("no formula") == "no formula"
