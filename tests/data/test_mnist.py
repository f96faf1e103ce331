from importlib.resources import files

import numpy as np
import pytest

from steepest.core.errors import BadFile
from steepest.data import mnist as module
from steepest.data.mnist import ARCHIVE, mnist, unpack


def test_sizes_types_and_class_counts():
    s = mnist()
    assert [len(p) for p in (s.train, s.validation, s.test)] == [55_000, 5_000, 10_000]
    assert s.train.x.shape[1:] == (28, 28)
    assert s.train.x.dtype == np.uint8
    assert s.train.y.dtype == np.int32
    both = np.concatenate([s.train.y, s.validation.y])
    # the counts that MNIST's authors publish for the training and the test set
    assert np.bincount(both).tolist() == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert np.bincount(s.test.y).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]


def test_it_is_opened_once_and_cannot_be_changed():
    assert mnist() is mnist()
    for part in (mnist().train, mnist().test):
        assert not part.x.flags.writeable
        assert not part.y.flags.writeable


def test_a_damaged_archive_is_refused():
    archive = (files("steepest.data") / "files" / ARCHIVE).read_bytes()
    with pytest.raises(BadFile, match="damaged"):
        unpack(archive[:100_000])
    with pytest.raises(BadFile, match="damaged"):
        unpack(b"not xz at all")


def test_other_digits_are_refused(monkeypatch):
    archive = (files("steepest.data") / "files" / ARCHIVE).read_bytes()
    size, _ = module.PARTS["train-images"]
    monkeypatch.setitem(module.PARTS, "train-images", (size, "0" * 64))
    with pytest.raises(BadFile, match="not the original"):
        unpack(archive)
