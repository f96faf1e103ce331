"""A deep network learns the small digits from each initialisation: a race (chapter 1.4)."""

from __future__ import annotations

from functools import partial
from typing import Any

from ...view.chart import axis, chart, fact, line, panel, say
from ..controls import choice, slider
from ..figure import Figure

__all__ = ["FIGURE"]

SCHEMES = {
    ("zeros", 1.0): say("zeros", "全零"),
    ("normal", 0.01): say("too small: σ = 0.01", "太小：σ = 0.01"),
    ("normal", 1.0): say("too large: σ = 1", "太大：σ = 1"),
    ("xavier", 1.0): say("Xavier: variance 1/n", "Xavier：方差 1/n"),
    ("he", 1.0): say("He: variance 2/n", "He：方差 2/n"),
}


def compute(depth: int, activation: str, rate: float, epochs: int, seed: int) -> dict[str, Any]:
    """Validation accuracy of each scheme as it trains, by plain descent in batches of 64."""
    from ...networks.mlp import mlp
    from ...racing.curves import recorded
    from ...racing.race import race
    from ...workloads.loading import workload

    deep = workload("digits-mlp", network=partial(mlp, sizes=(64, *[32] * depth, 10), activation=activation))
    found = {}
    for init, scale in ((["zeros", "xavier", "he"], 1.0), (["normal"], [0.01, 1.0])):
        raced = race(deep, ["sgd"], lr=[rate], init=init, init_scale=scale, seeds=[seed], epochs=epochs)
        curves = recorded(raced, ("validation_accuracy",))["validation_accuracy"]
        per_epoch = raced.spec.facts["steps_per_epoch"]
        for run in raced.runs:
            key = run.hyperparameters["init"], run.hyperparameters["init_scale"]
            points = [(step / per_epoch, value) for step, value in curves.get(run.id, [])]
            found[key] = points, run.metrics.get("test_accuracy", say("diverged", "发散"))
    lines = [
        line([x for x, _ in found[key][0]], [y for _, y in found[key][0]], name, series)
        for series, (key, name) in enumerate(SCHEMES.items())
        if found[key][0]
    ]
    return chart(
        [panel(axis(say("epoch", "训练轮数")), axis(say("validation accuracy", "验证准确率"), domain=(0, 1)), lines)],
        [fact(name, found[key][1]) for key, name in SCHEMES.items()],
        say("The facts are test accuracies at the end.", "旁边的数是训练结束时的测试准确率。"),
    )


FIGURE = Figure(
    "init-race",
    say("The same deep network, from five initialisations", "同一个深层网络，五种初始化"),
    (
        slider("depth", say("hidden layers", "隐藏层数"), 10, 1, 20, 1),
        choice("activation", say("activation", "激活函数"), [(n, say(n, n)) for n in ("relu", "tanh")]),
        slider("rate", say("learning rate", "学习率"), 0.1, 0.001, 1.0, 0.001, log=True),
        slider("epochs", say("epochs", "训练轮数"), 20, 1, 30, 1),
        slider("seed", say("seed", "种子"), 0, 0, 9, 1),
    ),
    compute,
    seconds=12,
)
