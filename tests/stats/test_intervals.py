"""Against scipy's Student distribution, and by simulation: the interval covers what it says."""

import numpy as np
import pytest
from scipy import stats

from steepest.stats.intervals import interval, intervals


@pytest.mark.parametrize("n", [2, 3, 5, 10])
def test_it_is_students_with_a_standard_error_of_a_seed_and_a_quarter_fewer(n: int) -> None:
    x = np.random.default_rng(n).normal(size=n)
    theirs = stats.t.interval(0.95, n - 1, loc=x.mean(), scale=x.std(ddof=1) / np.sqrt(n - 1.25))
    assert interval(list(x)) == pytest.approx(theirs, rel=1e-12)


def test_few_values() -> None:
    assert interval([]) is None
    assert interval([1.0]) is None
    assert interval([2.0, 2.0]) == (2.0, 2.0)


DRAWS = {
    "normal": lambda r, size: (r.standard_normal(size), 0.0),
    "student, 3 degrees": lambda r, size: (r.standard_t(3, size), 0.0),
    "laplace": lambda r, size: (r.laplace(size=size), 0.0),
    "exponential": lambda r, size: (r.exponential(size=size), 1.0),
    "log-normal, 0.5": lambda r, size: (r.lognormal(0, 0.5, size), np.exp(0.125)),
}


@pytest.mark.parametrize("n", [3, 5, 10])
@pytest.mark.parametrize("name", DRAWS)
def test_it_covers_the_mean(name: str, n: int) -> None:
    """20 000 draws: the share is known to 0.002, so a true 0.90 would fall below 0.895 once in ten thousand times."""
    values, mean = DRAWS[name](np.random.default_rng(n), (20_000, n))
    low, high = intervals(values)
    covered = np.mean((low <= mean) & (mean <= high))
    assert covered >= (0.93 if mean == 0 else 0.895)
    assert covered <= 0.985  # nor is it merely wide
