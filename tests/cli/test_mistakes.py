"""A user's mistake is one clear line on stderr and exit 2; nothing is left behind."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from steepest.cli.main import main

RACE = ["race", "digits-mlp", "-o", "adam"]
MISTAKES = [
    (["rce"], "did you mean 'race'"),
    (["race"], "Missing argument"),
    (["race", "mnist-mpl"], "did you mean 'mnist-mlp'"),
    (["race", "nowhere.py:mine"], "there is no file"),
    (["race", "digits-mlp", "-o", "adm"], "did you mean 'adam'"),
    (["race", "digits-mlp", "-o", "adam:dialect=tourch"], "did you mean 'torch'"),
    (["race", "digits-mlp", "-o", "adam:bta1=0.9"], "beta1"),
    (["race", "digits-mlp", "-o", "adam:0.9"], "no key"),
    (["race", "digits-mlp", "-o", "adam:"], "nothing follows the colon"),
    (["race", "digits-mlp", "-o", "adam:beta1=0.9,beta1=0.8"], "twice"),
    (["race", "digits-mlp", "-o", "adam", "-o", "adam"], "entered twice"),
    (["race", "digits-mlp", "-o", "adam:beta1=1"], "below 1, got 1"),
    (["race", "digits-mlp", "-o", "adam:beta2=-0.1"], ">= 0, got -0.1"),
    (["race", "digits-mlp", "-o", "adam:dialect=torch,amsgrad=maybe"], "amsgrad"),
    ([*RACE, "--lr", "-1"], ">= 0, got -1"),
    ([*RACE, "--lr", "nan"], "not a finite number"),
    ([*RACE, "--lr", ""], "not a number"),
    ([*RACE, "--lr", "1..2"], "number of points"),
    ([*RACE, "--seeds", "0"], "got 0"),
    ([*RACE, "--seeds", "1e9"], "1,000,000,000"),
    ([*RACE, "--seeds", "1.5"], "whole number"),
    ([*RACE, "--seeds", "900000", "--lr", "1e-3..1:900"], "810,000,000 runs"),
    ([*RACE, "--epochs", "0"], "above 0"),
    ([*RACE, "--batch-size", "0"], "got 0"),
    ([*RACE, "--keep-prob", "0"], "(0, 1]"),
    ([*RACE, "--l2", "-1"], "got -1"),
    ([*RACE, "--init", "hee"], "did you mean 'he'"),
    ([*RACE, "--init-scale", "2"], "needs an initialiser"),
    ([*RACE, "--schedule", "cosin"], "did you mean 'cosine'"),
    ([*RACE, "--schedule", "step:evry=2"], "did you mean 'every'"),
    ([*RACE, "--scaling", "unti"], "did you mean 'unit'"),
    ([*RACE, "--samples", "0"], "samples"),
    ([*RACE, "--width", "0"], "width"),
    ([*RACE, "--lrr", "1"], "--lr"),
    (["show", "nowhere"], "no race here"),
    (["resume", "nowhere"], "no race here"),
    (["report", "nowhere"], "no race here"),
    (["predict", "nowhere", "x.png"], "no race here"),
    ([*RACE, "--epochs", "1", "--epochs", "2"], "--epochs is given twice"),
    ([*RACE, "--lr", "0.1", "--lr", "x"], "'x' is not a number"),
    (["list", "workload"], "did you mean 'workloads'"),
    (["data", "fetch"], "needs a name"),
    (["data", "fetch", "minst"], "did you mean 'mnist'"),
]


@pytest.mark.parametrize(
    ("arguments", "expected"), MISTAKES, ids=lambda v: " ".join(v) if isinstance(v, list) else None
)
def test_one_clear_line(
    arguments: list[str],
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("steepest: ")
    assert err.count("\n") == 1
    assert expected in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [arguments for arguments, _ in MISTAKES], ids=" ".join)
def test_one_clear_line_in_chinese(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--lang", "zh", *arguments]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert re.search("[一-鿿]", line)
    assert not re.search(r"[a-z]{2,} [a-z]{2,}", re.sub(r"'[^']*'|`[^`]*`|steepest [a-z]+", "", line)), (
        line
    )  # no English left


def test_the_locale_speaks_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert main(["rce"]) == 2
    assert capsys.readouterr().err == "steepest: 未知的命令 'rce'；是不是 'race'？\n"
    assert main(["--lang", "en", "rce"]) == 2
    assert capsys.readouterr().err == "steepest: unknown command 'rce'; did you mean 'race'?\n"


def test_a_folder_that_holds_another_race_or_anything_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    race = [*RACE, "--epochs", "1", "--seeds", "1", "--out"]
    assert main([*race, str(tmp_path / "race")]) == 0
    assert main([*race, str(tmp_path / "race")]) == 2
    assert "already holds a race" in capsys.readouterr().err
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("x")
    assert main([*race, str(tmp_path / "letters")]) == 2
    assert "dear.txt" not in capsys.readouterr().out
    assert (tmp_path / "letters" / "dear.txt").read_text() == "x"


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n", b"\x00\x00\x08\x03\xff\xff\xff\xff\xff\xff\xff\xff", b"hello"]
)
def test_pictures_that_cannot_be_read(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str], net: Path
) -> None:
    for name in ("a.png", "b.jpg", "c.npy", "d-idx3-ubyte"):
        (tmp_path / name).write_bytes(content)
        assert main(["predict", str(net), str(tmp_path / name)]) == 2
        err = capsys.readouterr().err
        assert err.count("\n") == 1
        assert name in err


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("nets") / "softmax"
    assert main(["train", "mnist-softmax", "--samples", "1000", "--epochs", "1", "--out", str(out)]) == 0
    return out


def test_a_run_that_the_race_does_not_have(net: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", str(net), "x.png", "--run", "7"]) == 2
    assert "runs 0 to 0" in capsys.readouterr().err


@pytest.mark.parametrize("kind", [ZeroDivisionError, EOFError, OSError])  # click makes of EOFError an interruption
def test_our_own_fault_is_exit_1_in_one_line(
    kind: type[Exception], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import steepest.racing.results as results

    def broken(_: object) -> None:
        raise kind("oops")

    monkeypatch.setattr(results, "open_race", broken)
    assert main(["show", "anything"]) == 1
    assert f"internal error, {kind.__name__}: oops" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_full_disk_is_no_fault_of_ours(lang: str) -> None:
    command = [sys.executable, "-m", "steepest", "--lang", lang, "list", "workloads"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert {"en": "the disk is full", "zh": "磁盘已满"}[lang] in line
