"""The command line's main job on real data, and its JSON, in the form that the contract gives."""

import json
import math
import statistics
from pathlib import Path

import pytest
from scipy import stats

from steepest.cli.main import main
from steepest.racing.results import open_race

RACE = [
    "race",
    "digits-mlp",
    "-o",
    "momentum",
    "-o",
    "adam:beta1=0.8,0.9",
    "--lr",
    "1e-2,1e30",
    "--seeds",
    "2",
    "--epochs",
    "2",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("races") / "first"
    assert main([*RACE, "--out", str(folder)]) == 0
    return folder


def test_json_is_one_object_as_the_contract_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(folder), "--json"]) == 0
    race = json.loads(capsys.readouterr().out)
    assert race.keys() == {"workload", "runs", "ranking", "wall_s", "compile_s"}
    assert race["workload"] == "digits-mlp"
    assert race["wall_s"] > 0
    assert len(race["runs"]) == (1 + 2) * 2 * 2
    for run in race["runs"]:
        assert run.keys() == {"id", "optimizer", "hyperparameters", "seed", "status", "steps", "metrics"}
        assert run["status"] == ("diverged" if run["hyperparameters"]["learning_rate"] > 1 else "finished")
        assert all(math.isfinite(v) for v in run["metrics"].values())
    assert {"rank", "optimizer", "hyperparameters", "metric", "mean", "low", "high", "n"} <= race["ranking"][0].keys()
    assert [row["rank"] for row in race["ranking"]] == [1, 2]
    best = race["ranking"][0]
    values = [
        r["metrics"]["test_accuracy"]
        for r in race["runs"]
        if r["optimizer"] == best["optimizer"] and r["hyperparameters"] == best["hyperparameters"]
    ]
    assert best["mean"] == pytest.approx(sum(values) / 2)
    half = stats.t.ppf(0.975, 1) * statistics.stdev(values) / math.sqrt(2 - 1.25)
    assert best["low"] == pytest.approx(max(0, best["mean"] - half))
    assert best["high"] == pytest.approx(min(1, best["mean"] + half))
    second = race["ranking"][1]
    assert (best["difference"], best["p"]) == (0, None)
    assert second["difference"] == pytest.approx(second["mean"] - best["mean"])
    assert second["difference_low"] < second["difference"] < second["difference_high"]
    assert second["tied"] == (second["p"] > 0.05)


def test_the_leaderboard_and_the_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(folder)]) == 0
    text = capsys.readouterr().out
    assert "adam" in text
    assert "momentum" in text
    assert "12 runs" in text
    assert (folder / "report.html").read_text().count("digits-mlp") > 1
    assert main(["report", str(folder), "--to", str(folder.parent / "copy.html")]) == 0
    assert capsys.readouterr().out.strip() == str(folder.parent / "copy.html")


def test_every_setting_is_ranked_by_validation_and_tested_only_where_chosen(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", str(folder), "--all"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[-2:] == ["test", "accuracy"]
    assert head.index("validation accuracy") < head.index("test accuracy")
    race = open_race(folder)
    means = [row["mean"] for row in race.everything if row["n"]]
    assert means == sorted(means, reverse=True)
    assert {row["metric"] for row in race.everything} == {"validation_accuracy"}
    for row, line in zip(race.everything, rows, strict=False):
        chosen = [one for one in race.ranking if one["configuration"] == row["configuration"]]
        assert line.rstrip().endswith(f"{chosen[0]['mean']:.4f}" if chosen else f"  {row['diverged'] or row['n']}")
    assert "test accuracy is given of the chosen ones only" in "\n".join(rows)


def test_progress_goes_to_stderr_and_json_alone_to_stdout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*RACE, "--json", "--out", str(tmp_path / "r")]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["workload"] == "digits-mlp"
    assert err == ""


def test_resuming_a_finished_race_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["show", str(folder), "--json"])
    before = json.loads(capsys.readouterr().out)
    assert main(["resume", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == before


def test_a_users_own_workload(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "wine.py").write_text(
        "from functools import partial\n"
        "import steepest\n"
        "from sklearn.datasets import load_wine\n"
        "from steepest.data.stratified import stratified\n"
        "wine = steepest.Workload(\n"
        "    id='wine',\n"
        "    network=partial(steepest.mlp, sizes=(13, 16, 3)),\n"
        "    data=lambda: stratified(*load_wine(return_X_y=True)),\n"
        "    loss=steepest.losses.softmax_cross_entropy,\n"
        "    metrics={'accuracy': steepest.metrics.accuracy},\n"
        "    scaling='standardise',\n"
        ")\n"
    )
    arguments = [
        "race",
        f"{tmp_path}/wine.py:wine",
        "-o",
        "adam",
        "--lr",
        "1e-2",
        "--epochs",
        "30",
        "--batch-size",
        "16",
    ]
    assert main([*arguments, "--out", str(tmp_path / "r"), "--json"]) == 0
    race = json.loads(capsys.readouterr().out)
    assert race["ranking"][0]["mean"] > 0.9


def test_train_then_predict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import numpy as np
    from PIL import Image

    from steepest.data import load

    out = tmp_path / "net"
    assert main(["train", "mnist-softmax", "--samples", "5000", "--epochs", "2", "--out", str(out)]) == 0
    assert "test accuracy" in capsys.readouterr().out
    test = load("mnist").test
    np.save(tmp_path / "some.npy", test.x[:200])
    assert main(["predict", str(out), str(tmp_path / "some.npy"), "--json"]) == 0
    predictions = json.loads(capsys.readouterr().out)["predictions"]
    assert sum(p["digit"] == y for p, y in zip(predictions, test.y, strict=False)) > 160
    assert all(abs(sum(p["probabilities"]) - 1) < 1e-5 for p in predictions)
    # dark ink on white paper, four times as large
    Image.fromarray(255 - test.x[0]).resize((112, 112)).save(tmp_path / "seven.png")
    assert main(["predict", str(out), str(tmp_path / "seven.png")]) == 0
    assert f"seven.png: {test.y[0]} (" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["workloads", "optimizers", "schedules", "initialisers", "scalings"])
def test_lists(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", kind]) == 0
    assert len(capsys.readouterr().out.splitlines()) >= 3


def test_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data"]) == 0
    assert "mnist    55,000 + 5,000 + 10,000" in capsys.readouterr().out
    assert main(["data", "fetch", "moons"]) == 0
