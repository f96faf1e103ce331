"""The figures of vanishing gradients and of softmax, against closed forms and the chain rule by hand."""

import numpy as np
import pytest

from steepest.course.figures import softmax, vanishing


@pytest.mark.parametrize("w", [0.3, 0.8, 1.0, 1.7])
@pytest.mark.parametrize("depth", [1, 2, 30, 50])
def test_linear_layers_follow_the_power_of_the_depth(w: float, depth: int) -> None:
    dW, da = vanishing.gradients(w, "identity")
    layers = np.arange(1, depth + 1)
    assert da[depth - 1, :depth] == pytest.approx(np.sqrt(2) * w ** (depth - layers), rel=1e-12)
    assert dW[depth - 1, :depth] == pytest.approx(np.full(depth, 2 * w ** (depth - 1.0)), rel=1e-12)
    assert not dW[depth - 1, depth:].any()  # layers that are not there


def test_sigmoid_layers_follow_the_chain_rule() -> None:
    w, depth = 1.3, 12
    a, slopes = [1.0], []
    for _ in range(depth):
        a.append(1 / (1 + np.exp(-w * a[-1])))
        slopes.append(a[-1] * (1 - a[-1]))
    da = [np.prod([w * s for s in slopes[layer:]]) for layer in range(1, depth + 1)]  # ∂a[L]/∂a[l]
    dW = [d * s * before for d, s, before in zip(da, slopes, a, strict=False)]
    measured_dW, measured_da = vanishing.gradients(w, "sigmoid")
    assert measured_da[depth - 1, :depth] == pytest.approx(np.sqrt(2) * np.array(da))
    assert measured_dW[depth - 1, :depth] == pytest.approx(2 * np.array(dW))
    assert (measured_da[depth - 1, :depth] <= np.sqrt(2) * (w / 4) ** (depth - np.arange(1, depth + 1)) + 1e-12).all()


def test_a_moved_slider_compiles_nothing_anew() -> None:
    vanishing.FIGURE.chart(w=0.5, depth=10)
    program = vanishing._program("identity")
    size = program._cache_size()
    vanishing.FIGURE.chart(w=1.6, depth=50)
    assert program._cache_size() == size


def test_softmax_of_the_chapter() -> None:
    chart = softmax.FIGURE.chart(z1=5, z2=2, z3=-1, z4=3)
    assert chart["facts"][0]["value"] == "0.842, 0.042, 0.002, 0.114"
    p = chart["panels"][1]["marks"][0]["y"]
    assert chart["panels"][2]["marks"][0]["y"] == pytest.approx(np.array(p) - [1, 0, 0, 0], abs=1e-5)
    assert chart["facts"][2]["value"] == pytest.approx(-np.log(p[0]), rel=1e-4)


def test_softmax_does_not_see_a_shift_of_all_logits() -> None:
    low = softmax.FIGURE.chart(z1=-10, z2=-10, z3=-10, z4=-10, label="3")
    high = softmax.FIGURE.chart(z1=10, z2=10, z3=10, z4=10, label="3")
    assert low["facts"] == high["facts"]
    assert high["facts"][2]["value"] == pytest.approx(np.log(4), abs=1e-4)
