"""The checker of the open experiment: two surfaces of the reader's own, raced as the chapter's last section does.

There are many right answers. On the first surface plain descent must beat Adam, on the second Adam must beat it.
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

Both optimisers start at (-2, 1), take 60 steps, and each has its best of sixteen rates from 1e-4 to 10.
"""


def plain_wins():
    """A formula on which plain descent ends at least 100 times as low as Adam."""
    ...


def adam_wins():
    """A formula on which Adam ends at least 100 times as low as plain descent."""
    ...
'''

RATES, START, STEPS, TIMES = "1e-4..10:16", (-2.0, 1.0), 60, 100
TOO_LOW = say(
    "its value falls below 0 on the way; add what makes the lowest value 0",
    "途中函数值低于 0；请加上常数，使最小值为 0",
)
LEVEL = say("both reach the bottom exactly; make it harder", "两者都恰好到达最低点；再难一点")
ROUND = say(
    "; which shape has a rate that is right for every direction at once?",
    "；怎样的形状，同一个学习率对每个方向都合适？",
)
LONG = say(
    "; what does Adam do to a long axis that plain descent cannot?", "；面对长轴，Adam 能做什么普通梯度下降做不到的事？"
)


def _ends(step: Text, formula: Any) -> dict[str, float]:
    """How low each optimiser ends on the surface at its best rate."""
    from ....racing.descent import descend

    if not isinstance(formula, str):
        kind = type(formula).__name__
        raise NotYet(
            step, say(f"it must return a formula as text, got {kind}", f"应返回文本形式的公式，得到的是 {kind}")
        )
    try:
        found = descend(formula, ["sgd", "adam"], lr=RATES, start=START, steps=STEPS)
    except UserError as error:
        raise NotYet(step, say(f"the formula cannot be read: {error}", f"公式读不懂：{error}")) from error
    ends = {"sgd": math.inf, "adam": math.inf}
    for one in found:
        end = float(one.values[-1])
        if not one.diverged and math.isfinite(end):
            ends[one.optimizer] = min(ends[one.optimizer], end)
    if min(ends.values()) < -1e-12:
        raise NotYet(step, TOO_LOW)
    return {name: max(end, 1e-300) for name, end in ends.items()}


def check(work: Work) -> None:
    """Race both on each surface, and tell how they ended."""
    for function, winner, loser, hint in (("plain_wins", "sgd", "adam", ROUND), ("adam_wins", "adam", "sgd", LONG)):
        step = say(f"{function}()", f"{function}()")
        ends = _ends(step, work.call(function))
        if ends[winner] == ends[loser]:
            raise NotYet(step, LEVEL)
        if not ends[winner] * TIMES <= ends[loser]:
            en = f"plain descent ends at {ends['sgd']:.1e}, Adam at {ends['adam']:.1e}{hint['en']}"
            zh = f"普通梯度下降终于 {ends['sgd']:.1e}，Adam 终于 {ends['adam']:.1e}{hint['zh']}"
            raise NotYet(step, say(en, zh))
        work.passed.append(step)
