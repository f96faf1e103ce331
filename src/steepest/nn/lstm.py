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
from .time_steps import UNROLL, before

__all__ = ["Lstm", "lstm"]

Saved = tuple[Array, Array, Array, Array]


def _step(carry: tuple[Array, Array], z: Array, Wh: Array) -> tuple[tuple[Array, Array], tuple[Array, Array, Array]]:
    h, c = carry
    i, f, g, o = jnp.split(z + h @ Wh, 4, axis=1)
    i, f, g, o = jax.nn.sigmoid(i), jax.nn.sigmoid(f), jnp.tanh(g), jax.nn.sigmoid(o)
    c = f * c + i * g
    h = o * jnp.tanh(c)
    return (h, c), (h, c, jnp.concatenate([i, f, g, o], axis=1))


def _run(z: Array, Wh: Array) -> tuple[Array, Array, Array]:
    """States h, c [T, B, H] and gates [T, B, 4H]."""
    start = jnp.zeros((z.shape[1], Wh.shape[0]), z.dtype)
    return lax.scan(lambda carry, z: _step(carry, z, Wh), (start, start), z, unroll=UNROLL)[1]


@jax.custom_vjp
def lstm(z: Array, Wh: Array) -> Array:
    """z = x·Wx + b [T, B, 4H], Wh [H, 4H] -> h [T, B, H]."""
    return _run(z, Wh)[0]


def _forward(z: Array, Wh: Array) -> tuple[Array, Saved]:
    h, c, gates = _run(z, Wh)
    return h, (h, c, gates, Wh)


def _backward(saved: Saved, dhs: Array) -> tuple[Array, Array]:
    h, c, gates, Wh = saved
    back = Wh.T

    def step(carry: tuple[Array, Array], now: tuple[Array, ...]) -> tuple[tuple[Array, Array], Array]:
        dh, dc = carry
        dh_out, gate, c, c_before = now
        i, f, g, o = jnp.split(gate, 4, axis=1)
        dh = dh + dh_out
        t = jnp.tanh(c)
        dc = dc + dh * o * (1 - t * t)
        dz = jnp.concatenate(
            [dc * g * i * (1 - i), dc * c_before * f * (1 - f), dc * i * (1 - g * g), dh * t * o * (1 - o)], axis=1
        )
        return (dz @ back, dc * f), dz

    nothing = jnp.zeros_like(h[0])
    _, dz = lax.scan(step, (nothing, nothing), (dhs, gates, c, before(c)), reverse=True, unroll=UNROLL)
    H = Wh.shape[0]
    dWh = before(h).reshape(-1, H).T @ dz.reshape(-1, 4 * H)
    return dz, dWh


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
