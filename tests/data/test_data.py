import subprocess
import sys

import numpy as np
import pytest

from steepest.core.errors import UnknownName
from steepest.data import DATASETS, load
from steepest.data.splits import Splits


@pytest.mark.parametrize("name", DATASETS)
def test_contract_of_a_data_set(name):
    splits = load(name)
    assert isinstance(splits, Splits)
    assert load(name) is splits
    for part in (splits.train, splits.validation, splits.test):
        assert part.x.dtype in (np.uint8, np.float32)
        assert part.x.shape[1:] == splits.train.x.shape[1:]
        assert part.y.dtype == np.int32
        assert np.isfinite(part.x).all()
        assert set(np.unique(part.y)) == set(np.unique(splits.train.y))


def test_an_unknown_name_gets_a_suggestion():
    with pytest.raises(UnknownName, match="did you mean 'mnist'"):
        load("mnits")


def test_data_needs_no_jax():
    code = "import sys, steepest.data, steepest.data.images, steepest.data.scaling\n" + "".join(
        f"steepest.data.load({name!r})\n" for name in ("digits", "moons", "flower")
    )
    code += "sys.exit('jax' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
