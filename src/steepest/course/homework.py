"""Homework: a file to start from, and a checker that walks through the reader's functions step by step.

A checker calls `work.call` and `work.expect`; the first thing that is wrong raises `NotYet` with a hint. A hint says
where to look, never the answer: known slips (a missing mean, a sum over the wrong axis) are recognised by their value.
"""

from __future__ import annotations

import copy
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from .blocks import Text

__all__ = ["Homework", "NotYet", "Work"]

TOLERANCE = 1e-6  # float64 against float64: a right formula agrees to 1e-12, one in float32 still passes


class NotYet(Exception):
    """The first thing that is wrong: the step it belongs to, and a hint."""

    def __init__(self, step: Text, hint: Text) -> None:
        super().__init__(f"{step['en']}: {hint['en']}")
        self.step, self.hint = step, hint


@dataclass(frozen=True)
class Homework:
    """A task of a chapter. `check` returns when all is right, else raises `NotYet`."""

    name: str
    starter: str
    check: Callable[[Work], None]


def _place(error: BaseException, file: str) -> str:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return f"line {lines[-1]}: " if lines else ""


def _changed(before: Any, after: Any) -> bool:
    if isinstance(before, Mapping):
        return any(_changed(before[k], after.get(k)) for k in before)
    if isinstance(before, list | tuple):
        return len(before) != len(after) or any(map(_changed, before, after))
    return isinstance(before, np.ndarray) and not np.array_equal(before, after, equal_nan=True)


def _close(got: np.ndarray, truth: ArrayLike, tolerance: float) -> bool:
    wanted = np.asarray(truth, np.float64)
    scale = max(float(np.abs(wanted).max(initial=0)), 1e-12)
    return got.shape == wanted.shape and bool(np.abs(got - wanted).max(initial=0) <= tolerance * scale)


@dataclass
class Work:
    """The reader's names, as a checker meets them; `passed` are the steps that were right."""

    names: Mapping[str, Any]
    file: str = ""
    passed: list[Text] = field(default_factory=list)

    def call(self, function: str, *arguments: Any, keeps: bool = True, **options: Any) -> Any:
        """What the reader's `function` returns; it gets copies, and `keeps`: it must not change them."""
        step = {"en": f"{function}()", "zh": f"{function}()"}
        if not callable(self.names.get(function)):
            raise NotYet(step, {"en": "the file has no such function; keep the starter's names",
                                "zh": "文件里没有这个函数；请保留起始文件里的名字"})  # fmt: skip
        given = copy.deepcopy((arguments, options))
        try:
            result = self.names[function](*given[0], **given[1])
        except Exception as error:
            said = f"{_place(error, self.file)}{type(error).__name__}: {error}".splitlines()[0]
            raise NotYet(step, {"en": f"it stopped with {said}", "zh": f"运行中断：{said}"}) from error
        if keeps and (_changed(arguments, given[0]) or _changed(options, given[1])):
            raise NotYet(step, {"en": "it changes an array that it was given; make a new one instead",
                                "zh": "它改动了传进来的数组；请另建新数组"})  # fmt: skip
        return result

    def several(self, function: str, got: Any, names: Sequence[str]) -> tuple[Any, ...]:
        """What `function` returned, which must be as many things as there are `names`."""
        if isinstance(got, tuple | list) and len(got) == len(names):
            return tuple(got)
        wanted = ", ".join(names)
        hint = {"en": f"it should return {len(names)} things: {wanted}", "zh": f"应返回 {len(names)} 个值：{wanted}"}
        raise NotYet({"en": f"{function}()", "zh": f"{function}()"}, hint)

    def expect(
        self,
        step: Text,
        got: Any,
        truth: ArrayLike,
        hint: Text,
        *,
        slips: Sequence[tuple[ArrayLike, Text]] = (),
        tolerance: float = TOLERANCE,
    ) -> None:
        """`got` must equal `truth` in shape and, relative to its largest value, in number.

        slips   wrong values that a known slip gives, each with the hint for it; `hint` is for any other
        """
        wanted = np.asarray(truth)
        try:
            mine = np.asarray(got, np.float64)
        except (TypeError, ValueError):
            mine = np.asarray(None)
        if mine.dtype == object or (got is None):
            kind = "None" if got is None else type(got).__name__
            raise NotYet(step, {"en": f"got {kind}, which is not an array of numbers; is a return missing?",
                                "zh": f"得到的是 {kind}，不是数值数组；是不是忘了 return？"})  # fmt: skip
        if mine.shape != wanted.shape:
            raise NotYet(step, {"en": f"its shape is {mine.shape}, it should be {wanted.shape}",
                                "zh": f"形状是 {mine.shape}，应为 {wanted.shape}"})  # fmt: skip
        if _close(mine, wanted, tolerance):
            self.passed.append(step)
            return
        if not np.isfinite(mine).all():
            raise NotYet(step, {"en": "it holds NaN or infinity: a logarithm of 0, a division by 0, or an overflow?",
                                "zh": "出现了 NaN 或无穷大：对 0 取了对数、除以了 0，还是溢出了？"})  # fmt: skip
        raise NotYet(step, next((said for value, said in slips if _close(mine, value, tolerance)), hint))
