"""The interpreter with PyTorch, TensorFlow, Keras and Optax, and how to start something in it."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {
    "KERAS_BACKEND": "jax",
    "JAX_PLATFORMS": "cpu",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}


def interpreter() -> str:
    python = Path(os.environ.get("STEEPEST_PEERS_PYTHON", ROOT / ".venv-peers" / "bin" / "python"))
    assert python.exists(), (
        f"{python} is missing: `make peers` makes the interpreter with PyTorch, TensorFlow and Keras, "
        "or set STEEPEST_PEERS_PYTHON to one that has them"
    )
    return str(python)


def start(*arguments: object, x64: bool = False) -> "subprocess.Popen[str]":
    environment = {**os.environ, **ENVIRONMENT, "JAX_ENABLE_X64": "1" if x64 else "0"}
    command = [interpreter(), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def finish(process: "subprocess.Popen[str]") -> str:
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, f"{out[-2000:]}\n{err[-6000:]}"
    return out
