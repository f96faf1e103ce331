"""Metrics of a split are scikit-learn's, to 1e-6: they are counts and sums of float32, at most 10 007 of them."""

import jax.numpy as jnp
import numpy as np
import pytest
from scipy.special import logsumexp, softmax
from sklearn import metrics as sk

import steepest
from steepest import BadValue, Metric, losses, metrics
from steepest.nn.metric import declared

SIZES = (2, 123, 10_007)


def close(ours, theirs):
    assert float(ours) == pytest.approx(theirs, rel=1e-6, abs=1e-6)


def classes(n, right=4, answers=4):
    draw = np.random.default_rng(n)
    return draw.normal(size=(n, answers)).astype(np.float32), draw.integers(0, right, n)


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("right", [3, 4])  # with 3, a class has no sample
def test_of_classes(n, right):
    z, y = classes(n, right)
    answers = z.argmax(1)
    average = {"average": "macro", "zero_division": 0.0}
    close(metrics.f1(z, y), sk.f1_score(y, answers, **average))
    close(metrics.precision(z, y), sk.precision_score(y, answers, **average))
    close(metrics.recall(z, y), sk.recall_score(y, answers, **average))
    seen = np.unique(y)  # scikit-learn warns where a class is answered that has no sample
    close(metrics.macro_accuracy(z, y), np.mean([np.mean(answers[y == c] == c) for c in seen]))


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("shape", [(-1,), (-1, 1)])
def test_of_two_classes_from_one_logit(n, shape):
    draw = np.random.default_rng(n)
    z, y = np.round(draw.normal(size=n), 1).astype(np.float32), np.arange(n) % 2  # rounded: many ties
    answers = z > 0
    outputs = z.reshape(shape)
    close(metrics.f1(outputs, y), sk.f1_score(y, answers, zero_division=0.0))
    close(metrics.precision(outputs, y), sk.precision_score(y, answers, zero_division=0.0))
    close(metrics.recall(outputs, y), sk.recall_score(y, answers, zero_division=0.0))
    close(metrics.macro_accuracy(outputs, y), sk.balanced_accuracy_score(y, answers))
    close(metrics.auc(outputs, y), sk.roc_auc_score(y, z))


@pytest.mark.parametrize("n", SIZES[1:])
def test_area_of_each_class_against_the_others(n):
    z, y = classes(n, 3, 3)
    close(metrics.auc(z, y), sk.roc_auc_score(y, softmax(z, 1), multi_class="ovr", average="macro"))


@pytest.mark.parametrize("n", SIZES[1:])
def test_area_of_a_network_so_sure_that_its_softmax_is_0_or_1(n):
    z, y = classes(n, 3, 3)
    z = 100 * z
    odds = np.stack([z[:, c] - logsumexp(np.delete(z.astype(float), c, 1), axis=1) for c in range(3)], 1)
    close(metrics.auc(z, y), np.mean([sk.roc_auc_score(y == c, odds[:, c]) for c in range(3)]))


def test_nothing_to_divide_by():
    nothing = np.zeros(5)
    for metric in (metrics.f1, metrics.precision, metrics.recall):
        assert metric(-np.ones(5, np.float32), nothing) == 0
    assert np.isnan(metrics.auc(np.ones(5, np.float32), nothing))


@pytest.mark.parametrize("n", SIZES)
def test_of_numbers(n):
    draw = np.random.default_rng(n)
    y = (150 + 77 * draw.normal(size=n)).astype(np.float32)
    outputs = (y + 30 * draw.normal(size=n).astype(np.float32)).astype(np.float32)
    column = outputs[:, None]
    close(metrics.rmse(column, y), sk.root_mean_squared_error(y, outputs))
    close(metrics.mae(column, y), sk.mean_absolute_error(y, outputs))
    close(metrics.r2(column, y), sk.r2_score(y, outputs))
    both, mixed = np.stack([y, outputs], 1), np.stack([outputs, outputs[::-1]], 1)
    close(metrics.r2(mixed, both), sk.r2_score(both, mixed))
    constant = np.ones((n, 1), np.float32)
    assert metrics.r2(constant, np.ones(n, np.float32)) == 1
    assert metrics.r2(2 * constant, np.ones(n, np.float32)) == 0
    bytes_ = np.clip(y, 0, 255).astype(np.uint8)
    close(metrics.r2(column, bytes_), sk.r2_score(bytes_, outputs))


def test_a_metric_is_what_it_says():
    perplexity = Metric(losses.softmax_cross_entropy, better="less", finish=jnp.exp)
    assert perplexity(jnp.zeros((3, 8)), jnp.array([0, 1, 2])) == pytest.approx(8)
    count = metrics.whole(lambda outputs, y: len(y), better="less")
    assert (count(np.zeros(4), np.zeros(4)), count.better, count.whole) == (4, "less", True)


def test_the_direction_is_declared_else_named():
    assert declared("score", Metric(lambda o, y: o, better="less")).better == "less"
    assert declared("error", Metric(lambda o, y: o, better="more")).better == "more"
    assert declared("distance", losses.squared_error).better == "less"
    assert declared("accuracy", metrics.accuracy).better == "more"
    assert declared("mse", lambda o, y: o).better == "less"
    assert declared("score", lambda o, y: o).better == "more"
    assert (metrics.rmse.better, metrics.mae.better, metrics.r2.better) == ("less", "less", "more")


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda: Metric(3), "function of"),
        (lambda: Metric(len, better="higher"), "'more' or 'less'"),
        (lambda: Metric(len, finish=2), "finish"),
        (lambda: Metric(len, finish=abs, whole=True), "finish"),
    ],
)
def test_a_metric_that_is_none(make, match):
    with pytest.raises(BadValue, match=match):
        make()


def test_it_is_public():
    assert steepest.Metric is Metric
