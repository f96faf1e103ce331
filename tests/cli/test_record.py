"""`steepest record`, on a recipe that takes a second."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from steepest.cli.record import command
from steepest.core.errors import UserError
from steepest.racing import record
from steepest.workloads.registry import WORKLOADS


def test_every_record_is_of_a_workload_that_aims_at_it() -> None:
    for one in record.RECORDS.values():
        assert WORKLOADS.load(one.workload).target.value == one.target


def test_seeds_are_run_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "RECORDS", {"digits-95": record.Record("digits-mlp", 0.95)})
    done = CliRunner().invoke(command, ["digits", "--seeds", "2"], catch_exceptions=False)
    assert done.exit_code == 0
    recipe, accuracy, training = done.stdout.splitlines()
    assert recipe == "digits-95: digits-mlp, adam, lr 0.005, batch_size 64, constant, 20 epochs"
    assert "(n=2): 95% reached" in accuracy
    assert training.startswith("  training ")
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["  seed 0", "  seed 1"]


@pytest.mark.parametrize("arguments", [["nothing"], ["mnist-98", "--seeds", "0"]])
def test_mistakes_are_one_line(arguments: list[str]) -> None:
    with pytest.raises(UserError) as told:
        CliRunner().invoke(command, arguments, catch_exceptions=False, standalone_mode=False)
    assert "\n" not in str(told.value)
