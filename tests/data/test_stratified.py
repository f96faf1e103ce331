import numpy as np
import pytest

from steepest.data.stratified import stratified


def test_every_sample_once_and_each_class_in_proportion():
    y = np.repeat([0, 1, 2], [100, 50, 10])
    splits = stratified(np.arange(160)[:, None], y, validation=0.2, test=0.3, seed=7)
    parts = (splits.train, splits.validation, splits.test)
    assert sorted(np.concatenate([p.x[:, 0] for p in parts]).tolist()) == list(range(160))
    assert [np.bincount(p.y).tolist() for p in parts] == [[50, 25, 5], [20, 10, 2], [30, 15, 3]]
    for p in parts:
        np.testing.assert_array_equal(y[p.x[:, 0]], p.y)


def test_the_seed_decides():
    x, y = np.arange(40)[:, None], np.tile([0, 1], 20)
    one, again, other = (stratified(x, y, seed=s).train.x for s in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize(("classes", "each", "share"), [(13, 10, 0.05), (2, 4, 0.1), (9, 5, 0.3), (20, 7, 0.08)])
def test_small_classes_come_to_their_share_of_the_whole(classes, each, share):
    y = np.repeat(np.arange(classes), each)
    splits = stratified(np.arange(len(y))[:, None], y, validation=share, test=share)
    assert len(splits.test) == pytest.approx(len(y) * share, abs=1.5)  # rounded, and one that is let pass
    assert len(splits.test) > 0
    assert len(splits.test) + len(splits.validation) == pytest.approx(2 * len(y) * share, abs=1.5)
    assert np.bincount(splits.test.y).max() <= np.ceil(each * share)
    rows = [part.x[:, 0] for part in (splits.train, splits.validation, splits.test)]
    assert sorted(np.concatenate(rows).tolist()) == list(range(len(y)))
