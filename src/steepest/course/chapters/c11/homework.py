"""Homework of chapter 1.1: accuracy, the number of parameters, the nearest average picture."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ....view.chart import say
from ...homework import Homework, Work

__all__ = ["HOMEWORK"]

STARTER = '''"""First steps. NumPy is all you need."""

from itertools import pairwise

import numpy as np


def accuracy(answers, labels):
    """The share of the answers [n] that equal their label [n]: a number from 0 to 1."""


def parameters(sizes):
    """How many weights and biases a network has whose layers have these sizes, e.g. (64, 32, 10)."""


def nearest(x, y, x_new):
    """A label for each picture of x_new [k, 8, 8]: that of the nearest average of the pictures x [n, 8, 8]
    with one label in y [n]."""
'''


def check(work: Work) -> None:
    """Accuracy by counting, parameters by building the network, labels by a loop over pictures."""
    import jax

    from ....data import load
    from ....networks.mlp import mlp

    answers, labels = np.array([3, 1, 4, 1, 5, 9, 2, 6]), np.array([3, 1, 4, 7, 5, 8, 2, 0])
    work.expect(
        say("accuracy", "准确率 accuracy"),
        work.call("accuracy", answers, labels),
        5 / 8,
        say("compare answer with label, one by one, and average the hits", "逐个比较回答与标签，再对命中取平均"),
        slips=[
            (5, say("that is how many are right; the share of all is wanted", "这是答对的个数，要的是占总数的比例")),
            (3 / 8, say("that is the share of wrong answers", "这是答错的比例")),
            (62.5, say("a share from 0 to 1 is wanted, not per cent", "要 0 到 1 的比例，不是百分数")),
        ],
    )
    for sizes in ((64, 10), (64, 32, 10), (7, 5, 4, 3)):
        model = mlp(jax.random.key(0), sizes)
        pairs = list(pairwise(sizes))
        work.expect(
            say(f"parameters of {sizes}", f"{sizes} 的参数个数"),
            work.call("parameters", sizes),
            sum(leaf.size for leaf in jax.tree.leaves(model)),
            say(
                "each layer: inputs times units, and a bias for every unit",
                "每一层：输入数乘单元数，每个单元再加一个偏置",
            ),
            slips=[
                (sum(n * k for n, k in pairs), say("the biases are missing", "漏了偏置")),
                (sum((n + 1) * (k + 1) for n, k in pairs), say("the inputs have no bias", "输入没有偏置")),
            ],
        )
    splits = load("digits")
    x, x_new = (np.asarray(part.x, np.float64) / 16 for part in (splits.train, splits.test))
    x, y, x_new = x[:300], splits.train.y[:300], x_new[:40]
    means = [x[y == label].mean(axis=0) for label in range(10)]
    truth = [int(np.argmin([((picture - mean) ** 2).sum() for mean in means])) for picture in x_new]
    farthest = [int(np.argmax([((picture - mean) ** 2).sum() for mean in means])) for picture in x_new]
    hint = say(
        "average over the pictures of one label, then sum the squared differences over all 64 pixels",
        "对同一标签的图片取平均，再把 64 个像素上的差平方后相加",
    )
    far = say("these are the farthest averages", "这是离得最远的平均图")
    work.expect(say("nearest", "最近的平均图"), work.call("nearest", x, y, x_new), truth, hint, slips=[(farthest, far)])


HOMEWORK = (Homework("first-steps", STARTER, check),)
