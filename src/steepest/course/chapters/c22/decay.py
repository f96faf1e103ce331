"""The checker of the homework on learning-rate decay: the reader's rates beside `steepest.schedules`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ....view.chart import say
from ...blocks import Text
from ...homework import Work

__all__ = ["STARTER", "check"]

STARTER = '''"""Three ways to let the learning rate fall, and the number of an epoch; everything is counted from 0."""


def inverse_time(alpha0, decay_rate, epoch):
    """alpha0 over (1 + decay_rate times epoch)."""
    ...


def exponential(alpha0, base, epoch):
    """Each epoch's rate is `base` times the rate of the epoch before."""
    ...


def step_decay(alpha0, factor, every, epoch):
    """The rate stands still for `every` epochs, is multiplied by `factor` once, stands still again, and so on."""
    ...


def epoch_of(step, samples, batch_size):
    """In which epoch is step number `step`? The short last mini-batch is a step too."""
    ...
'''

EPOCHS = (0, 1, 2, 9, 10, 30)
LATER = say(
    "it counts from one; the first epoch is number 0, and has the whole rate",
    "从 1 数起了；第一轮的编号是 0，用的是完整的学习率",
)
BELOW = say("what stands below the line at epoch 0? and at epoch 2?", "第 0 轮时分母是多少？第 2 轮呢？")
FACTOR = say(
    "this falls by a constant factor; here the epoch stands in a product",
    "这是每轮乘同一倍数；这里轮数出现在乘积里",
)
POWERS = say("how often has the base been multiplied in by then?", "到这一轮，底数一共乘进去几次？")
PRODUCT = say("a product where a power belongs", "该用乘方的地方用了乘法")
FALLS = say("how many falls are over by then? A whole number", "到这一轮已经降过几次？应是整数")
EVERY = say("it falls in every epoch; the number of falls is whole", "每一轮都在降；下降次数应取整")
STEPS = say("how many steps has one epoch, the short one counted?", "一轮有几步？短的那批也算一步")
SHORT = say("the short last batch is not counted", "最后的短批没有算进去")
WHOLE = say("the number of an epoch is whole", "轮数应是整数")


def _compare(
    work: Work,
    function: str,
    numbers: Sequence[float],
    schedule: Callable[[float], Any],
    hint: Text,
    slips: Sequence[tuple[Callable[[int], float], Text]],
) -> None:
    import jax

    for epoch in EPOCHS:
        with jax.enable_x64(True):
            truth = float(schedule(epoch))
        got = work.call(function, *numbers, epoch)
        step = say(f"{function}, epoch {epoch}", f"{function}，第 {epoch} 轮")
        work.expect(step, got, truth, hint, slips=[(wrong(epoch), said) for wrong, said in slips])


def check(work: Work) -> None:
    """The three rates at six epochs, then the number of the epoch at steps around its end."""
    from .... import schedules

    a, rate, base, factor, every = 0.2, 0.5, 0.95, 0.1, 10
    _compare(
        work,
        "inverse_time",
        (a, rate),
        schedules.inverse_time(a, decay_rate=rate),
        BELOW,
        [(lambda e: a / (1 + rate * (e + 1)), LATER), (lambda e: a / (1 + rate) ** e, FACTOR)],
    )
    _compare(
        work,
        "exponential",
        (a, base),
        schedules.exponential(a, rate=base),
        POWERS,
        [(lambda e: a * base ** (e + 1), LATER), (lambda e: a * base * e, PRODUCT)],
    )
    _compare(
        work,
        "step_decay",
        (a, factor, every),
        schedules.step(a, factor=factor, every=every),
        FALLS,
        [(lambda e: a * factor ** (e / every), EVERY), (lambda e: a * factor ** ((e + 1) // every), LATER)],
    )
    for samples, size in ((1000, 64), (640, 64), (5, 64)):
        steps = -(-samples // size)
        for number in (0, steps - 1, steps, 3 * steps + 1):
            en = f"epoch_of, step {number}, {samples} samples by {size}"
            zh = f"epoch_of，第 {number} 步，{samples} 个样本每批 {size} 个"
            slips = [(number // max(samples // size, 1), SHORT), (number / steps, WHOLE)]
            got = work.call("epoch_of", number, samples, size)
            work.expect(say(en, zh), got, number // steps, STEPS, slips=slips)
