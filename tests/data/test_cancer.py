import numpy as np

from steepest.data.cancer import cancer


def test_sizes_and_shares():
    s = cancer()
    parts = (s.train, s.validation, s.test)
    assert sum(len(p) for p in parts) == 569
    assert s.train.x.shape[1:] == (30,)
    shares = [np.mean(p.y) for p in parts]
    assert max(shares) - min(shares) < 0.01  # 357 of the 569 are benign in every split
