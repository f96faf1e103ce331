"""Long short-term memory, its gradient by hand.

    [i f g o] = x_t·Wx + h_{t−1}·Wh + b        i, f, o through σ, g through tanh
    c_t = f∘c_{t−1} + i∘g,   h_t = o∘tanh(c_t)

x·Wx + b is one dot for all time steps, and so are the weights' gradients ([Σ x_tᵀ·dz_t; Σ h_{t−1}ᵀ·dz_t]), which
autodiff would add up step by step inside the loop. What dz_t owes to the states is computed for all steps before the
loop backwards, which is left with dh, dc and one dot. Gates in PyTorch's order. h and c start at zero, the forget bias
at 1 (Jozefowicz et al. 2015). Source: Hochreiter and Schmidhuber 1997, Gers et al. 1999.
"""

from __future__ import annotations

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
    """Of the four gates [4, 1]: which it is, and k, m of its function k·tanh(k·z) + m; σ(z) = ½·tanh(z/2) + ½."""
    place = jnp.arange(4)[:, None]
    half = jnp.asarray(0.5, dtype)
    return place, jnp.where(place == CANDIDATE, 1, half), jnp.where(place == CANDIDATE, 0, half)


def _run(x: Array, Wx: Array, b: Array, Wh: Array) -> tuple[Array, Array, Array]:
    """States h, c [T, B, H] and gates [T, B, 4, H]."""
    H = Wh.shape[0]
    _, k, m = _places(x.dtype)

    def step(carry: tuple[Array, Array], z: Array) -> tuple[tuple[Array, Array], tuple[Array, Array, Array]]:
        h, c = carry
        gates = k * jnp.tanh(k * (z + (h @ Wh).reshape(-1, 4, H))) + m
        i, f, g, o = (gates[:, place] for place in range(4))
        c = f * c + i * g
        h = o * jnp.tanh(c)
        return (h, c), (h, c, gates)

    z = _flat(x) @ Wx + b
    start = jnp.zeros((x.shape[1], H), z.dtype)
    return lax.scan(step, (start, start), z.reshape(*x.shape[:2], 4, H))[1]


def _flat(sequence: Array) -> Array:
    """[T, B, n] -> [T·B, n]."""
    return sequence.reshape(-1, sequence.shape[-1])


@jax.custom_vjp
def lstm(x: Array, Wx: Array, b: Array, Wh: Array) -> Array:
    """x [T, B, inputs], Wx [inputs, 4H], b [4H], Wh [H, 4H] -> h [T, B, H]."""
    return _run(x, Wx, b, Wh)[0]


def _forward(x: Array, Wx: Array, b: Array, Wh: Array) -> tuple[Array, Saved]:
    h, c, gates = _run(x, Wx, b, Wh)
    return h, (x, Wx, Wh, h, c, gates)


def _backward(saved: Saved, dhs: Array) -> tuple[Array, Array, Array, Array]:
    x, Wx, Wh, h, c, gates = saved
    H, back = Wh.shape[0], Wh.T
    place, k, m = _places(h.dtype)
    t = jnp.tanh(c)
    to_c = gates[:, :, OUTPUT] * (1 - t * t)  # what dc gets of dh
    # all four gates in one loop over [T, B, 4, H], chosen by place: a concatenation would not vectorise
    beside = jnp.select(
        [place == p for p in range(OUTPUT)],
        [a[:, :, None] for a in (gates[:, :, CANDIDATE], before(c), gates[:, :, 0])],
        t[:, :, None],
    )
    factors = beside * (k * k - (gates - m) ** 2)  # a·(1 − a) of σ, 1 − a² of tanh

    def step(carry: tuple[Array, Array], now: tuple[Array, ...]) -> tuple[tuple[Array, Array], Array]:
        dh, dc = carry
        dh_out, to_c, factor, f = now
        dh = dh + dh_out
        dc = dc + dh * to_c
        dz = jnp.where(place == OUTPUT, dh[:, None], dc[:, None]) * factor
        dz = lax.optimization_barrier(dz).reshape(-1, 4 * H)
        return (dz @ back, dc * f), dz

    nothing = jnp.zeros_like(h[0])
    _, dz = lax.scan(step, (nothing, nothing), (dhs, to_c, factors, gates[:, :, FORGET]), reverse=True)
    dz = _flat(dz)
    dW = _flat(jnp.concatenate([x, before(h)], axis=-1)).T @ dz
    inputs = x.shape[-1]
    return (dz @ Wx.T).reshape(x.shape), dW[:inputs], dz.sum(0), dW[inputs:]


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
        return lstm(x.swapaxes(0, 1), self.input_weight, self.bias, self.state_weight).swapaxes(0, 1)
