"""`python -m steepest.course.record 1.2 …`: run a chapter's cells and write what they print to its outputs.json."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .cells import run
from .chapter import CHAPTERS, folder

__all__ = ["record"]


def record(id: str) -> dict[str, str]:
    """Run the cells of chapter `id` and keep their outputs beside them."""
    place = Path(str(folder(id)))
    code = place / "code.py"
    outputs = run(str(code), code.read_text("utf-8"))
    (place / "outputs.json").write_text(json.dumps(outputs, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return outputs


if __name__ == "__main__":
    for chosen in sys.argv[1:] or CHAPTERS:
        for name, output in record(chosen).items():
            print(f"# %% {name}\n{output}")
