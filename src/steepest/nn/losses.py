"""Losses of each sample, from logits: the engine takes their mean. Finite and exact at logits of ±10⁴.

softmax_cross_entropy   −log softmax(z)[y] = log Σⱼ exp(zⱼ − max z) − (z_y − max z)
sigmoid_cross_entropy   −y·log σ(z) − (1−y)·log(1 − σ(z)) = y·log(1 + e^−z) + (1−y)·log(1 + e^z)
squared_error           mean over a sample's outputs of (output − target)²
"""

from __future__ import annotations

import jax
import jax.numpy as jnp
from jax import Array, lax

__all__ = ["sigmoid_cross_entropy", "softmax_cross_entropy", "squared_error"]


def softmax_cross_entropy(logits: Array, labels: Array) -> Array:
    """logits [B, classes], labels int [B] -> losses [B]."""
    z = logits.T  # samples side by side in memory, as a CPU's vectors want them; classes are few
    shifted = z - lax.stop_gradient(jnp.max(z, axis=0))
    hit = labels == jnp.arange(len(z))[:, None]  # compared, not gathered: a scatter is slow to undo
    terms = jnp.log(jnp.sum(jnp.exp(shifted), axis=0)), jnp.sum(jnp.where(hit, shifted, 0), axis=0)
    log_sum, own = lax.optimization_barrier(terms)  # else XLA takes them into the mean, where a logarithm is slow
    return log_sum - own


def sigmoid_cross_entropy(logits: Array, labels: Array) -> Array:
    """logits [B] or [B, 1], labels in [0, 1] [B] -> losses [B]."""
    z = logits.reshape(labels.shape)
    y = labels.astype(z.dtype)
    return y * jax.nn.softplus(-z) + (1 - y) * jax.nn.softplus(z)


def squared_error(outputs: Array, targets: Array) -> Array:
    """outputs [B, ...] and targets of as many values -> losses [B]."""
    error = outputs.reshape(targets.shape) - targets
    return jnp.mean(error.reshape(error.shape[0], -1) ** 2, axis=-1)
