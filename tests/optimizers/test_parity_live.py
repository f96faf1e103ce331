"""One setting of every optimiser and dialect against the libraries, in an interpreter of their own."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_parity_with_the_live_libraries() -> None:
    python = Path(os.environ.get("STEEPEST_PEERS_PYTHON", ROOT / ".venv-peers" / "bin" / "python"))
    assert python.exists(), (
        f"{python} is missing: `make peers` makes the interpreter with PyTorch, TensorFlow and Keras, "
        "or set STEEPEST_PEERS_PYTHON to one that has them"
    )
    command = [str(python), "-m", "benchmarks.parity", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
    for dialect in ("torch", "keras", "tf1", "optax"):
        assert f" {dialect} " in done.stdout
