"""The checker of the homework on learning-rate decay: the reader's rates beside `steepest.schedules`."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from ....view.chart import say
from ...blocks import Text
from ...homework import Work

__all__ = ["STARTER", "check"]

STARTER = '''"""Learning rates that fall, and the number of an epoch; everything is counted from 0."""

import math


def numbers_for(fraction, epoch):
    """(r, base): with which alpha0/(1 + r*epoch) and base**epoch * alpha0 are both fraction * alpha0 at `epoch`."""
    ...


def step_decay(alpha0, factor, every, epoch):
    """The rate stands still for `every` epochs, is multiplied by `factor` once, stands still again, and so on."""
    ...


def warmup_cosine(alpha0, warmup, epochs, epoch):
    """The rate of a whole epoch: it rises in equal steps, and the last of `warmup` epochs has alpha0.

    A cosine follows, from alpha0 in epoch `warmup` towards zero, which it would reach in epoch `epochs`,
    the first that is not trained any more. No epoch is trained at zero.
    """
    ...


def epoch_of(step, samples, batch_size):
    """In which epoch is step number `step`? The short last mini-batch is a step too."""
    ...
'''

LATER = say(
    "it counts from one; the first epoch is number 0, and has the whole rate",
    "从 1 数起了；第一轮的编号是 0，用的是完整的学习率",
)
SOLVE_R = say(
    "r is off: set 1/(1 + r·epoch) equal to the fraction, and solve for r",
    "r 不对：令 1/(1 + r·epoch) 等于给定的比例，解出 r",
)
SOLVE_BASE = say(
    "the base is off: which number, multiplied by itself once an epoch, makes the fraction?",
    "底数不对：哪个数每轮自乘一次，到这一轮正好等于给定的比例？",
)
BOTH_WAYS = say("1/fraction is what the whole divisor must be, 1 + r·epoch", "1/fraction 应等于整个分母 1 + r·epoch")
SHARE = say(
    "a product where a power belongs: each epoch has that share of the epoch before",
    "该用乘方的地方用了乘法：每一轮都是上一轮的同一个比例",
)
FALLS = say("how many falls are over by then? A whole number", "到这一轮已经降过几次？应是整数")
EVERY = say("it falls in every epoch; the number of falls is whole", "每一轮都在降；下降次数应取整")
ASLEEP = say(
    "epoch 0 is trained at a rate of zero, a whole epoch for nothing; how high is the first of the equal steps?",
    "第 0 轮的学习率是零，整轮白跑；等高的台阶，第一级有多高？",
)
CLOCK = say(
    "the cosine's clock starts when the warm-up ends; how many epochs has it been running by then?",
    "余弦的时钟从预热结束才开始走；到这一轮它走了几轮？",
)
LENGTH = say("how many epochs are left for the cosine after the warm-up?", "预热之后，留给余弦的还有几轮？")
HALF = say("1 + cos goes from 2 to 0; the rate goes from alpha0 to 0", "1 + cos 从 2 降到 0；学习率要从 alpha0 降到 0")
RISE = say("what share of alpha0 has this epoch of the warm-up?", "预热的这一轮，应是 alpha0 的几分之几？")
FALL = say(
    "the warm-up is right and this is not; write the cosine of the text down once more",
    "预热对了，这里不对；再对一遍正文的余弦公式",
)
STEPS = say("how many steps has one epoch, the short one counted?", "一轮有几步？短的那批也算一步")
SHORT = say("the short last batch is not counted", "最后的短批没有算进去")
WHOLE = say("the number of an epoch is whole", "轮数应是整数")


def _true(schedule: Callable[[float], Any], at: float) -> float:
    import jax

    with jax.enable_x64(True):
        return float(schedule(at))


def _check_numbers(work: Work) -> None:
    """The two numbers, put into the library's schedules, must give the fraction."""
    from .... import schedules

    for fraction, epoch in ((0.5, 10), (0.01, 88)):
        step = say(f"numbers_for, {fraction} at epoch {epoch}", f"numbers_for，第 {epoch} 轮降到 {fraction}")
        r, base = work.several("numbers_for", work.call("numbers_for", fraction, epoch), ("r", "base"))
        truth = (1 / fraction - 1) / epoch
        work.expect(step, r, truth, SOLVE_R, slips=[(1 / fraction / epoch, BOTH_WAYS)])
        work.expect(step, _true(schedules.inverse_time(1.0, decay_rate=r), epoch), fraction, SOLVE_R)
        work.expect(step, base, fraction ** (1 / epoch), SOLVE_BASE, slips=[(fraction / epoch, SHARE)])
        work.expect(step, _true(schedules.exponential(1.0, rate=base), epoch), fraction, SOLVE_BASE)


def _compare(
    work: Work,
    function: str,
    numbers: Sequence[float],
    epoch: int,
    truth: float,
    hint: Text,
    slips: Sequence[tuple[float, Text]],
) -> None:
    step = say(f"{function}, epoch {epoch}", f"{function}，第 {epoch} 轮")
    work.expect(step, work.call(function, *numbers, epoch), truth, hint, slips=slips)


def check(work: Work) -> None:
    """Two equations solved, two schedules by the epoch, and the number of the epoch at steps around its end."""
    from .... import schedules

    _check_numbers(work)
    a, factor, every = 0.2, 0.1, 10
    falling = schedules.step(a, factor=factor, every=every)
    for epoch in (0, 1, 9, 10, 30):
        slips = [(a * factor ** (epoch / every), EVERY), (a * factor ** ((epoch + 1) // every), LATER)]
        _compare(work, "step_decay", (a, factor, every), epoch, _true(falling, epoch), FALLS, slips)
    n, N = 5, 40
    rising, cosine = schedules.warmup(schedules.constant(a), epochs=n), schedules.cosine(a, epochs=N - n)
    for epoch in (0, 1, 4, 5, 6, 22, 39):
        if epoch < n:
            truth, hint, slips = _true(rising, epoch + 1), RISE, [(0.0, ASLEEP)]
        else:
            truth, hint = _true(cosine, epoch - n), FALL
            slips = [
                (a * (1 + math.cos(math.pi * epoch / N)) / 2, CLOCK),
                (a * (1 + math.cos(math.pi * epoch / (N - n))) / 2, CLOCK),
                (a * (1 + math.cos(math.pi * (epoch - n) / N)) / 2, LENGTH),
                (2 * truth, HALF),
            ]
        _compare(work, "warmup_cosine", (a, n, N), epoch, truth, hint, slips)
    for samples, size in ((1000, 64), (640, 64), (5, 64)):
        steps = -(-samples // size)
        for number in (0, steps - 1, steps, 3 * steps + 1):
            en = f"epoch_of, step {number}, {samples} samples by {size}"
            zh = f"epoch_of，第 {number} 步，{samples} 个样本每批 {size} 个"
            slips = [(number // max(samples // size, 1), SHORT), (number / steps, WHOLE)]
            got = work.call("epoch_of", number, samples, size)
            work.expect(say(en, zh), got, number // steps, STEPS, slips=slips)
