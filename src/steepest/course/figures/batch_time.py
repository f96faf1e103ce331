"""How long each batch size takes to reach a validation accuracy on the small digits, measured here (chapter 2.2).

Each size trains with six learning rates, and the one that is there first counts: a small batch wants a small rate.
"""

from __future__ import annotations

from typing import Any

from ...view.chart import axis, chart, dots, fact, line, panel, say
from ..controls import slider
from ..figure import Figure

__all__ = ["FIGURE", "first_there"]

EPOCHS = {1: 15, 8: 15, 64: 40, 512: 150, 1078: 600}  # enough for each to arrive; 1078 is the whole training split
RATES = "0.01,0.03,0.1,0.3,1,3"


def first_there(batch_size: int, target: float, seed: int) -> dict[str, float] | None:
    """Seconds, steps, epochs and rate of the run that first reached `target`; None when none did."""
    from ...racing.curves import recorded
    from ...racing.race import race

    raced = race("digits-mlp", "sgd", lr=RATES, batch_size=batch_size, seeds=[seed], epochs=EPOCHS[batch_size])
    curves = recorded(raced, ("validation_accuracy", "seconds"))
    found = []
    for run in raced.runs:
        seconds = dict(curves["seconds"].get(run.id, ()))
        steps = [step for step, value in curves["validation_accuracy"].get(run.id, ()) if value >= target]
        if steps:
            epochs = steps[0] / raced.spec.facts["steps_per_epoch"]
            rate = run.hyperparameters["learning_rate"]
            found.append({"seconds": seconds[steps[0]], "steps": steps[0], "epochs": epochs, "rate": rate})
    return min(found, key=lambda one: one["seconds"]) if found else None


def compute(target: float, seed: int) -> dict[str, Any]:
    """Seconds, and steps and epochs, against the batch size."""
    there = {size: found for size in EPOCHS if (found := first_there(size, target, seed))}
    sizes = list(there)

    def column(key: str) -> list[float]:
        return [found[key] for found in there.values()]

    size = axis(say("batch size", "批量大小"), "log")
    facts = [
        fact(
            say(f"batch {b}: seconds, at rate {f['rate']:g}", f"批量大小 {b}：秒（学习率 {f['rate']:g}）"), f["seconds"]
        )
        for b, f in there.items()
    ]
    return chart(
        [
            panel(
                size,
                axis(say("seconds to the target", "到达目标所需秒数"), "log"),
                [line(sizes, column("seconds"), series=0, faint=True), dots(sizes, column("seconds"), series=0)],
            ),
            panel(
                size,
                axis(say("steps, epochs to the target", "到达目标所需步数、轮数"), "log"),
                [
                    line(sizes, column("steps"), say("steps", "步数"), series=1),
                    line(sizes, column("epochs"), say("epochs", "轮数"), series=2),
                ],
            ),
        ],
        facts,
        say("One training run's share of this machine, compiling left out.", "单次训练在本机上分摊的时间，不含编译。"),
    )


FIGURE = Figure(
    "batch-time",
    say("Which batch size is fastest here", "在这台机器上哪种批量大小最快"),
    (
        slider("target", say("validation accuracy to reach", "要达到的验证准确率"), 0.94, 0.85, 0.96, 0.01),
        slider("seed", say("seed", "随机种子"), 0, 0, 9, 1),
    ),
    compute,
    seconds=8,
)
