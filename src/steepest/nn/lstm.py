"""Long short-term memory, its gradient by hand.

    [i f g o] = Wᵀ·[x_t; h_{t−1}] + b        W = [Wx; Wh]; i, f, o through σ, g through tanh
    c_t = f∘c_{t−1} + i∘g,   h_t = o∘tanh(c_t)
    dWᵀ = Σ_t dz_t·[x_t; h_{t−1}]ᵀ,   dh_{t−1} = Wh·dz_t

One dot a step forwards and two backwards, each with a state for its small operand, the one that a dot packs anew:
hence samples side by side, [n, B], where gates are slices too. dz_t is used while it is in the cache and kept only when
x wants a gradient; what it owes to the states is computed for all steps before the loop backwards. Gates in PyTorch's
order. h and c start at zero, the forget bias at 1 (Jozefowicz et al. 2015). Source: Hochreiter and Schmidhuber 1997,
Gers et al. 1999.
"""

from __future__ import annotations

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
from jax import Array, lax

from .initialisers import draw
from .time_steps import before

__all__ = ["Lstm", "lstm"]

Saved = tuple[Array, ...]
FORGET, CANDIDATE, OUTPUT = 1, 2, 3  # places among the four gates


def _places(dtype: jnp.dtype) -> tuple[Array, Array, Array]:
    """Of the four gates [4, 1, 1]: which it is, and k, m of its function k·tanh(k·z) + m; σ(z) = ½·tanh(z/2) + ½."""
    place = jnp.arange(4)[:, None, None]
    half = jnp.asarray(0.5, dtype)
    return place, jnp.where(place == CANDIDATE, 1, half), jnp.where(place == CANDIDATE, 0, half)


def _run(x: Array, W: Array, b: Array, H: int) -> tuple[Array, Array, Array]:
    """States h, c [T, H, B] and gates [T, 4, H, B]."""
    _, k, m = _places(x.dtype)
    bias = b.reshape(4, H, 1)

    def step(carry: tuple[Array, Array], x: Array) -> tuple[tuple[Array, Array], tuple[Array, Array, Array]]:
        h, c = carry
        z = W @ jnp.concatenate([x, h])
        gates = k * jnp.tanh(k * (z.reshape(4, H, -1) + bias)) + m
        i, f, g, o = gates
        c = f * c + i * g
        h = o * jnp.tanh(c)
        return (h, c), (h, c, gates)

    start = jnp.zeros((H, x.shape[2]), jnp.result_type(x, W))
    return lax.scan(step, (start, start), x)[1]


@jax.custom_vjp
def _lstm(x: Array, Wx: Array, b: Array, Wh: Array) -> Array:
    return _forward(x, Wx, b, Wh)[0]


def lstm(x: Array, Wx: Array, b: Array, Wh: Array) -> Array:
    """x [T, B, inputs], Wx [inputs, 4H], b [4H], Wh [H, 4H] -> h [T, B, H]."""
    return _lstm(x.swapaxes(1, 2), Wx, b, Wh).swapaxes(1, 2)


def _forward(x: Array, Wx: Array, b: Array, Wh: Array) -> tuple[Array, Saved]:
    h, c, gates = _run(x, jnp.concatenate([Wx, Wh]).T, b, len(Wh))
    return h, (x, Wx, Wh, h, c, gates)


def _backward(saved: Saved, dhs: Array) -> tuple[Array, Array, Array, Array]:
    x, Wx, Wh, h, c, gates = saved
    H, inputs = Wh.shape[0], x.shape[1]
    place, k, m = _places(h.dtype)
    t = jnp.tanh(c)
    to_c = gates[:, OUTPUT] * (1 - t * t)  # what dc gets of dh
    # all four gates in one loop over [T, 4, H, B], chosen by place: a concatenation would not vectorise
    beside = jnp.select(
        [place == p for p in range(OUTPUT)],
        [a[:, None] for a in (gates[:, CANDIDATE], before(c), gates[:, 0])],
        t[:, None],
    )
    factors = beside * (k * k - (gates - m) ** 2)  # a·(1 − a) of σ, 1 − a² of tanh

    def step(carry: Any, now: Any) -> tuple[Any, Array]:
        dh, dc, dW, db = carry
        dh_out, to_c, factor, f, x, h = now
        dh = dh + dh_out
        dc = dc + dh * to_c
        dz = jnp.where(place == OUTPUT, dh, dc) * factor
        dz = lax.optimization_barrier(dz).reshape(4 * H, -1)
        dW = dW + dz @ jnp.concatenate([x, h]).T
        return (Wh @ dz, dc * f, dW, db + dz.sum(1)), dz

    nothing = jnp.zeros_like(h[0])
    start = nothing, nothing, jnp.zeros((4 * H, inputs + H), h.dtype), jnp.zeros(4 * H, h.dtype)
    (_, _, dW, db), dz = lax.scan(step, start, (dhs, to_c, factors, gates[:, FORGET], x, before(h)), reverse=True)
    return jnp.einsum("ig,tgb->tib", Wx, dz), dW[:, :inputs].T, db, dW[:, inputs:].T


_lstm.defvjp(_forward, _backward)


class Lstm(eqx.Module):
    """`Lstm(key, inputs, units)`: Wx [inputs, 4·units] by scheme `init`, Wh [units, 4·units] orthogonal."""

    input_weight: Array
    state_weight: Array
    bias: Array

    def __init__(self, key: Array, inputs: int, units: int, *, init: str = "xavier") -> None:
        first, second = jax.random.split(key)
        self.input_weight = draw(init, first, (inputs, 4 * units))
        self.state_weight = draw("orthogonal", second, (units, 4 * units))
        self.bias = jnp.zeros(4 * units).at[units : 2 * units].set(1)

    def __call__(self, x: Array) -> Array:
        """x [B, T, inputs] -> h of every step [B, T, units]."""
        return lstm(x.swapaxes(0, 1), self.input_weight, self.bias, self.state_weight).swapaxes(0, 1)
