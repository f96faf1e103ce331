"""Long short-term memory, its gradient by hand.

    [i f g o] = x_t·Wx + h_{t−1}·Wh + b        i, f, o through σ, g through tanh
    c_t = f∘c_{t−1} + i∘g,   h_t = o∘tanh(c_t)

x·Wx + b is one dot for all time steps, and so is each weight's gradient (dWh = Σ_t h_{t−1}ᵀ·dz_t), which autodiff
would add up step by step inside the loop; the loop backwards computes dz_t and dh only. Gates in PyTorch's order. h and
c start at zero, the forget bias at 1 (Jozefowicz et al. 2015). Source: Hochreiter and Schmidhuber 1997, Gers et al.
1999.
"""

from __future__ import annotations

import equinox as eqx
import jax
import jax.numpy as jnp
from jax import Array, lax

from .initialisers import draw
from .time_steps import before

__all__ = ["Lstm", "lstm"]

Saved = tuple[Array, Array, Array, Array]
CANDIDATE, OUTPUT = 2, 3  # places among the four gates


def _places(dtype: jnp.dtype) -> tuple[Array, Array, Array]:
    """Of the four gates [4, 1]: which it is, and k, m of its function k·tanh(k·z) + m; σ(z) = ½·tanh(z/2) + ½."""
    place = jnp.arange(4)[:, None]
    half = jnp.asarray(0.5, dtype)
    return place, jnp.where(place == CANDIDATE, 1, half), jnp.where(place == CANDIDATE, 0, half)


def _run(z: Array, Wh: Array) -> tuple[Array, Array, Array]:
    """States h, c [T, B, H] and gates [T, B, 4, H]."""
    H = Wh.shape[0]
    _, k, m = _places(z.dtype)

    def step(carry: tuple[Array, Array], z: Array) -> tuple[tuple[Array, Array], tuple[Array, Array, Array]]:
        h, c = carry
        gates = k * jnp.tanh(k * (z + (h @ Wh).reshape(-1, 4, H))) + m
        i, f, g, o = (gates[:, place] for place in range(4))
        c = f * c + i * g
        h = o * jnp.tanh(c)
        return (h, c), (h, c, gates)

    start = jnp.zeros((z.shape[1], H), z.dtype)
    return lax.scan(step, (start, start), z.reshape(*z.shape[:2], 4, H))[1]


@jax.custom_vjp
def lstm(z: Array, Wh: Array) -> Array:
    """z = x·Wx + b [T, B, 4H], Wh [H, 4H] -> h [T, B, H]."""
    return _run(z, Wh)[0]


def _forward(z: Array, Wh: Array) -> tuple[Array, Saved]:
    h, c, gates = _run(z, Wh)
    return h, (h, c, gates, Wh)


def _backward(saved: Saved, dhs: Array) -> tuple[Array, Array]:
    h, c, gates, Wh = saved
    H, back = Wh.shape[0], Wh.T
    place, k, m = _places(h.dtype)

    def step(carry: tuple[Array, Array], now: tuple[Array, ...]) -> tuple[tuple[Array, Array], Array]:
        dh, dc = carry
        dh_out, gate, c, c_before = now
        i, f, g, o = (gate[:, p] for p in range(4))
        t = jnp.tanh(c)
        dh = dh + dh_out
        dc = dc + dh * o * (1 - t * t)
        # all four gates in one loop over [B, 4, H], chosen by place: a concatenation would not vectorise
        factors = jnp.select(
            [(place == p)[None] for p in range(OUTPUT)], [a[:, None] for a in (g, c_before, i)], t[:, None]
        )
        slope = k * k - (gate - m) ** 2  # a·(1 − a) of σ, 1 − a² of tanh
        dz = jnp.where(place == OUTPUT, dh[:, None], dc[:, None]) * factors * slope
        dz = lax.optimization_barrier(dz).reshape(-1, 4 * H)
        return (dz @ back, dc * f), dz

    nothing = jnp.zeros_like(h[0])
    _, dz = lax.scan(step, (nothing, nothing), (dhs, gates, c, before(c)), reverse=True)
    return dz, before(h).reshape(-1, H).T @ dz.reshape(-1, 4 * H)


lstm.defvjp(_forward, _backward)


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
        z = x.swapaxes(0, 1) @ self.input_weight + self.bias
        return lstm(z, self.state_weight).swapaxes(0, 1)
