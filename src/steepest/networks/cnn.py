"""A small convolutional network: convolution, max-pooling by 2 and ReLU per stage, then one dense layer to the logits.

The default, 3×3 filters in stages of 32 and 64, is the one of Keras's MNIST example; with a key, what enters the dense
layer drops out.
"""

from __future__ import annotations

from collections.abc import Sequence

import equinox as eqx
import jax
from jax import Array
from jax.typing import ArrayLike

from ..core.errors import BadValue
from ..nn.convolution import Conv2d, planes
from ..nn.dense import Dense
from ..nn.dropout import dropout

__all__ = ["Cnn", "cnn"]

POOL = 2


class Cnn(eqx.Module):
    """Stages of convolution, pooling and ReLU, and a dense `head`."""

    stages: tuple[Conv2d, ...]
    head: Dense

    def __call__(self, x: Array, *, key: Array | None = None, keep_prob: ArrayLike = 1.0) -> Array:
        """x [B, H, W] or [B, H, W, C] -> logits [B, outputs]."""
        a = planes(x)
        for stage in self.stages:
            a = jax.nn.relu(stage.pooled(a, POOL))
        a = a.swapaxes(0, 1).reshape(-1, x.shape[0]).T  # channels first, as others flatten
        if key is not None:
            a = dropout(a, keep_prob, key)
        return self.head(a)


def cnn(
    key: Array,
    *,
    filters: Sequence[int] = (32, 64),
    size: int = 3,
    picture: tuple[int, int, int] = (28, 28, 1),
    outputs: int = 10,
    init: str = "he",
) -> Cnn:
    """A CNN for pictures of `picture` (height, width, channels), with `filters` of size×size in each stage.

    Raises `BadValue` when there is no stage or a stage has no picture left, `UnknownName` for `init`.
    """
    height, width, channels = picture
    sides = [(height, width)]
    for _ in filters:
        sides.append(((sides[-1][0] - size + 1) // POOL, (sides[-1][1] - size + 1) // POOL))
    if not filters or min(sides[-1]) < 1:
        raise BadValue(f"filters of {size}×{size} in {len(filters)} stages do not fit pictures of {height}×{width}")
    *keys, last = jax.random.split(key, len(filters) + 1)
    depths = (channels, *filters)
    stages = tuple(Conv2d(k, n, m, size, init=init) for k, n, m in zip(keys, depths[:-1], depths[1:], strict=True))
    features = sides[-1][0] * sides[-1][1] * depths[-1]
    return Cnn(stages, Dense(last, features, outputs, init=init))
