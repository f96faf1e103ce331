"""Against scipy where a closed form exists, and by simulation: level and power of the comparison with the best."""

import numpy as np
import pytest
from scipy import stats

from steepest.stats.comparison import FLOOR, critical, differences, noise, study


def whole(entries: int, seeds: int) -> np.ndarray:
    return np.ones((entries, seeds), bool)


def told_apart(tables: np.ndarray) -> np.ndarray:
    """[r, entries]: what `differences` calls p ≤ 5 %, many tables at once; it is asked of twenty."""
    known = whole(*tables.shape[1:])
    _, lag, error = study(tables, known)
    told = lag / error > critical(known)
    for table, here in zip(tables[:20], told, strict=False):
        np.testing.assert_array_equal(here, differences(table).p <= 0.05)
    return told


@pytest.mark.parametrize("n", [3, 5, 10])
def test_of_two_entries_it_is_students_paired_test(n: int) -> None:
    """p is a share of 20 000 tables: its standard error is at most 0.0035, of which we allow four."""
    draw = np.random.default_rng(n)
    for shift in (0.2, 1.0, 2.0):
        a, b = draw.normal(size=(2, n)) + np.array([[shift], [0.0]])
        found = differences(np.array([a, b]))
        theirs = stats.ttest_rel(a, b)
        other = 1 - found.leader
        assert found.p[other] == pytest.approx(theirs.pvalue, abs=0.014)
        ends = theirs.confidence_interval(0.95)
        half = (ends.high - ends.low) / 2  # the critical value's own error: 3 % at two degrees of freedom
        assert (found.high[other] - found.low[other]) / 2 == pytest.approx(half, rel=0.06)
        assert found.mean[other] == pytest.approx(-abs(a.mean() - b.mean()))


def test_of_many_seeds_it_is_tukeys_range() -> None:
    """With 300 seeds every spread is known to 8 %: nearly all count as FLOOR medians, which the critical value repays.
    The median over three entries takes a part of each spread: what is left of it is 1 - 2/3 + 0.4487, the median's
    variance (David and Nagaraja 2003). 4 % is for the spreads' errors and the critical value's own.
    """
    entries = 3
    theirs = stats.studentized_range.ppf(0.95, entries, np.inf) / np.sqrt(2)
    left = np.sqrt(FLOOR * (1 - 2 / entries + 0.4487))
    assert critical(whole(entries, 300)) * left == pytest.approx(theirs, rel=0.04)


@pytest.mark.parametrize("entries", [2, 4, 8, 15])
@pytest.mark.parametrize("n", [3, 5])
def test_equal_entries_are_told_apart_in_one_table_of_twenty(entries: int, n: int) -> None:
    """4 000 tables: the share is known to 0.0035, the critical value adds 0.0015; 0.06 is 2.6 of both above 5 %."""
    draw = np.random.default_rng(100 * n + entries)
    seeds = 3 * draw.standard_normal((4_000, 1, n))  # what all entries share changes nothing
    normal = told_apart(seeds + draw.standard_normal((4_000, entries, n))).any(1).mean()
    heavy = told_apart(seeds + draw.standard_t(3, (4_000, entries, n))).any(1).mean()
    assert 0.04 < normal < 0.06
    assert heavy < 0.06


def test_a_leader_four_deviations_ahead_over_five_seeds_is_told_apart() -> None:
    draw = np.random.default_rng(0)
    for entries in (2, 4, 8, 15):
        tables = draw.standard_normal((2_000, entries, 5))
        tables[:, 0] += 4
        assert told_apart(tables)[:, 1:].mean() > 0.9


def test_one_wild_entry_neither_hides_a_difference_nor_makes_one() -> None:
    draw = np.random.default_rng(1)
    tables = draw.standard_normal((2_000, 6, 5))
    tables[:, -1] *= 10
    assert told_apart(tables).any(1).mean() < 0.08
    tables[:, 0] += 4
    tables[:, -1] -= 40
    assert told_apart(tables)[:, 1:-1].mean() > 0.9


def test_intervals_hold_together_and_agree_with_p() -> None:
    """800 tables: the share of tables with an interval that misses is known to 0.008."""
    draw = np.random.default_rng(2)
    truth = np.array([0.0, 0.2, 1.0, 1.5, 1.5])
    missed = 0
    for _ in range(800):
        found = differences(truth[:, None] + draw.standard_normal((5, 4)))
        true = truth - truth[found.leader]
        missed += bool(((found.low > true) | (found.high < true)).any())
        others = np.arange(5) != found.leader
        np.testing.assert_array_equal(found.p[others] <= 0.05, found.high[others] < 0)
    assert missed / 800 < 0.07


def test_a_lost_seed_is_compared_over_the_seeds_in_common() -> None:
    table = np.array([[0.9, 0.8, 0.7, 0.6], [0.5, np.nan, 0.31, 0.2], [0.45, 0.4, 0.29, np.nan]])
    found = differences(table)
    assert found.leader == 0
    assert found.mean[1] == pytest.approx((0.5 + 0.31 + 0.2 - 0.9 - 0.7 - 0.6) / 3)
    assert (found.p[1:] < 0.05).all()
    less = differences(-table, higher=False)
    assert less.mean[1] == pytest.approx(-found.mean[1])
    assert less.low[1] == pytest.approx(-found.high[1])
    np.testing.assert_array_equal(less.p, found.p)


def test_gaps_keep_the_level() -> None:
    """4 000 tables in which seeds, ten times as strong as the noise, must not leak into entries that lack one."""
    draw = np.random.default_rng(3)
    known = whole(4, 4)
    known[1, 0] = known[2, 3] = False
    tables = 10 * draw.standard_normal((4_000, 1, 4)) + draw.standard_normal((4_000, 4, 4))
    _, lag, error = study(tables, known)
    assert (lag / error > critical(known)).any(1).mean() < 0.06


def test_too_little_to_tell() -> None:
    nan = np.nan
    assert np.isnan(differences(np.array([[1.0], [2.0]])).p).all()
    assert np.isnan(differences(np.array([[1.0, 2.0]])).p).all()
    one = differences(np.array([[1.0, 1.1, 1.2], [9.9, nan, nan], [nan, nan, nan], [0.5, 0.6, 0.71]]))
    assert one.leader == 0
    assert np.isnan(one.p[:3]).all()
    assert one.p[3] < 0.05
    apart = differences(np.array([[1.0, 1.1, nan, nan], [nan, nan, 0.9, 0.8]]))
    assert np.isnan(apart.p).all()


def test_without_noise_a_difference_is_a_difference() -> None:
    found = differences(np.array([[2.0, 2.0, 2.0], [1.0, 1.0, 1.0], [2.0, 2.0, 2.0]]))
    assert found.p[1] < 0.001
    assert (found.low[1], found.high[1]) == (-1.0, -1.0)
    assert found.p[2] == 1.0


def test_rounding_is_no_difference() -> None:
    found = differences(np.array([[0.1 + 0.2] * 3, [0.3] * 3, np.full(3, np.float32(0.3)), [0.2999] * 3]))
    assert found.p[~np.isnan(found.p)].tolist()[:2] == [1.0, 1.0]
    assert found.p[3] < 0.001


def test_of_equal_means_the_first_leads_whatever_their_sums_round_to() -> None:
    table = np.array([[0.67, 0.65, 0.62, 0.38], [0.67, 0.38, 0.65, 0.62], [0.0, 0.1, 0.2, 0.1]])
    assert table[1].sum() > table[0].sum()  # by a rounding
    ahead = table + np.array([[1e-9], [0.0], [0.0]])
    found, clear = differences(table), differences(ahead)
    assert found.leader == clear.leader == 0
    np.testing.assert_allclose([found.low, found.high], [clear.low, clear.high], atol=1e-8)


def test_entries_of_unequal_numbers_of_results_keep_the_level() -> None:
    """2 000 tables of six equal entries, two of which have one or two results: the share is known to 0.005."""
    draw, told = np.random.default_rng(4), 0
    for table in draw.standard_normal((2_000, 6, 4)):
        table[4, 1:] = table[5, 2:] = np.nan
        told += bool((differences(table).p <= 0.05).any())
    assert 0.035 < told / 2_000 < 0.065


def test_noise_is_the_same_at_every_call() -> None:
    before = noise(whole(3, 3)).copy()
    noise.__globals__["_noise"].cache_clear()
    np.testing.assert_array_equal(noise(whole(3, 3)), before)
