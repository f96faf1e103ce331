"""A busy machine is told of, a quiet one is not."""

from __future__ import annotations

import os

import pytest

from benchmarks.quiet import settle


@pytest.mark.parametrize(("load", "warns"), [(0.1, False), (2.0, True)])
def test_warning(load, warns, monkeypatch, capsys):
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0))
    assert settle() == load
    assert ("noisy" in capsys.readouterr().err) is warns


def test_it_waits_for_quiet(monkeypatch, capsys):
    loads = iter([3.0, 0.2])
    monkeypatch.setattr(os, "getloadavg", lambda: (next(loads), 0.0, 0.0))
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    assert settle(wait_s=60) == 0.2
    assert not capsys.readouterr().err
