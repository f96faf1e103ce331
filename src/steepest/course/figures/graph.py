"""The computation graph of J = 3(a + bc): values forward, derivatives backward (chapter 1.2)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from ...view.chart import axis, chart, fact, labels, line, panel, say
from ..controls import slider
from ..figure import Figure

__all__ = ["FIGURE"]

NODES = ("a", "b", "c", "u", "v", "J")
X, Y = np.array([0, 0, 0, 1, 2, 3.0]), np.array([2, 1, 0, 0.5, 1.25, 1.25])
EDGES = np.array([(0, 4), (1, 3), (2, 3), (3, 4), (4, 5)])  # from, to


@cache
def _graph() -> Callable[..., Any]:
    """(a, b, c) -> the value of every node, and dJ by every node."""
    import jax
    import jax.numpy as jnp

    @jax.jit
    def graph(a: Any, b: Any, c: Any) -> Any:
        u, from_u = jax.vjp(lambda b, c: b * c, b, c)
        v, from_v = jax.vjp(lambda a, u: a + u, a, u)
        J, from_J = jax.vjp(lambda v: 3 * v, v)
        dJ = jnp.ones_like(J)
        (dv,) = from_J(dJ)
        da, du = from_v(dv)
        db, dc = from_u(du)
        return jnp.stack([a, b, c, u, v, J]), jnp.stack([da, db, dc, du, dv, dJ])

    return graph


def compute(a: float, b: float, c: float) -> dict[str, Any]:
    """The graph as a drawing: the value above each node, the derivative below it, the local factor on each edge."""
    values, derivatives = _graph()(a, b, c)
    tails, heads = EDGES.T
    sides = np.stack([X[tails], X[heads], X[heads]], 1).ravel(), np.stack([Y[tails], Y[heads], 0 * tails], 1)
    sides[1][:, 2] = np.nan  # the line breaks between two edges
    return chart(
        [
            panel(
                axis(say("forward", "前向"), domain=(-0.4, 3.4)),
                axis(say("branch", "分支"), domain=(-0.4, 2.4)),
                [
                    line(sides[0], sides[1].ravel(), None, 2, faint=True),
                    labels((X[tails] + X[heads]) / 2, (Y[tails] + Y[heads]) / 2,
                           [f"× {factor:g}" for factor in (1, c, b, 1, 3)], say("local factor", "局部倍数"), 2),
                    labels(X, Y + 0.14, [f"{n} = {v:g}" for n, v in zip(NODES, values, strict=True)],
                           say("value, forward", "值（前向）"), 0),
                    labels(X, Y - 0.14, [f"dJ/d{n} = {d:g}" for n, d in zip(NODES, derivatives, strict=True)],
                           say("derivative, backward", "导数（反向）"), 1),
                ],
            )
        ],
        [
            fact(say("u = bc", "u = bc"), float(values[3])),
            fact(say("v = a + u", "v = a + u"), float(values[4])),
            fact(say("J = 3v", "J = 3v"), float(values[5])),
            *(fact(say(f"dJ/d{n}", f"dJ/d{n}"), float(derivatives[i])) for i, n in enumerate("abc")),
        ],
        say("dJ/da is 3 wherever the sliders stand; dJ/db is 3c, so it moves with c and not with b.",
            "无论滑块在哪里，dJ/da 都是 3；dJ/db 是 3c，所以它随 c 变，不随 b 变。"),
    )  # fmt: skip


FIGURE = Figure(
    "graph",
    say("The computation graph of J = 3(a + bc)", "J = 3(a + bc) 的计算图"),
    tuple(slider(n, say(n, n), d, -10.0, 10.0, 0.5) for n, d in (("a", 5.0), ("b", 3.0), ("c", 2.0))),
    compute,
)
