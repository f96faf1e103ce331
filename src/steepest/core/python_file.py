"""A Python file that the user names, `path/to/file.py:name`: run when it is named, and never otherwise. No JAX here.

It is run once, whatever of it is named, and again when it has changed.
"""

from __future__ import annotations

import hashlib
import re
import sys
import traceback
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from .errors import BadFile

__all__ = ["execute", "parts", "whole_path"]

_NAMED = re.compile(r"(?P<place>(?:[A-Za-z]:[/\\])?[^:]+\.py)(?::(?P<name>[^:]*))?")
_RUN: dict[Path, tuple[tuple[int, int], ModuleType]] = {}  # the module, and the file's time and size


def parts(text: str) -> tuple[str, str] | None:
    """The file and the name in it, "" when that is left out, that `text` means; None when it means no file."""
    found = _NAMED.fullmatch(text)
    return None if found is None else (found["place"], found["name"] or "")


def whole_path(place: str) -> Path:
    """The file at `place`, so that it means the same from any folder."""
    return Path(place).expanduser().resolve()


def execute(place: str) -> ModuleType:
    """The module that running the file at `place` makes; its neighbours are importable. Raises `BadFile`."""
    path = whole_path(place)
    if not path.is_file():
        raise BadFile(f"there is no file {place}; give path/to/file.py:name")
    stamp = path.stat().st_mtime_ns, path.stat().st_size
    if path in _RUN and _RUN[path][0] == stamp:
        return _RUN[path][1]
    name = f"steepest_user_{path.stem}_{hashlib.sha256(str(path).encode()).hexdigest()[:8]}"
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise BadFile(f"{path} is not a Python file")
    module = module_from_spec(spec)
    sys.modules[name] = module  # Equinox modules and dataclasses look their own module up
    if str(path.parent) not in sys.path:
        sys.path.append(str(path.parent))
    try:
        spec.loader.exec_module(module)
    except BaseException as error:
        del sys.modules[name]
        if isinstance(error, Exception | SystemExit):
            raise BadFile(f"{path} failed: {_fault(error, path)}") from error
        raise
    _RUN[path] = stamp, module
    return module


def _fault(error: BaseException, path: Path) -> str:
    """`line N: Type: message`, the innermost line of the user's own file."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    line = error.lineno if isinstance(error, SyntaxError) else (lines[-1] if lines else None)
    message = (str(error.msg if isinstance(error, SyntaxError) else error).splitlines() or [""])[0]
    return (f"line {line}: " if line else "") + f"{type(error).__name__}: {message}"
