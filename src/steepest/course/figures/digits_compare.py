"""Four networks race on the small digits: accuracy against parameters and against training time (chapter 1.1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from ...view.chart import axis, chart, dots, fact, panel, say
from ..controls import choice, slider
from ..figure import Figure

__all__ = ["FIGURE"]

DIGITS = 1078  # in the training split
NAMES = {
    "logistic": say("logistic regression 64-10", "逻辑回归 64-10"),
    "shallow": say("one hidden layer 64-32-10", "一个隐藏层 64-32-10"),
    "deep": say("three hidden layers 64-64-64-64-10", "三个隐藏层 64-64-64-64-10"),
    "cnn": say("CNN: 16 filters of 3×3, pooling, 10", "CNN：16 个 3×3 卷积核、池化、10"),
}


def _networks() -> dict[str, Callable[..., Any]]:
    from ...networks.cnn import cnn
    from ...networks.mlp import mlp

    return {
        "logistic": partial(mlp, sizes=(64, 10), init="xavier"),
        "shallow": partial(mlp, sizes=(64, 32, 10)),
        "deep": partial(mlp, sizes=(64, 64, 64, 64, 10)),
        "cnn": partial(cnn, filters=(16,), picture=(8, 8, 1)),
    }


def compute(epochs: int, samples: str, seeds: int) -> dict[str, Any]:
    """One race a network, all with Adam at its workload's rate; a dot a seed. Fewer digits, as many steps."""
    from ...racing.curves import recorded
    from ...racing.race import race
    from ...workloads.loading import workload

    rows = []
    for series, (name, network) in enumerate(_networks().items()):
        options = {} if samples == "all" else {"samples": int(samples)}
        passes = epochs * DIGITS / options.get("samples", DIGITS)
        raced = race(
            workload("digits-mlp", network=network, **options), ["adam"], lr=[5e-3], seeds=seeds, epochs=passes
        )
        times = recorded(raced, ("seconds",))["seconds"]
        rows.append(
            (
                series,
                NAMES[name],
                int(raced.spec.facts["parameters"]),
                [run.metrics["test_accuracy"] for run in raced.runs],
                [times[run.id][-1][1] for run in raced.runs],
            )
        )
    low = min(a for row in rows for a in row[3])
    accuracy = axis(say("test accuracy", "测试准确率"), domain=(max(0, low - 0.02), 1))
    against_size, against_time = [], []
    for series, title, size, accuracies, seconds in rows:
        against_size.append(dots([size] * len(accuracies), accuracies, title, series))
        against_time.append(dots(seconds, accuracies, title, series))
    return chart(
        [
            panel(axis(say("parameters", "参数个数"), "log"), accuracy, against_size),
            panel(axis(say("seconds to train one network", "训练一个网络的秒数"), "log"), accuracy, against_time),
        ],
        [fact(title, float(np.mean(accuracies))) for _, title, _, accuracies, _ in rows],
        say(
            "A dot is a seed. Fewer digits are shown more often: the steps stay the same. "
            "Seconds are this machine's, a run's share of its race, compiling left out.",
            "一个点对应一个种子。样本少时多看几遍，步数不变。秒数在本机实测，取一次训练在竞速中分摊的时间，不含编译。",
        ),
    )


FIGURE = Figure(
    "digits-compare",
    say("One task, four networks: accuracy, size and time", "同一个任务，四种网络：准确率、大小与用时"),
    (
        slider("epochs", say("epochs over all digits", "训练轮数（按全部样本计）"), 20, 1, 20, 1),
        choice("samples", say("training digits", "训练样本数"),
               [("all", say("all 1 078", "全部 1 078 个")), ("300", say("300", "300")), ("100", say("100", "100"))]),
        slider("seeds", say("seeds", "种子数"), 3, 1, 5, 1),
    ),
    compute,
    seconds=15,
)  # fmt: skip
