from steepest.data.digits import digits


def test_sizes_and_range():
    s = digits()
    assert [len(p) for p in (s.train, s.validation, s.test)] == [1078, 360, 359]
    assert s.train.x.shape[1:] == (8, 8)
    assert (s.train.x.min(), s.train.x.max()) == (0, 16)
