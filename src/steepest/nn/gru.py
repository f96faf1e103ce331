"""Gated recurrent unit, its gradient by hand.

    [u r] = σ(x_t·Wx + h_{t−1}·Wh + b)     update and reset gate
    n = tanh(x_t·Wn + (r∘h_{t−1})·Un + bn)
    h_t = u∘h_{t−1} + (1 − u)∘n

The reset gate acts before the product, as published; PyTorch's and Keras's default acts after it. Input products and
weight gradients are one dot each for all time steps. h starts at zero. Source: Cho et al. 2014.
"""

from __future__ import annotations

import equinox as eqx
import jax
import jax.numpy as jnp
from jax import Array, lax

from .initialisers import draw
from .time_steps import before

__all__ = ["Gru", "gru"]

Saved = tuple[Array, Array, Array]


def _run(z: Array, Wh: Array) -> tuple[Array, Array]:
    """States h [T, B, H] and u, r, n [T, B, 3H]."""
    H = Wh.shape[0]
    gates, candidate = Wh[:, : 2 * H], Wh[:, 2 * H :]

    def step(h: Array, z: Array) -> tuple[Array, tuple[Array, Array]]:
        ur = jax.nn.sigmoid(z[:, : 2 * H] + h @ gates)
        u, r = ur[:, :H], ur[:, H:]
        n = jnp.tanh(z[:, 2 * H :] + (r * h) @ candidate)
        h = u * h + (1 - u) * n
        return h, (h, jnp.concatenate([ur, n], axis=1))

    return lax.scan(step, jnp.zeros((z.shape[1], H), z.dtype), z)[1]


@jax.custom_vjp
def gru(z: Array, Wh: Array) -> Array:
    """z = x·Wx + b [T, B, 3H], Wh [H, 3H], both in the order u, r, n -> h [T, B, H]."""
    return _run(z, Wh)[0]


def _forward(z: Array, Wh: Array) -> tuple[Array, Saved]:
    h, gates = _run(z, Wh)
    return h, (h, gates, Wh)


def _backward(saved: Saved, dhs: Array) -> tuple[Array, Array]:
    h, gates, Wh = saved
    H = Wh.shape[0]
    to_gates, to_candidate = Wh[:, : 2 * H].T, Wh[:, 2 * H :].T
    earlier = before(h)

    def step(dh: Array, now: tuple[Array, Array, Array]) -> tuple[Array, Array]:
        dh_out, gate, h = now
        u, r, n = jnp.split(gate, 3, axis=1)
        dh = dh + dh_out
        dn = dh * (1 - u) * (1 - n * n)
        drh = dn @ to_candidate
        dur = jnp.concatenate([dh * (h - n) * u * (1 - u), drh * h * r * (1 - r)], axis=1)
        return dh * u + drh * r + dur @ to_gates, jnp.concatenate([dur, dn], axis=1)

    _, dz = lax.scan(step, jnp.zeros_like(h[0]), (dhs, gates, earlier), reverse=True)
    flat = dz.reshape(-1, 3 * H)
    reset = earlier * gates[:, :, H : 2 * H]
    dWh = [earlier.reshape(-1, H).T @ flat[:, : 2 * H], reset.reshape(-1, H).T @ flat[:, 2 * H :]]
    return dz, jnp.concatenate(dWh, axis=1)


gru.defvjp(_forward, _backward)


class Gru(eqx.Module):
    """`Gru(key, inputs, units)`: Wx [inputs, 3·units] by scheme `init`, Wh [units, 3·units] orthogonal, b zero."""

    input_weight: Array
    state_weight: Array
    bias: Array

    def __init__(self, key: Array, inputs: int, units: int, *, init: str = "xavier") -> None:
        first, second = jax.random.split(key)
        self.input_weight = draw(init, first, (inputs, 3 * units))
        self.state_weight = draw("orthogonal", second, (units, 3 * units))
        self.bias = jnp.zeros(3 * units)

    def __call__(self, x: Array) -> Array:
        """x [B, T, inputs] -> h of every step [B, T, units]."""
        z = x.swapaxes(0, 1) @ self.input_weight + self.bias
        return gru(z, self.state_weight).swapaxes(0, 1)
