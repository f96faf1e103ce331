"""Metrics of each sample, larger is better: 1 for a right answer, 0 for a wrong one."""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array

__all__ = ["accuracy", "binary_accuracy"]


def accuracy(logits: Array, labels: Array) -> Array:
    """Is the arg-max the label? logits [B, classes], labels int [B] -> float [B]."""
    return (jnp.argmax(logits, axis=-1) == labels).astype(logits.dtype)


def binary_accuracy(logits: Array, labels: Array) -> Array:
    """Is σ(logit) on the label's side of one half? logits [B] or [B, 1], labels 0 or 1 [B] -> float [B]."""
    z = logits.reshape(labels.shape)
    return ((z > 0) == (labels > 0.5)).astype(z.dtype)
