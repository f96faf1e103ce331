"""The checker of the open experiment: two surfaces of the reader's own, raced as the chapter's last section does.

There are many right answers. On the first surface plain descent must beat Adam, on the second Adam must beat it, by
its shape: a surface that is merely scaled too high or too low for the sixteen rates is refused.
"""

from __future__ import annotations

import math
from typing import Any

from ....core.errors import UserError
from ....view.chart import say
from ...blocks import Text
from ...homework import NotYet, Work

__all__ = ["STARTER", "check"]

STARTER = '''"""An experiment: two surfaces whose lowest value is 0, as formulas, e.g. "x^2 + 10*(y - sin(x))^2".

Both optimisers start at (-2, 1), take 60 steps, and each has its best of sixteen rates from 1e-4 to 10,
which must not be the first or the last of them.
"""


def plain_wins():
    """A formula on which plain descent ends at least 100 times as low as Adam."""
    ...


def adam_wins():
    """A formula on which Adam ends at least 100 times as low as plain descent."""
    ...
'''

NAMES = {"sgd": say("plain descent", "普通梯度下降"), "adam": say("Adam", "Adam")}
RATES, START, STEPS, TIMES = "1e-4..10:16", (-2.0, 1.0), 60, 100
TOO_LOW = say(
    "its value falls below 0 on the way; add what makes the lowest value 0",
    "途中函数值低于 0；请加上常数，使最小值为 0",
)
FLAT = say("nothing moves: the surface is flat at the start", "谁也没动：起点处的曲面是平的")
LEVEL = say(
    "both end at the same height; if its lowest value is 0, take a harder surface",
    "两者停在同样的高度；如果最小值确实是 0，请换一个难一点的曲面",
)
STEEP = say(
    "it diverges at all sixteen rates: you changed the scale, not the shape; multiply the formula by a small number",
    "它在十六档学习率上全都发散：你改的是尺度，不是形状；请给公式乘一个小一点的数",
)
ROUND = say(
    "; which shape has a rate that is right for every direction at once?",
    "；怎样的形状，同一个学习率对每个方向都合适？",
)
LONG = say(
    "; what does Adam do to a long axis that plain descent cannot?", "；面对长轴，Adam 能做什么普通梯度下降做不到的事？"
)


def _of(name: str, hint: Text) -> Text:
    return say(f"{NAMES[name]['en']}: {hint['en']}", f"{NAMES[name]['zh']}：{hint['zh']}")


def _ends(step: Text, formula: Any) -> dict[str, float]:
    """How low each optimiser ends on the surface at its best rate, which must lie within the range of rates tried."""
    from ....racing.descent import descend

    if not isinstance(formula, str):
        kind = type(formula).__name__
        raise NotYet(
            step, say(f"it must return a formula as text, got {kind}", f"应返回文本形式的公式，得到的是 {kind}")
        )
    try:
        found = descend(formula, list(NAMES), lr=RATES, start=START, steps=STEPS)
    except UserError as error:
        raise NotYet(step, say(f"the formula cannot be read: {error}", f"公式读不懂：{error}")) from error
    rates = [one.hyperparameters["learning_rate"] for one in found]
    if len({value for one in found for value in one.values}) == 1:
        raise NotYet(step, FLAT)
    best: dict[str, tuple[float, float]] = {}
    for one, rate in zip(found, rates, strict=True):
        end = float(one.values[-1])
        if not one.diverged and math.isfinite(end):
            best[one.optimizer] = min(best.get(one.optimizer, (math.inf, rate)), (end, rate))
    for name in NAMES:
        if name not in best:
            raise NotYet(step, _of(name, STEEP))
    if min(best.values())[0] < -1e-12:
        raise NotYet(step, TOO_LOW)
    for name, (_, rate) in best.items():
        if rate in (min(rates), max(rates)):  # a better one may lie beyond
            en = f"its best rate, {rate:g}, is at the edge of the sixteen: you changed the scale, not the shape"
            zh = f"最好的学习率 {rate:g} 落在十六档的边上：你改的是尺度，不是形状"
            raise NotYet(step, _of(name, say(en, zh)))
    return {name: max(end, 1e-300) for name, (end, _) in best.items()}


def check(work: Work) -> None:
    """Race both on each surface, and tell how they ended."""
    for function, winner, loser, hint in (("plain_wins", "sgd", "adam", ROUND), ("adam_wins", "adam", "sgd", LONG)):
        step = say(f"{function}()", f"{function}()")
        ends = _ends(step, work.call(function))
        if ends[winner] == ends[loser]:
            raise NotYet(step, LEVEL)
        if not ends[winner] * TIMES <= ends[loser]:
            en = f"plain descent ends at {ends['sgd']:.1e}, Adam at {ends['adam']:.1e}{hint['en']}"
            zh = f"普通梯度下降最后停在 {ends['sgd']:.1e}，Adam 停在 {ends['adam']:.1e}{hint['zh']}"
            raise NotYet(step, say(en, zh))
        work.passed.append(step)
