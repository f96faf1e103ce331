"""The name of a new race's folder: its workload and the time, below a folder of races."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

__all__ = ["new_folder"]


def new_folder(workload: str, races: Path = Path("runs")) -> Path:
    """A folder in `races` that does not exist yet."""
    name = re.sub(r"[^\w-]+", "-", Path(workload).name).strip("-") or "race"
    stem = races / f"{name}-{datetime.now():%Y%m%d-%H%M%S}"
    folder, n = stem, 1
    while folder.exists():
        n += 1
        folder = stem.with_name(f"{stem.name}-{n}")
    return folder
