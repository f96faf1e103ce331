"""LeNet-5 in its modern form: ReLU and max-pooling, all maps connected, softmax. 61 706 parameters.

    28×28×1 → conv 5×5 (padding 2) → 28×28×6 → pool → 14×14×6 → conv 5×5 → 10×10×16 → pool → 5×5×16 → 120 → 84 → 10

The original has trained average-pooling, scaled tanh, a partial connection table and radial basis outputs. Source:
LeCun, Bottou, Bengio and Haffner 1998.
"""

from __future__ import annotations

import equinox as eqx
import jax
from jax import Array
from jax.typing import ArrayLike

from ..nn.activations import activation as activation_called
from ..nn.convolution import Conv2d, planes
from ..nn.dense import Dense
from ..nn.dropout import dropout

__all__ = ["LeNet5", "lenet5"]


class LeNet5(eqx.Module):
    """Two stages of convolution and pooling, three dense layers, with the activation called `activation`."""

    stages: tuple[Conv2d, ...]
    layers: tuple[Dense, ...]
    activation: str = eqx.field(static=True)

    def __call__(self, x: Array, *, key: Array | None = None, keep_prob: ArrayLike = 1.0) -> Array:
        """x [B, 28, 28] -> logits [B, outputs]; with a key, the hidden dense layers drop out."""
        g = activation_called(self.activation)
        a = planes(x)
        for stage in self.stages:
            a = g(stage.pooled(a, 2))
        a = a.swapaxes(0, 1).reshape(-1, x.shape[0]).T  # channels first, as others flatten
        for depth, layer in enumerate(self.layers[:-1]):
            a = g(layer(a))
            if key is not None:
                a = dropout(a, keep_prob, jax.random.fold_in(key, depth))
        return self.layers[-1](a)


def lenet5(key: Array, *, outputs: int = 10, activation: str = "relu", init: str = "he") -> LeNet5:
    """LeNet-5 for pictures of 28×28; `activation` "tanh" is nearer to the original. Raises `UnknownName`."""
    activation_called(activation)
    first, second, *keys = jax.random.split(key, 5)
    stages = Conv2d(first, 1, 6, 5, padding="same", init=init), Conv2d(second, 6, 16, 5, init=init)
    widths = (400, 120, 84, outputs)
    layers = tuple(Dense(k, n, m, init=init) for k, n, m in zip(keys, widths[:-1], widths[1:], strict=True))
    return LeNet5(stages, layers, activation)
