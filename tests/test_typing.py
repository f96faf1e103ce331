"""What a type checker knows of the public names: each is itself, none is Any, and no other name exists."""

import os
import re
import subprocess
import sys
from pathlib import Path

import steepest

MODULES = ("losses", "metrics", "schedules")
SOURCE = Path(steepest.__file__).parents[1]


def checked(folder: Path, lines: list[str]) -> str:
    """What mypy, strict, says of a user's file."""
    (folder / "user.py").write_text("import steepest\n" + "\n".join(lines) + "\n")
    environment = {**os.environ, "MYPYPATH": str(SOURCE), "MYPY_CACHE_DIR": str(folder)}
    command = [sys.executable, "-m", "mypy", "--strict", "--hide-error-context", "user.py"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True).stdout


def test_every_public_name_is_typed_as_itself(tmp_path: Path) -> None:
    names = [*steepest.__all__, "open", "__version__"]
    misuse = ["steepest.adamm", "steepest.race('digits-mlp', lr={}.items)", "steepest.open('r').rankings"]
    said = checked(tmp_path, [f"reveal_type(steepest.{name})" for name in names] + misuse)
    revealed = dict(zip(names, re.findall(r'Revealed type is "(.*)"\n', said), strict=True))
    assert revealed.pop("__version__") == "str"
    for name, kind in revealed.items():
        assert kind == "types.ModuleType" if name in MODULES else kind.startswith(("def (", "Overload(")), name
    assert revealed["race"].endswith("-> steepest.racing.results.Race")
    assert revealed["open"].endswith("-> steepest.racing.results.Race")
    errors = [line for line in said.splitlines() if "error:" in line]
    assert [re.search(r"\[([\w-]+)\]$", line)[1] for line in errors] == [  # type: ignore[index]
        "attr-defined",
        "arg-type",
        "attr-defined",
    ], errors
