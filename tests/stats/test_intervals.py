import numpy as np
import pytest
from scipy import stats

from steepest.stats.intervals import bootstrap_interval, paired_p_value


def test_the_interval_agrees_with_scipys_percentile_bootstrap() -> None:
    x = np.random.default_rng(1).normal(size=20)
    theirs = stats.bootstrap((x,), np.mean, method="percentile", n_resamples=20_000, rng=0).confidence_interval
    assert bootstrap_interval(list(x)) == pytest.approx((theirs.low, theirs.high), abs=0.02)  # two random draws


def test_few_values() -> None:
    assert bootstrap_interval([1.0]) is None
    assert bootstrap_interval([2.0, 2.0]) == (2.0, 2.0)
    low, high = bootstrap_interval([0.1, 0.2, 0.4]) or (0, 0)
    assert 0.1 <= low < 0.7 / 3 < high < 0.4 + 1e-12


def test_the_paired_test_agrees_with_scipys() -> None:
    rng = np.random.default_rng(2)
    a, b = rng.normal(size=5), rng.normal(size=5)
    assert paired_p_value(list(a), list(b)) == pytest.approx(stats.ttest_rel(a, b).pvalue, rel=1e-12)
    assert paired_p_value([1, 2], [1, 2]) == 1.0
    assert paired_p_value([2, 3], [1, 2]) == 0.0
    assert paired_p_value([1], [2]) is None
