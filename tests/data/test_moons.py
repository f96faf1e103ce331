import numpy as np

from steepest.data.moons import draw, moons


def test_sizes_and_determinism():
    s = moons()
    assert [len(p) for p in (s.train, s.validation, s.test)] == [300, 300, 300]
    np.testing.assert_array_equal(draw(10, 1).x, draw(10, 1).x)
    assert not np.array_equal(s.train.x, s.test.x)


def test_the_moons_are_where_they_should_be():
    # centres of mass of the half circles: (0, 2/π) and (1, 1/2 − 2/π); standard error of 5 000 draws < 0.02
    split = draw(10_000, 0)
    np.testing.assert_allclose(split.x[split.y == 0].mean(0), (0, 2 / np.pi), atol=0.03)
    np.testing.assert_allclose(split.x[split.y == 1].mean(0), (1, 0.5 - 2 / np.pi), atol=0.03)
