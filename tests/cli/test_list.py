"""`steepest list`: the names, and what is told of one."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from steepest.cli.about import about
from steepest.cli.list import KINDS, _names
from steepest.cli.main import main
from steepest.core.errors import Unavailable
from steepest.optimizers import OPTIMIZERS
from steepest.racing.entries import parse_entry
from steepest.racing.schedule import schedule_choice
from steepest.schedules.parsing import options
from steepest.schedules.registry import SCHEDULES
from steepest.workloads.registry import WORKLOADS

SLOW = [name for name in WORKLOADS if name.startswith("mnist")]  # they load all of MNIST


@pytest.mark.parametrize("kind", KINDS)
def test_every_name_is_told_of_with_a_command(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    for name in _names(kind):
        if name not in SLOW:
            assert main(["list", name]) == 0
            lines = capsys.readouterr().out.splitlines()
            assert len(lines) > 3
            assert all(len(line) <= 120 for line in lines)
            assert lines[-1].startswith("steepest race ")
            assert name in lines[-1]


def test_a_name_means_one_thing() -> None:
    names = [name for kind in KINDS for name in _names(kind)]
    assert len({*names, *KINDS}) == len(names) + len(KINDS)


def _table(text: str, heading: str) -> list[list[str]]:
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.split(maxsplit=1)[:1] == [heading])
    return [line.split() for line in lines[start : lines.index("", start)]]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_s_formula_keys_defaults_and_dialects(name: str) -> None:
    text = about("optimizers", name)
    dialects: Mapping[str, Mapping[str, object]] = OPTIMIZERS.module(name).DIALECTS
    assert text.startswith(OPTIMIZERS.module(name).__doc__.strip())
    (_, *columns), *rows = _table(text, "dialect")
    assert columns == list(dialects)
    told = {key: dict(zip(columns, cells, strict=True)) for key, *cells in rows}
    for dialect, defaults in dialects.items():
        entry = parse_entry(f"{name}:" + ",".join(f"{k}={told[k][dialect]}" for k in defaults) + f",dialect={dialect}")
        assert {k: v[0] for k, v in entry.axes.items()} | dict(entry.structure) == {**defaults, "dialect": dialect}
        assert all(told[key][dialect] == "-" for key in told if key not in defaults)
    parse_entry(text.splitlines()[-1].rpartition(" ")[2])


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_schedule_s_keys(name: str) -> None:
    text = about("schedules", name)
    assert text.startswith(SCHEDULES.module(name).__doc__.strip())
    rows = _table(text, "key")[1:] if options(name) else []
    assert [key for key, *_ in rows] == list(options(name))
    schedule_choice(text.splitlines()[-1].rpartition(" ")[2])


def test_a_workload_without_its_data(monkeypatch: pytest.MonkeyPatch) -> None:
    def data() -> None:
        raise Unavailable("fetch it first")

    module = WORKLOADS.module("digits-mlp")
    monkeypatch.setattr(module, "digits_mlp", replace(module.digits_mlp, data=data))
    assert "not here: fetch it first" in about("workloads", "digits-mlp")


@pytest.mark.parametrize(
    ("name", "told"),
    [("adma", "did you mean 'adam'?"), ("optimizer", "did you mean 'optimizers'?"), ("qqqq", "see steepest list")],
)
def test_an_unknown_name(name: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", name]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
