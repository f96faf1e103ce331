import numpy as np
import pytest

from steepest.schedules import one_cycle


def test_it_starts_low_peaks_and_ends_near_nothing():
    schedule = one_cycle(1.0, epochs=10)
    np.testing.assert_allclose([schedule(0), schedule(3), schedule(10)], [0.04, 1, 4e-6], rtol=1e-3)


@pytest.mark.parametrize(("rise", "first"), [(0.0, 1.0), (1.0, 0.04)])
def test_no_rise_or_no_fall(rise, first):
    rates = np.array([one_cycle(1.0, epochs=10, rise=rise)(s) for s in range(11)])
    assert np.isfinite(rates).all()
    assert rates[0] == pytest.approx(first)
