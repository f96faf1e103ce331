"""What `steepest train` says at its end is true, and `predict` reads tables."""

import json
from pathlib import Path

import numpy as np
import pytest

import steepest
from steepest.cli.main import main

FILE = """
from functools import partial
import numpy as np
from sklearn.datasets import load_diabetes, load_wine
import steepest

x, y = load_wine(return_X_y=True)
named = steepest.Workload(
    id="named",
    network=partial(steepest.mlp, sizes=(13, 8, 3)),
    data=lambda: steepest.split(x, np.array(["barolo", "grignolino", "barbera"])[y]),
    loss=steepest.losses.softmax_cross_entropy,
    metrics={"accuracy": steepest.metrics.accuracy},
    scaling="standardise",
    batch_size=16,
    epochs=20,
)
numbers = steepest.Workload(
    id="numbers",
    network=partial(steepest.mlp, sizes=(10, 1)),
    data=lambda: steepest.split(*load_diabetes(return_X_y=True)),
    loss=steepest.losses.squared_error,
    metrics={"rmse": steepest.metrics.rmse},
    epochs=1,
)
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("predict") / "mine.py"
    path.write_text(FILE)
    return path


def trained(workload: str, out: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["train", workload, "--out", str(out), *options]) == 0
    return capsys.readouterr().out.splitlines()[-1]


def test_a_table_is_read_as_it_was_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    last = trained("digits-mlp", tmp_path / "run", capsys, "--epochs", "5")
    assert last == (
        f"kept in {tmp_path}/run; predict rows of 64 numbers with: steepest predict {tmp_path}/run rows.csv"
    )
    test = steepest.workload("digits-mlp").data().test
    table = tmp_path / "rows.csv"
    np.savetxt(table, test.x[:50].reshape(50, 64), delimiter=",", header="pixels" + ",pixel" * 63, comments="")
    assert main(["predict", str(tmp_path / "run"), str(table), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["predictions"]
    assert len(rows) == 50
    assert np.mean([row["class"] for row in rows] == test.y[:50]) > 0.8
    assert all(sum(row["probabilities"]) == pytest.approx(1) for row in rows)
    assert main(["predict", str(tmp_path / "run"), str(table)]) == 0
    first, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{table}[0]: {rows[0]['class']} (")


def test_classes_that_were_text_keep_their_names(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trained(f"{file}:named", tmp_path / "run", capsys)
    splits = steepest.workload(f"{file}:named").data()
    np.save(tmp_path / "rows.npy", splits.test.x)
    assert main(["predict", str(tmp_path / "run"), str(tmp_path / "rows.npy"), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["predictions"]
    assert np.mean([row["label"] == splits.classes[y] for row, y in zip(rows, splits.test.y, strict=True)]) > 0.8
    assert main(["predict", str(tmp_path / "run"), str(tmp_path / "rows.npy")]) == 0
    assert "barbera (" in capsys.readouterr().out


def test_numbers_are_given_as_they_are(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "rows of 10 numbers" in trained(f"{file}:numbers", tmp_path / "run", capsys)
    (tmp_path / "rows.csv").write_text("\t".join("0" * 10))
    assert main(["predict", str(tmp_path / "run"), str(tmp_path / "rows.csv"), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["predictions"]
    expected = steepest.open(tmp_path / "run").best.predict(np.zeros((1, 10)))
    assert row["outputs"] == pytest.approx([float(expected[0, 0])])
    (tmp_path / "rows.csv").write_text("1,2,3")
    assert main(["predict", str(tmp_path / "run"), str(tmp_path / "rows.csv")]) == 2
    assert "rows of 3 numbers; the network reads 10 a row" in capsys.readouterr().err


def test_a_surface_reads_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert trained("surface:bowl", tmp_path / "run", capsys, "-o", "sgd", "--lr", "0.1", "--quick") == (
        f"kept in {tmp_path}/run"
    )
    assert main(["predict", str(tmp_path / "run"), "rows.csv"]) == 2
    assert "is a surface" in capsys.readouterr().err
