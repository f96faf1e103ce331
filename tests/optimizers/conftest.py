"""Float64 for the tests that ask for it, and the process's float32 again after them."""

from collections.abc import Iterator

import jax
import pytest


@pytest.fixture
def x64() -> Iterator[None]:
    with jax.enable_x64(True):
        yield
