"""Names to things, loaded when asked for: a registry line costs no import.

A registered `name` lives in the module `package.name` (dashes become underscores) as the attribute of the
same spelling, so that adding a thing is one file and one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from .errors import UnknownName
from .spelling import nearest

__all__ = ["Registry", "unknown"]


def unknown(kind: str, name: object, known: Sequence[str]) -> UnknownName:
    """The error for a `name` that is not among `known`: a suggestion when one is near, else the list."""
    near = nearest(str(name), known)
    hint = f"did you mean {near!r}?" if near else f"known: {', '.join(known)}"
    return UnknownName(f"unknown {kind} {str(name)!r}; {hint}")


class Registry:
    """An ordered set of names of one `kind`, each backed by one module of `package`."""

    def __init__(self, kind: str, package: str, names: Sequence[str]) -> None:
        self.kind, self.package, self.names = kind, package, tuple(names)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def check(self, name: str) -> str:
        """`name` itself when registered; else `UnknownName` with a suggestion."""
        if name not in self.names:
            raise unknown(self.kind, name, self.names)
        return name

    def module(self, name: str) -> Any:
        """The module that holds `name`."""
        return import_module(f"{self.package}.{self.check(name).replace('-', '_')}")

    def load(self, name: str) -> Any:
        """The registered thing itself."""
        return getattr(self.module(name), name.replace("-", "_"))
