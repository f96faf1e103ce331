import numpy as np

from steepest.data.flower import draw, flower


def test_the_petals_follow_the_rose():
    split = draw(2000, seed=0)
    radius = np.hypot(*split.x.T)
    assert 4 < radius.max() < 4 + 5 * 0.2  # 4 petals' length, noise σ = 0.2
    assert np.bincount(split.y).tolist() == [1000, 1000]
    np.testing.assert_array_equal(draw(50, seed=1).x, draw(50, seed=1).x)


def test_the_splits_are_different_draws():
    s = flower()
    assert [len(p) for p in (s.train, s.validation, s.test)] == [400, 400, 400]
    assert not np.array_equal(s.validation.x, s.test.x)
