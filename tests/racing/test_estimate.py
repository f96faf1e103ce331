"""What does not fit is refused before anything is allocated, in a unit that says something."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from steepest.core.errors import TooLarge
from steepest.racing.estimate import check_size


@pytest.mark.parametrize(
    ("free", "parameters", "said"),
    [
        (500, 10, "need about 1.2 KiB of disk, {} has 500 bytes"),  # 10 runs · 10 parameters · 12 bytes
        (3 << 20, 30_000, "need about 3.4 MiB of disk, {} has 3.0 MiB"),
        (2 << 30, 90_000_000, "need about 10.1 GiB of disk, {} has 2.0 GiB"),
        (0, 10**11, "need about 10.9 TiB of disk, {} has 0 bytes"),
    ],
)
def test_sizes(free: int, parameters: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    with pytest.raises(TooLarge) as raised:
        check_size(10, parameters, tmp_path / "new")
    assert said.format(tmp_path) in str(raised.value)


def test_what_fits_is_let_through(tmp_path: Path) -> None:
    check_size(10, 100, tmp_path)
