"""Metrics: of each sample (the engine takes the mean), of a whole split, and `whole`, which makes one of your own.

accuracy, binary_accuracy   1 for a right answer, 0 for a wrong one
mae, rmse                   mean |output − target|; √ of the mean of all (output − target)²
f1, precision, recall       of class 1, from logits [N] or [N, 1]; of logits [N, classes] the mean over the classes that
                            occur among labels or answers. 0 where there is nothing to divide by
macro_accuracy              recall, averaged over the classes that occur among the labels
auc                         area under the ROC curve, ties count half; of [N, classes] each class's against the others,
                            averaged. NaN where a class does not occur
r2                          1 − Σ(output − target)² / Σ(target − mean)², averaged over outputs

They are scikit-learn's: `average="macro"`, `balanced_accuracy_score`, `multi_class="ovr"`, `uniform_average`.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp
from jax import Array, lax

from .losses import squared_error
from .metric import Metric, whole

__all__ = [
    "accuracy",
    "auc",
    "binary_accuracy",
    "f1",
    "macro_accuracy",
    "mae",
    "precision",
    "r2",
    "recall",
    "rmse",
    "whole",
]


def accuracy(logits: Array, labels: Array) -> Array:
    """Is the arg-max the label? logits [B, classes], labels int [B] -> float [B]."""
    return (jnp.argmax(logits, axis=-1) == labels).astype(logits.dtype)


def binary_accuracy(logits: Array, labels: Array) -> Array:
    """Is σ(logit) on the label's side of one half? logits [B] or [B, 1], labels 0 or 1 [B] -> float [B]."""
    z = logits.reshape(labels.shape)
    return ((z > 0) == (labels > 0.5)).astype(z.dtype)


def _absolute_error(outputs: Array, targets: Array) -> Array:
    error = jnp.abs(outputs.reshape(targets.shape) - targets)
    return jnp.mean(error.reshape(error.shape[0], -1), axis=-1)


def _binary(logits: Array) -> bool:
    return logits.ndim == 1 or logits.shape[-1] == 1


def _answers(logits: Array, labels: Array) -> tuple[Array, Array]:
    """Which class was answered, and which is right: [N, classes], or [N, 1] for class 1 alone."""
    if _binary(logits):
        return logits.reshape(-1, 1) > 0, labels.reshape(-1, 1) > 0.5
    classes = jnp.arange(logits.shape[-1])
    return jnp.argmax(logits, axis=-1)[:, None] == classes, labels.reshape(-1, 1) == classes


def _ratio(part: Array, of: Array) -> Array:
    return jnp.where(of > 0, part / jnp.where(of > 0, of, 1), 0)


def _counts(answered: Array, right: Array) -> tuple[Array, Array, Array]:
    """Of each class: samples that are both, that were answered, that are right."""
    both, of_answered, of_right = (jnp.sum(hits, 0, dtype=float) for hits in (answered & right, answered, right))
    return both, of_answered, of_right


def _macro(values: Array, counts: tuple[Array, Array, Array]) -> Array:
    seen = counts[1] + counts[2] > 0
    return _ratio(jnp.sum(values * seen), jnp.sum(seen))


def _precision(logits: Array, labels: Array) -> Array:
    counts = _counts(*_answers(logits, labels))
    return _macro(_ratio(counts[0], counts[1]), counts)


def _recall(logits: Array, labels: Array) -> Array:
    counts = _counts(*_answers(logits, labels))
    return _macro(_ratio(counts[0], counts[2]), counts)


def _f1(logits: Array, labels: Array) -> Array:
    counts = _counts(*_answers(logits, labels))
    return _macro(_ratio(2 * counts[0], counts[1] + counts[2]), counts)


def _macro_accuracy(logits: Array, labels: Array) -> Array:
    answered, right = _answers(logits, labels)
    if _binary(logits):
        answered, right = (jnp.concatenate([~hits, hits], -1) for hits in (answered, right))
    both, _, of_right = _counts(answered, right)
    return _ratio(jnp.sum(_ratio(both, of_right)), jnp.sum(of_right > 0))


def _area(scores: Array, positive: Array) -> Array:
    """The share of pairs (positive, negative) whose positive has the higher score, ties half: [N], bool [N] -> []."""
    order = jnp.argsort(scores)
    score, negative = scores[order], ~positive[order]
    differs = score[1:] != score[:-1]
    first, last = (jnp.concatenate(parts) for parts in ((jnp.array([True]), differs), (differs, jnp.array([True]))))
    upto = jnp.cumsum(negative)  # negatives so far
    below = lax.cummax(jnp.where(first, upto - negative, 0))  # before those of the same score, and with them
    beside = lax.cummin(jnp.where(last, upto, len(scores)), reverse=True)
    positives = jnp.sum(positive)
    won = (below + beside) / (2 * (len(scores) - positives))
    return jnp.sum(jnp.where(negative, 0, won)) / positives


def _log_odds(logits: Array) -> Array:
    """log p − log(1 − p) of each class: the order of the softmax's p, and still one where p rounds to 0 or 1.

    Equal logits come out equal, which XLA's softmax does not promise: ties stay ties.
    """
    own = jnp.eye(logits.shape[-1], dtype=bool)
    return logits - jax.nn.logsumexp(jnp.where(own, -jnp.inf, logits[:, None]), axis=-1)


def _auc(logits: Array, labels: Array) -> Array:
    if _binary(logits):
        return _area(logits.reshape(-1), labels.reshape(-1) > 0.5)
    right = labels.reshape(-1, 1) == jnp.arange(logits.shape[-1])
    return jnp.mean(jax.vmap(_area, (1, 1))(_log_odds(logits), right))


def _r2(outputs: Array, targets: Array) -> Array:
    y = targets.reshape(len(targets), -1).astype(float)  # unsigned bytes would wrap round
    left = jnp.sum((outputs.reshape(y.shape) - y) ** 2, 0)
    shifted = y - y[0]  # exactly zero where targets do not vary
    spread = jnp.sum((shifted - jnp.mean(shifted, 0)) ** 2, 0)
    constant = jnp.where(left == 0, 1.0, 0.0)  # as scikit-learn has it
    return jnp.mean(jnp.where(spread > 0, 1 - left / jnp.where(spread > 0, spread, 1), constant))


auc = whole(_auc)
f1 = whole(_f1)
macro_accuracy = whole(_macro_accuracy)
mae = Metric(_absolute_error, "less")
precision = whole(_precision)
r2 = whole(_r2)
recall = whole(_recall)
rmse = Metric(squared_error, "less", finish=jnp.sqrt)
