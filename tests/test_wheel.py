"""The wheel, built and unpacked where no source is: it races, writes its report, and says what it is."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import steepest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_it_races_and_reports(unpacked: Path, tmp_path: Path) -> None:
    code = (
        "import steepest; from steepest.cli.main import main; print(steepest.__file__);"
        "raise SystemExit(main(['race', 'digits-mlp', '-o', 'sgd', '--epochs', '1', '--out', 'r']))"
    )
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(str(unpacked))
    assert (tmp_path / "r" / "report.html").stat().st_size > 100_000
    assert (unpacked / "steepest" / "py.typed").exists()


def test_its_metadata(unpacked: Path) -> None:
    (folder,) = unpacked.glob("*.dist-info")
    head, _, text = (folder / "METADATA").read_text("utf-8").partition("\n\n")
    assert f"Version: {steepest.__version__}\n" in head
    assert "Typing :: Typed" in head
    assert "selenium" not in head
    assert text.startswith("# Steepest")
    links = [part.partition(")")[0] for part in text.split("](")[1:]]
    assert all(link.startswith(("https://", "#")) for link in links), links


def test_its_citation_is_of_this_version() -> None:
    assert f"\nversion: {steepest.__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
