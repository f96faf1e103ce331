"""Homework of chapter 2.1: a softmax and a cross-entropy that bear any logits, and the gradient of both together."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

from ....view.chart import say
from ...blocks import Text
from ...homework import Homework, NotYet, Work

__all__ = ["HOMEWORK"]

Array = NDArray[np.float64]

STARTER = '''"""Softmax, cross-entropy and their gradient, for a batch."""

import numpy as np


def softmax(z):
    """Logits z [m, classes] -> probabilities of the same shape; no warning and no NaN at logits of 10 000."""
    ...


def cross_entropy(z, y):
    """The mean over the samples of -ln(probability of the true class): logits z [m, classes], labels y [m], ints."""
    ...


def gradient(z, y):
    """The derivative of cross_entropy(z, y) by z, of z's shape; no loops are needed."""
    ...
'''

OVERFLOW = say(
    "large logits overflow: exp(1000) is beyond floating point. What may be taken from all logits of a sample?",
    "logit 一大就溢出：exp(1000) 超出了浮点数范围。同一样本的各个 logit 可以一起减去什么？",
)
NOT_FROM_PROBABILITY = say(
    "it takes the logarithm of a probability that has become 0; go from the logits, without the division",
    "它对已经变成 0 的概率取了对数；应直接从 logit 出发，不要先做除法",
)
CLASSES = say("the sum goes over the samples; it must go over the classes", "求和沿着样本走了；应沿着类别")
WHOLE = say("the sum goes over the whole batch; each sample has its own", "对整批求了和；每个样本有各自的和")
SOFTMAX = say("each row must hold exp(z) over its own sum", "每一行应是 exp(z) 除以本行的和")
SUMMED = say("it is the sum over the samples, not the mean", "这是对样本求和，不是平均")
BASE = say("the logarithm is to the base 2 or 10; the natural one is meant", "对数的底是 2 或 10；这里要自然对数")
LOSS = say("pick each sample's own class, then average over the samples", "先取每个样本自己的类别，再对样本求平均")
NOT_MEAN = say(
    "the cost is a mean over the samples; what does that do to its derivative?", "代价是对样本的平均；它的导数会怎样？"
)
UPHILL = say(
    "the sign is turned: which logit should fall when its probability is too high?",
    "符号反了：概率偏高的那个 logit 应该往哪边走？",
)
NO_LABEL = say("the labels have no influence on it", "标签没有起作用")
GRADIENT = say(
    "compare one number of it with (J(z + h) − J(z − h)) / 2h", "取其中一个数，与 (J(z + h) − J(z − h)) / 2h 比较"
)


def _softmax(z: Array) -> Array:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _truth(z: Array, y: NDArray[np.int64]) -> tuple[float, Array]:
    """The library's mean loss and its gradient, by automatic differentiation in float64."""
    import jax

    from ....nn.losses import softmax_cross_entropy

    with jax.enable_x64(True):
        loss, gradient = jax.value_and_grad(lambda z: softmax_cross_entropy(z, jax.numpy.asarray(y)).mean())(
            jax.numpy.asarray(z)
        )
        return float(loss), np.asarray(gradient)


def _quietly(work: Work, step: Text, hint: Text, function: str, *arguments: object) -> object:
    """What the reader's function returns; `hint` when NumPy warns on the way, or NaN comes out."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        got = work.call(function, *arguments)
    if isinstance(got, np.ndarray | float) and not np.isfinite(got).all():
        raise NotYet(step, hint)
    if any(issubclass(one.category, RuntimeWarning) for one in warned):
        raise NotYet(step, hint)
    return got


def _check(work: Work) -> None:
    random = np.random.default_rng(5)
    z, y = random.normal(size=(4, 3)), np.array([2, 0, 1, 2])
    steep = np.array([[1e4, 0.0, -1e4], [-1e4, -1e4, -1e4], [999.0, 1000.0, 1001.0], [0.0, 1.0, 2.0]])
    step = say("softmax", "softmax")
    slips = []
    for e in (np.exp(z), np.exp(z - z.max(axis=1, keepdims=True))):
        slips += [(e / e.sum(axis=0), CLASSES), (e / e.sum(), WHOLE)]
    work.expect(step, work.call("softmax", z), _softmax(z), SOFTMAX, slips=slips)
    p = work.call("softmax", np.array([[5.0, 2.0, -1.0, 3.0]]))
    work.expect(say("softmax(5, 2, −1, 3)", "softmax(5, 2, −1, 3)"), p, _softmax(np.array([[5.0, 2, -1, 3]])), SOFTMAX)
    step = say("softmax at ±10 000", "±10 000 处的 softmax")
    got = _quietly(work, step, OVERFLOW, "softmax", steep)
    work.expect(step, got, _softmax(steep), SOFTMAX)
    loss, gradient = _truth(z, y)
    step = say("cross_entropy", "cross_entropy")
    slips = [(loss * len(y), SUMMED), (loss / np.log(2), BASE), (loss / np.log(10), BASE)]
    work.expect(step, work.call("cross_entropy", z, y), loss, LOSS, slips=slips)
    step = say("cross_entropy at ±10 000", "±10 000 处的 cross_entropy")
    steep_loss, steep_gradient = _truth(steep, y)
    work.expect(step, _quietly(work, step, NOT_FROM_PROBABILITY, "cross_entropy", steep, y), steep_loss, LOSS)
    slips = [
        (gradient * len(y), NOT_MEAN),
        (-gradient, UPHILL),
        (_softmax(z), NO_LABEL),
        (_softmax(z) / len(y), NO_LABEL),
    ]
    work.expect(say("gradient", "gradient"), work.call("gradient", z, y), gradient, GRADIENT, slips=slips)
    step = say("gradient at ±10 000", "±10 000 处的 gradient")
    work.expect(step, _quietly(work, step, OVERFLOW, "gradient", steep, y), steep_gradient, GRADIENT)


HOMEWORK = (Homework("softmax", STARTER, _check),)
