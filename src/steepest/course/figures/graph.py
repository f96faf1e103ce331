"""The computation graph of J = 3(a + bc): values forward, derivatives backward (chapter 1.2)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from ...view.chart import axis, bars, chart, fact, panel, say
from ..controls import slider
from ..figure import Figure

__all__ = ["FIGURE"]

NODES = ("a", "b", "c", "u", "v", "J")


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
    """Two panels of bars, one a node."""
    values, derivatives = _graph()(a, b, c)
    nodes = axis(say("node", "节点"), "point")
    return chart(
        [
            panel(nodes, axis(say("value", "值")), [bars(NODES, values, series=0)],
                  say("forward: the values", "前向：各节点的值")),
            panel(nodes, axis(say("dJ by the node", "J 对该节点的导数")), [bars(NODES, derivatives, series=1)],
                  say("backward: the derivatives", "反向：J 对各节点的导数")),
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
