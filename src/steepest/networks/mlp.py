"""A multi-layer perceptron: dense layers, an activation after each but the last; the outputs are logits."""

from __future__ import annotations

from collections.abc import Sequence

import equinox as eqx
import jax
from jax import Array
from jax.typing import ArrayLike

from ..core.errors import BadValue
from ..nn.activations import activation as activation_called
from ..nn.dense import Dense
from ..nn.dropout import dropout

__all__ = ["Mlp", "mlp"]


class Mlp(eqx.Module):
    """Dense `layers`, with the activation called `activation` between them."""

    layers: tuple[Dense, ...]
    activation: str = eqx.field(static=True)

    def __call__(self, x: Array, *, key: Array | None = None, keep_prob: ArrayLike = 1.0) -> Array:
        """x [B, ...], flattened to [B, inputs] -> logits [B, outputs]; with a key, hidden layers drop out."""
        g = activation_called(self.activation)
        x = x.reshape(x.shape[0], -1)
        for depth, layer in enumerate(self.layers[:-1]):
            x = g(layer(x))
            if key is not None:
                x = dropout(x, keep_prob, jax.random.fold_in(key, depth))
        return self.layers[-1](x)


def mlp(key: Array, sizes: Sequence[int], *, activation: str = "relu", init: str = "he") -> Mlp:
    """An MLP of `sizes` (inputs, hidden …, outputs); two sizes make one neuron or a softmax layer.

    Raises `BadValue` for fewer than two sizes or a size below 1, `UnknownName` for the two names.
    """
    if len(sizes) < 2 or min(sizes) < 1:
        raise BadValue(f"an MLP needs its sizes from inputs to outputs, e.g. (784, 128, 10); got {tuple(sizes)}")
    activation_called(activation)
    keys = jax.random.split(key, len(sizes) - 1)
    pairs = zip(keys, sizes[:-1], sizes[1:], strict=True)
    return Mlp(tuple(Dense(k, n, m, init=init) for k, n, m in pairs), activation)
