"""The loss −y ln ŷ − (1−y) ln(1−ŷ) of one prediction, beside the squared error, and the slopes of both (1.2)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from ...view.chart import axis, chart, dots, fact, line, panel, rule, say
from ..controls import choice, slider
from ..figure import Figure

__all__ = ["FIGURE"]

Z = np.linspace(-6, 6, 241)


@cache
def _losses() -> Callable[..., Any]:
    """(z, y) -> each loss [n], then its derivative by z [n]: cross-entropy, squared error."""
    import jax
    import jax.numpy as jnp

    from ...nn.losses import sigmoid_cross_entropy, squared_error

    def cross(z: Any, y: Any) -> Any:
        return sigmoid_cross_entropy(z[None], y[None])[0]

    def squared(z: Any, y: Any) -> Any:
        return squared_error(jax.nn.sigmoid(z)[None], y[None])[0]

    @jax.jit
    def losses(z: Any, y: Any) -> Any:
        both = [jax.vmap(jax.value_and_grad(f), (0, None))(z, y) for f in (cross, squared)]
        return jnp.stack([both[0][0], both[1][0], both[0][1], both[1][1]])

    return losses


def compute(answer: float, truth: str) -> dict[str, Any]:
    """The losses against ŷ, and their slopes by z against z; the reader's prediction marked."""
    y = np.float32(truth)
    here = np.log(answer / (1 - answer))
    curves = np.asarray(_losses()(np.append(Z, here).astype(np.float32), y))
    (cross, squared, dcross, dsquared), at = curves[:, :-1], curves[:, -1]
    a = 1 / (1 + np.exp(-Z))
    log, square = say("−y ln ŷ − (1−y) ln(1−ŷ)", "−y ln ŷ − (1−y) ln(1−ŷ)"), say("(ŷ − y)²", "(ŷ − y)²")
    mine = say("your prediction", "你的预测")
    return chart(
        [
            panel(
                axis(say("prediction ŷ", "预测 ŷ"), domain=(0, 1)),
                axis(say("loss", "损失")),
                [line(a, cross, log, 0), line(a, squared, square, 1), dots([answer], [at[0]], mine, 2)],
                say("the loss of a prediction", "损失随预测的变化"),
            ),
            panel(
                axis(say("z, with ŷ = σ(z)", "z（ŷ = σ(z)）")),
                axis(say("slope dL/dz", "斜率 dL/dz")),
                [line(Z, dcross, log, 0), line(Z, dsquared, square, 1), dots([here], [at[2]], mine, 2), rule(y=0)],
                say("its derivative by z", "对 z 的导数"),
            ),
        ],
        [
            fact(say("loss", "损失"), at[0]),
            fact(say("dL/dz, by autodiff", "dL/dz（自动微分）"), at[2]),
            fact(say("ŷ − y", "ŷ − y"), answer - float(y)),
            fact(say("dL/dz of the squared error", "平方误差的 dL/dz"), at[3]),
        ],
        say(
            "The more confidently wrong a prediction is, the flatter the squared error: its slope nearly vanishes.",
            "预测错得越有把握，平方误差反而越平，对 z 的导数几乎为零。",
        ),
    )


FIGURE = Figure(
    "log-loss",
    say("The loss of one prediction, and its derivative by z", "单个预测的损失，以及它对 z 的导数"),
    (
        slider("answer", say("prediction ŷ", "预测 ŷ"), 0.1, 0.005, 0.995, 0.005),
        choice("truth", say("label y", "真实标签 y"), (("1", say("1", "1")), ("0", say("0", "0")))),
    ),
    compute,
)
