"""Random directions on the scale of the network: each filter as long as the network's own.

A network does not change when one layer is scaled up and the next one down, so distances along plain random directions
mean nothing. Li et al. (2018) give each filter of the direction (the weights into one output of a layer) the length of
the same filter of the network, and leave biases alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["filter_normalised"]


def filter_normalised(parameters: Sequence[NDArray[Any]], seed: int = 0) -> NDArray[np.float64]:
    """Two directions [2, D] over the flattened, concatenated `parameters`, whose weights are [..., in, out].

    In a model without weights, only tensors of fewer than two axes, each whole tensor counts as one filter.
    """
    generator = np.random.Generator(np.random.Philox(seed))
    weights = any(p.ndim >= 2 for p in parameters)
    return np.stack([np.concatenate([_direction(p, generator, weights) for p in parameters]) for _ in range(2)])


def _direction(parameter: NDArray[Any], generator: np.random.Generator, weights: bool) -> NDArray[np.float64]:
    drawn = generator.standard_normal(parameter.shape)
    if weights and parameter.ndim < 2:
        return np.zeros(parameter.size)
    axes = tuple(range(parameter.ndim - 1)) if parameter.ndim >= 2 else None
    length = np.sqrt(np.sum(parameter.astype(np.float64) ** 2, axis=axes, keepdims=True))
    own = np.sqrt(np.sum(drawn**2, axis=axes, keepdims=True))
    return (drawn * length / own).ravel()
