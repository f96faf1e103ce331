"""The checker of the homework on random mini-batches: every sample once, with its label, and a short last batch."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....view.chart import say
from ...homework import NotYet, Work

__all__ = ["STARTER", "check"]

STARTER = '''"""Cut a data set into random mini-batches."""

import numpy as np


def minibatches(x, y, batch_size, seed):
    """x [m, features], y [m] -> a list of (x, y), each of batch_size samples; the last may be shorter.

    Every sample comes exactly once, in an order that the seed decides: the same seed, the same order.
    Draw with np.random.default_rng(seed), and leave x and y as they are.
    """
    ...
'''

EMPTY = say("there is an empty batch; what if m is a multiple of the size?", "出现了空批；m 正好是整数倍时会怎样？")
FULL = say("every batch is full but the last", "除最后一批外，每批都应是满的")
ONCE = say("a sample is missing or comes twice; permute, do not draw", "有样本缺失或重复；要打乱排列，而不是抽样")
LABEL = say(
    "a sample has another one's label; use one permutation for both", "样本配上了别人的标签；两者要用同一个排列"
)
ROWS = say(
    "one sample's features were torn apart; permute rows, not columns", "同一样本的特征被拆散了；打乱的是行，不是列"
)
UNSHUFFLED = say("the samples come in their old order", "样本仍按原来的顺序出现")
UNSEEDED = say(
    "the same seed gives another order; is the generator made from the seed?",
    "同一种子给出了不同顺序；随机数生成器是用 seed 建的吗？",
)
SEED = say("another seed gives the same order; is the seed used?", "换了种子顺序却没变；用到 seed 了吗？")
LATE = say(
    "the short last batch is always of the same samples; permute before you cut",
    "最后的短批总是那几个样本；要先打乱再切",
)


def _pairs(work: Work, m: int, batch_size: int, seed: int) -> list[tuple[NDArray[Any], NDArray[Any]]]:
    """What the reader's function makes of m samples; sample i is ((i, −i), 10 i), so that each can be told."""
    step = say(f"m = {m}, batch_size = {batch_size}", f"m = {m}，batch_size = {batch_size}")
    number = np.arange(m, dtype=np.float64)
    got = work.call("minibatches", np.stack([number, -number], axis=1), 10 * number, batch_size, seed)
    if not isinstance(got, list | tuple) or not all(isinstance(one, list | tuple) and len(one) == 2 for one in got):
        raise NotYet(step, say("it must return a list of pairs (x, y)", "应返回由 (x, y) 组成的列表"))
    pairs = [(np.asarray(x), np.asarray(y)) for x, y in got]
    for x, y in pairs:
        if x.ndim != 2 or y.ndim != 1 or len(x) != len(y):
            en = f"a batch has x of shape {x.shape} and y of shape {y.shape}; samples are rows, as many in both"
            zh = f"有一批的 x 形状为 {x.shape}、y 形状为 {y.shape}；样本是行，两者个数要相同"
            raise NotYet(step, say(en, zh))
    return pairs


def check(work: Work) -> None:
    """Sizes, completeness and pairs for several m; then what the seed does."""
    for m, size in ((10, 4), (12, 4), (3, 64), (64, 64)):
        pairs = _pairs(work, m, size, seed=1)
        step = say(f"m = {m}, batch_size = {size}: sizes", f"m = {m}，batch_size = {size}：各批大小")
        sizes = [len(y) for _, y in pairs]
        if 0 in sizes:
            raise NotYet(step, EMPTY)
        if sum(sizes) < m:
            en = f"only {sum(sizes)} of {m} samples come; what of the rest after the full batches?"
            raise NotYet(step, say(en, f"{m} 个样本只出现了 {sum(sizes)} 个；切完整批之后剩下的呢？"))
        work.expect(step, sizes, [size] * (m // size) + [m % size] * (m % size > 0), FULL)
        x, y = np.concatenate([x for x, _ in pairs]), np.concatenate([y for _, y in pairs])
        step = say(f"m = {m}: each sample once", f"m = {m}：每个样本恰好一次")
        work.expect(step, np.sort(x[:, 0]), np.arange(m), ONCE)
        step = say(f"m = {m}: x and y stay together", f"m = {m}：x 与 y 保持对应")
        work.expect(step, y, 10 * x[:, 0], LABEL)
        work.expect(step, x[:, 1], -x[:, 0], ROWS)
    _check_order(work)


def _check_order(work: Work) -> None:
    step = say("the order", "顺序")
    one, again, other = (np.concatenate([y for _, y in _pairs(work, 50, 8, seed)]) for seed in (1, 1, 2))
    if np.array_equal(one, np.sort(one)):
        raise NotYet(step, UNSHUFFLED)
    if not np.array_equal(one, again):
        raise NotYet(step, UNSEEDED)
    if np.array_equal(one, other):
        raise NotYet(step, SEED)
    if set(one[-2:]) == set(other[-2:]):
        raise NotYet(step, LATE)
    work.passed.append(step)
