"""Homework of chapter 1.1: a confusion matrix, the number of parameters, nearest neighbours that vote."""

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


def parameters(sizes, bias=True):
    """How many parameters a network has whose layers have these sizes, e.g. (64, 32, 10), with or without biases."""


def nearest(x, y, x_new, k):
    """A label [m] for each picture of x_new [m, 8, 8]: the one that is commonest among the k pictures of x [n, 8, 8],
    labels y [n], with the smallest distance to it: the sum of squared differences over all pixels. Of labels that are
    equally common, the smallest."""
'''


def check(work: Work) -> None:
    """The table by a loop over samples, parameters by building the network, labels by a loop over pictures."""
    import jax

    from ....networks.mlp import mlp

    _confusion(work)
    for sizes in ((64, 10), (64, 32, 10), (7, 5, 4, 3)):
        leaves = jax.tree.leaves(mlp(jax.random.key(0), sizes))
        pairs = list(pairwise(sizes))
        work.expect(
            say(f"parameters of {sizes}", f"{sizes} 的参数个数"),
            work.call("parameters", sizes),
            sum(leaf.size for leaf in leaves),
            say(
                "each layer: inputs times units, and a bias for every unit",
                "每一层：输入数乘单元数，每个单元再加一个偏置",
            ),
            slips=[
                (sum(n * k for n, k in pairs), say("the biases are missing", "漏了偏置")),
                (sum((n + 1) * (k + 1) for n, k in pairs), say("the inputs have no bias", "输入没有偏置")),
            ],
        )
        work.expect(
            say(f"weights of {sizes} alone", f"{sizes} 不带偏置的参数个数"),
            work.call("parameters", sizes, bias=False),
            sum(leaf.size for leaf in leaves if leaf.ndim == 2),
            say("with bias=False only the weights count", "bias=False 时只数权重"),
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
    x, y, x_new = x[:300], splits.train.y[:300], x_new[:60]
    order = np.array([np.argsort([((one - other) ** 2).sum() for other in x], kind="stable") for one in x_new])
    means = np.array([x[y == label].mean(axis=0) for label in range(10)])
    averages = [int(np.argmin([((picture - mean) ** 2).sum() for mean in means])) for picture in x_new]
    for k in (1, 2, 5):
        voters = y[order[:, :k]].tolist()
        work.expect(
            say(f"nearest with k = {k}", f"近邻 nearest，k = {k}"),
            work.call("nearest", x, y, x_new, k),
            [min(set(labels), key=lambda label: (-labels.count(label), label)) for labels in voters],
            say(
                "for each new picture: squared differences summed over all 64 pixels, the k smallest of the 300 sums "
                "found, the votes of their labels counted; does a tie go to the smallest label?",
                "对每张新图片：64 个像素上的差平方后相加，从 300 个和中找出最小的 k 个，再数它们的标签各得几票；"
                "票数相同时，取的是较小的标签吗？",
            ),
            slips=[
                (averages, say("these are the nearest averages; no averages here", "这是最近的平均图；这里不求平均")),
                (order[:, 0], say("that is which picture; its label is wanted", "这是图片的编号，要的是它的标签")),
                *([(y[order[:, 0]], say("only the nearest one has a vote", "只有最近的一张投了票"))] if k > 2 else []),
                (y[order[:, -1]], say("these are the farthest pictures", "这是离得最远的图片")),
            ],
        )


HOMEWORK = (Homework("first-steps", STARTER, check),)
