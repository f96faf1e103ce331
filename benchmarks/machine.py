"""The machine and the versions that a figure belongs to."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from pathlib import Path
from typing import Any

__all__ = ["describe", "versions"]

PACKAGES = "steepest jax jaxlib optax equinox numpy torch tensorflow keras optuna ray".split()
ASK = """
import json, platform, sys
from importlib.metadata import PackageNotFoundError, version
found = {"python": platform.python_version()}
for name in sys.argv[1:]:
    try:
        found[name] = version(name)
    except PackageNotFoundError:
        pass
print(json.dumps(found))
"""


def _proc(path: str, key: str) -> str:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")


def describe() -> dict[str, Any]:
    """CPU model, cores that this process may use, memory, operating system."""
    memory = _proc("/proc/meminfo", "MemTotal").split()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cpu": _proc("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": cores,
        "memory_gb": round(int(memory[0]) / 2**20) if memory else None,
        "system": f"{platform.system()} {platform.machine()}",
    }


def versions(python: str) -> dict[str, str]:
    """Versions of the packages that matter, in the environment of the interpreter `python`."""
    asked = subprocess.run([python, "-c", ASK, *PACKAGES], capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(asked.stdout)
    return found
