"""Homework of chapter 1.1: a confusion matrix, the number of parameters, the nearest neighbour."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ....view.chart import say
from ...homework import Homework, Work

__all__ = ["HOMEWORK"]

STARTER = '''"""First steps. NumPy is all you need."""

from itertools import pairwise

import numpy as np


def confusion(predicted, labels, classes):
    """Counts [classes, classes]: entry (i, j) is how many samples of class i in labels [n] were predicted as j."""


def parameters(sizes):
    """How many weights and biases a network has whose layers have these sizes, e.g. (64, 32, 10)."""


def nearest(x, y, x_new):
    """A label for each picture of x_new [k, 8, 8]: that of the training picture in x [n, 8, 8], labels y [n],
    whose squared distance to it, summed over all pixels, is smallest."""
'''


def check(work: Work) -> None:
    """The table by a loop over samples, parameters by building the network, labels by a loop over pictures."""
    import jax

    from ....networks.mlp import mlp

    _confusion(work)
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
    _nearest(work)


def _confusion(work: Work) -> None:
    predicted, labels = np.array([2, 0, 1, 1, 2, 2, 0, 2, 1]), np.array([2, 0, 1, 2, 2, 0, 0, 2, 1])
    truth = np.zeros((4, 4), int)  # class 3 occurs nowhere, and has a row and a column all the same
    for j, i in zip(predicted, labels, strict=True):
        truth[i, j] += 1
    work.expect(
        say("confusion matrix", "混淆矩阵 confusion"),
        work.call("confusion", predicted, labels, 4),
        truth,
        say("each sample adds one, in the row of its label and the column of its prediction",
            "每个样本加一：行取它的标签，列取它的预测"),
        slips=[
            (truth.T, say("rows are the true classes, columns the predicted ones", "行是真实类别，列是预测类别")),
            (truth / len(labels), say("counts are wanted, not shares", "要的是个数，不是比例")),
            (np.minimum(truth, 1), say("an index that occurs twice must count twice; NumPy's += on indices adds once",
                                       "同一位置出现两次就要加两次；NumPy 对下标用 += 只加一次")),
        ],
    )  # fmt: skip


def _nearest(work: Work) -> None:
    from ....data import load

    splits = load("digits")
    x, x_new = (np.asarray(part.x, np.float64) / 16 for part in (splits.train, splits.test))
    x, y, x_new = x[:300], splits.train.y[:300], x_new[:40]
    distances = np.array([[((picture - other) ** 2).sum() for other in x] for picture in x_new])
    means = np.array([x[y == label].mean(axis=0) for label in range(10)])
    averages = [int(np.argmin([((picture - mean) ** 2).sum() for mean in means])) for picture in x_new]
    work.expect(
        say("nearest neighbour", "最近邻 nearest"),
        work.call("nearest", x, y, x_new),
        y[distances.argmin(axis=1)],
        say(
            "for each new picture: squared differences over all 64 pixels summed, the smallest of the 300 found",
            "对每张新图片：64 个像素上的差平方后相加，再从 300 个距离中找最小的",
        ),
        slips=[
            (averages, say("these are the nearest averages; no averages here", "这是最近的平均图；这里不求平均")),
            (y[distances.argmax(axis=1)], say("these are the farthest pictures", "这是离得最远的图片")),
            (
                distances.argmin(axis=1),
                say("that is which picture; its label is wanted", "这是图片的编号，要的是它的标签"),
            ),
        ],
    )


HOMEWORK = (Homework("first-steps", STARTER, check),)
