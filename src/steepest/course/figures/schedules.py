"""The learning-rate schedules, and what one of them does for a descent that never settles (chapter 2.2).

The descent is mini-batch descent on the weather regression. Its excess cost is averaged over the steps of an epoch,
since a single step, such as the one on the short last batch, says little; `reduce_on_plateau` listens to that average.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...engine.order import epoch_order
from ...view.chart import axis, chart, fact, line, panel, say
from ..controls import choice, slider
from ..figure import Figure
from ..weather import tomorrow

__all__ = ["FIGURE", "descend"]

BATCH, LONGEST, START = 8, 120, (-1.0, 1.5)
LEAST = 1e-5  # of the first rate: below it a rate is not drawn

NAMES = {
    "constant": say("constant", "恒定"),
    "inverse_time": say("α₀/(1 + decay_rate·epoch)", "α₀/(1 + decay_rate·epoch)"),
    "exponential": say("base^epoch·α₀", "base^epoch·α₀"),
    "step": say("÷ 10 at each third", "每过三分之一除以 10"),
    "cosine": say("cosine", "余弦"),
    "warmup": say("warm-up, then cosine", "预热后余弦"),
    "one_cycle": say("one cycle", "单周期"),
    "reduce_on_plateau": say("reduce on plateau", "平台期降低"),
}


@cache
def _rates() -> Callable[..., Any]:
    """The rates of each plain schedule [schedules, LONGEST]."""
    import jax
    import jax.numpy as jnp

    from ... import schedules

    @jax.jit
    def rates(numbers: dict[str, Any]) -> Any:
        a, n = numbers["rate"], numbers["epochs"]
        made = [
            schedules.constant(a),
            schedules.inverse_time(a, decay_rate=numbers["decay_rate"]),
            schedules.exponential(a, rate=numbers["base"]),
            schedules.step(a, factor=0.1, every=n / 3),
            schedules.cosine(a, epochs=n),
            schedules.warmup(schedules.cosine(a, epochs=n * 0.9), epochs=n * 0.1),
            schedules.one_cycle(a, epochs=n),
        ]
        return jnp.stack([jax.vmap(one)(jnp.arange(LONGEST, dtype=float)) for one in made])

    return rates


@cache
def _descent() -> Callable[..., Any]:
    """The rates that a descent used and its excess cost, each [LONGEST], with a factor for each plateau of the cost."""
    import jax
    import jax.numpy as jnp

    from ... import schedules

    @jax.jit
    def descent(rates: Any, hessians: Any, linears: Any, whole: Any, factor: Any, patience: Any) -> Any:
        plateau = schedules.reduce_on_plateau(factor=factor, patience=patience)

        def epoch(carry: Any, given: Any) -> Any:
            w, state = carry
            rate, hessian, linear = given
            used = rate * plateau.factor(state)

            def step(w: Any, batch: Any) -> Any:
                w = w - used * (batch[0] @ w - batch[1])
                return w, w

            w, path = jax.lax.scan(step, w, (hessian, linear))
            away = path - whole[1]
            excess = 0.5 * jnp.einsum("ti,ij,tj->t", away, whole[0], away).mean()
            return (w, plateau.update(state, excess + whole[2])), (used, excess)

        _, out = jax.lax.scan(epoch, (jnp.asarray(START), plateau.init()), (rates, hessians, linears))
        return out

    return descent


@cache
def _batches(seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Hessians [epochs, steps, 2, 2] and linear terms of the mini-batches of LONGEST epochs."""
    problem = tomorrow()
    moments = [problem.batches(epoch_order(seed, epoch, len(problem.y), BATCH)) for epoch in range(LONGEST)]
    return np.stack([m.hessian for m in moments]), np.stack([m.linear for m in moments])


def descend(name: str, seed: int, **numbers: float) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """The rates of every plain schedule [schedules, LONGEST]; the rates that `name` used; the excess cost it left."""
    problem = tomorrow()
    plain = np.asarray(_rates()({key: np.float32(value) for key, value in numbers.items()}))
    chosen = plain[list(NAMES).index(name)] if name != "reduce_on_plateau" else plain[0]
    whole = (problem.hessian, problem.best, problem.cost(problem.best))
    used, excess = _descent()(chosen, *_batches(seed), whole, 0.3 if name == "reduce_on_plateau" else 1.0, 3.0)
    return plain, np.asarray(used), np.asarray(excess)


def compute(schedule: str, rate: float, epochs: int, decay_rate: float, base: float, seed: int) -> dict[str, Any]:
    """Left every schedule, the chosen one strong; right the excess cost under it and under a constant rate."""
    numbers = {"rate": rate, "epochs": epochs, "decay_rate": decay_rate, "base": base}
    plain, used, excess = descend(schedule, seed, **numbers)
    _, adapted, _ = descend("reduce_on_plateau", seed, **numbers)
    _, _, steady = descend("constant", seed, **numbers)
    x = np.arange(epochs)
    every = dict(zip(NAMES, [*plain, adapted], strict=True))
    left = [
        line(x, np.where(values > LEAST * rate, values, np.nan)[:epochs], NAMES[name], i, faint=name != schedule)
        for i, (name, values) in enumerate(every.items())
    ]
    right = [line(x + 1, steady[:epochs], NAMES["constant"], 0, faint=True)]
    if schedule != "constant":
        right.append(line(x + 1, excess[:epochs], NAMES[schedule], list(NAMES).index(schedule)))
    last = slice(epochs - epochs // 5, epochs)
    return chart(
        [
            panel(
                axis(say("epoch", "轮次")),
                axis(say("learning rate α", "学习率 α"), "log"),
                left,
                say("the schedules", "各种策略"),
            ),
            panel(
                axis(say("epochs done", "已完成轮数")),
                axis(say("mean cost above the least", "平均高出最小值的代价"), "log"),
                right,
                say("mini-batch descent with it", "用该策略时的小批量下降"),
            ),
        ],
        [
            fact(say("last rate", "最后的学习率"), float(used[epochs - 1])),
            fact(say("mean excess over the last fifth", "最后五分之一的平均超额代价"), float(excess[last].mean())),
            fact(say("the same at a constant rate", "恒定学习率下的同一数值"), float(steady[last].mean())),
        ],
    )


FIGURE = Figure(
    "schedules",
    say("Learning-rate schedules, and what they buy", "学习率衰减策略及其收益"),
    (
        choice("schedule", say("schedule", "策略"), tuple(NAMES.items()), "inverse_time"),
        slider("rate", say("first rate α₀", "初始学习率 α₀"), 0.2, 0.01, 0.4, 0.01, log=True),
        slider("epochs", say("epochs", "轮数"), LONGEST, 10, LONGEST, 5),
        slider("decay_rate", say("decay_rate", "decay_rate"), 1.0, 0.0, 3.0, 0.05),
        slider("base", say("base of the exponential", "指数衰减的底 base"), 0.95, 0.7, 1.0, 0.01),
        slider("seed", say("seed", "随机种子"), 0, 0, 9, 1),
    ),
    compute,
)
