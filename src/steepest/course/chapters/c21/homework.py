"""Homework of chapter 2.1: a log-softmax and a smoothed cross-entropy that bear any logits, and its gradient."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....view.chart import say
from ...blocks import Text
from ...homework import Homework, NotYet, Work

__all__ = ["HOMEWORK"]

Array = NDArray[np.float64]

STARTER = '''"""Cross-entropy with label smoothing, for a batch: logits z [m, classes], labels y [m] (ints)."""

import numpy as np


def log_softmax(z):
    """ln softmax(z), of z's shape; no warning and no NaN or infinity at logits of 10 000."""
    ...


def cross_entropy(z, y, smoothing):
    """The mean over the samples of -sum(t ln softmax(z)), where t = (1 - smoothing) one-hot(y) + smoothing / C.

    smoothing: one number, or one for each sample, [m].
    """
    ...


def gradient(z, y, smoothing):
    """The derivative of cross_entropy(z, y, smoothing) with respect to z, of z's shape; no loops are needed."""
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
NO_LOG = say("this is softmax; its logarithm is wanted", "这是 softmax，要的是它的对数")
LOG_SOFTMAX = say("the logit itself, minus the log-sum-exp of its row", "logit 本身，减去本行的 log-sum-exp")
SUMMED = say("it is the sum over the samples, not the mean", "这是对样本求和，不是平均")
BASE = say("the logarithm is to the base 2 or 10; the natural one is meant", "对数的底是 2 或 10；这里要自然对数")
SHARP = say("this has no smoothing: every class gets its share of ε", "这没有做平滑：每个类别都分到 ε 的一份")
OTHERS = say("ε is spread over all C classes, the true one among them", "ε 分给全部 C 个类别，真实类别也在其中")
EACH = say(
    "with an array, every sample has a smoothing of its own; give it an axis for the classes",
    "smoothing 是数组时，每个样本各用一个；给它加上类别那一轴",
)
LOSS = say("first the targets t [m, classes], each row of sum 1", "先写出目标 t [m, classes]，每行之和为 1")
NOT_MEAN = say(
    "the cost is a mean over the samples; what does that do to its derivative?", "代价是对样本的平均；它的导数会怎样？"
)
UPHILL = say(
    "the sign is wrong: which logit should fall when its probability is too high?",
    "符号反了：概率偏高的那个 logit 应该往哪边走？",
)
NO_LABEL = say("the labels have no influence on it", "标签没有起作用")
GRADIENT = say(
    "what does the loss become if t takes the place of y in the chapter's derivation? The entries of t sum to 1",
    "把本章推导里的 y 换成 t，损失变成什么？注意 t 各项之和为 1",
)


def _log_softmax(z: Array) -> Array:
    z = z - z.max(axis=1, keepdims=True)
    shifted: Array = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return shifted


def _truth(z: Array, y: NDArray[np.int64], smoothing: float | Array) -> tuple[float, Array]:
    """The smoothed loss, as a mixture of the library's losses, and its gradient, by automatic differentiation."""
    import jax
    import jax.numpy as jnp

    from ....nn.losses import softmax_cross_entropy

    def cost(z: Any) -> Any:
        every = [softmax_cross_entropy(z, jnp.full(len(y), k)) for k in range(z.shape[1])]
        return jnp.mean(
            (1 - smoothing) * softmax_cross_entropy(z, jnp.asarray(y)) + smoothing * sum(every) / len(every)
        )

    with jax.enable_x64(True):
        loss, gradient = jax.value_and_grad(cost)(jnp.asarray(z))
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
    p = np.exp(_log_softmax(z))
    slips: list[tuple[Any, Text]] = [(p, NO_LOG)]
    for shifted in (z, z - z.max(axis=1, keepdims=True)):
        e = np.exp(shifted)
        slips += [(shifted - np.log(e.sum(axis=0)), CLASSES), (shifted - np.log(e.sum()), WHOLE)]
    slips += [(_log_softmax(z) / np.log(base), BASE) for base in (2, 10)]
    step = say("log_softmax", "log_softmax")
    work.expect(step, work.call("log_softmax", z), _log_softmax(z), LOG_SOFTMAX, slips=slips)
    step = say("log_softmax at ±10 000", "±10 000 处的 log_softmax")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        first = work.call("log_softmax", np.array([[1e4, 0.0]]))
    lost = isinstance(first, np.ndarray) and bool(np.isneginf(first).any() and np.isfinite(first).any())
    hint = NOT_FROM_PROBABILITY if lost else OVERFLOW
    work.expect(step, _quietly(work, step, hint, "log_softmax", steep), _log_softmax(steep), LOG_SOFTMAX)
    for smoothing in (0.0, 0.3):
        (loss, gradient), (sharp, hard) = _truth(z, y, smoothing), _truth(z, y, 0.0)
        rest, rest_gradient = _truth(z, y, smoothing * 3 / 2)  # ε spread over the C − 1 other classes alone
        at = f"ε = {smoothing:g}"
        slips = [(loss * len(y), SUMMED), (loss / np.log(2), BASE), (loss / np.log(10), BASE)]
        slips += [(sharp, SHARP), (rest, OTHERS)]
        step = say(f"cross_entropy, {at}", f"cross_entropy，{at}")
        work.expect(step, work.call("cross_entropy", z, y, smoothing), loss, LOSS, slips=slips)
        slips = [(gradient * len(y), NOT_MEAN), (-gradient, UPHILL), (p, NO_LABEL), (p / len(y), NO_LABEL)]
        slips += [(hard, SHARP), (rest_gradient, OTHERS)]
        step = say(f"gradient, {at}", f"gradient，{at}")
        work.expect(step, work.call("gradient", z, y, smoothing), gradient, GRADIENT, slips=slips)
    own = np.array([0.0, 0.3, 0.1, 0.2])
    loss, gradient = _truth(z, y, own)
    for function, truth in (("cross_entropy", loss), ("gradient", gradient)):
        step = say(f"{function}, one ε for each sample", f"{function}，每个样本各有 ε")
        work.expect(step, work.call(function, z, y, own), truth, EACH)
    loss, gradient = _truth(steep, y, 0.1)
    step = say("cross_entropy at ±10 000", "±10 000 处的 cross_entropy")
    work.expect(step, _quietly(work, step, NOT_FROM_PROBABILITY, "cross_entropy", steep, y, 0.1), loss, LOSS)
    step = say("gradient at ±10 000", "±10 000 处的 gradient")
    work.expect(step, _quietly(work, step, OVERFLOW, "gradient", steep, y, 0.1), gradient, GRADIENT)


HOMEWORK = (Homework("softmax", STARTER, _check),)
