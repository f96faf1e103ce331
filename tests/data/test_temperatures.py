import numpy as np

from steepest.data.temperatures import temperatures


def test_two_whole_years_without_a_gap():
    t = temperatures()
    assert len(t) == 731
    assert (str(t.date[0]), str(t.date[-1])) == ("2016-01-01", "2017-12-31")
    assert (np.diff(t.date) == np.timedelta64(1, "D")).all()
    assert (t.low <= t.high).all()
    assert (t.low[0], t.average[0], t.high[0]) == (-7.22, -1.11, 5.0)
