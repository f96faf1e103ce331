"""From a formula's few words to a library's own; and Python calls written as a formatter would leave them."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Call", "Words", "assigned", "call", "comment", "indented", "joined", "listed", "literal", "render"]

WIDTH = 100


@dataclass(frozen=True)
class Words:
    """How a library spells the words of a formula.

    names     word -> the function that it is there; `{}` stands for the first argument when it is no function
    traced    whether scalars may be traced, so that nothing can be decided in Python
    """

    names: Mapping[str, str]
    traced: bool = False


class _Spelling(ast.NodeTransformer):
    def __init__(self, words: Words) -> None:
        self.words = words

    def visit_Name(self, node: ast.Name) -> ast.AST:
        constant = self.words.names.get("pi") if node.id == "pi" else None
        return ast.parse(constant, mode="eval").body if constant else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        word = node.func.id if isinstance(node.func, ast.Name) else ""
        if word == "choose" and not self.words.traced:
            condition, yes, no = node.args
            return ast.IfExp(condition, yes, no)
        spelling = self.words.names.get(word)
        if spelling is None:
            return node
        if "{}" in spelling:
            return ast.parse(spelling.format(ast.unparse(node.args[0])), mode="eval").body
        node.func = ast.parse(spelling, mode="eval").body
        return node


def render(text: str, words: Words) -> str:
    """The Python `text` of a formula in a library's words."""
    return _unspaced(ast.unparse(_Spelling(words).visit(ast.parse(text.strip()))))


def _unspaced(text: str) -> str:
    """Powers of simple operands without spaces, as formatters write them."""

    return re.sub(r"(?<![\w.])(\w+) \*\* ([\w.]+)(?![\w.(])", r"\1**\2", text)


def indented(text: str, by: int) -> str:
    """`text` moved right by `by` levels."""
    return textwrap.indent(text, "    " * by)


def joined(*blocks: str) -> str:
    """Blocks of a module, two empty lines between them; empty blocks are left out."""
    return "\n\n\n".join(block.strip("\n") for block in blocks if block.strip()) + "\n"


def comment(text: str, prefix: str = "# ") -> str:
    """One line of `text`, whatever is in it, as comment lines."""
    flat = " ".join(str(text).split())
    return "\n".join(textwrap.wrap(flat, WIDTH, initial_indent=prefix, subsequent_indent="#" + " " * (len(prefix) - 1)))


def assigned(left: Sequence[str], right: Sequence[str], room: int = 92) -> list[str]:
    """`a, b = c, d` as one line where it has room, else a line each."""
    if not left:
        return []
    line = f"{', '.join(left)} = {', '.join(right)}"
    return [line] if len(line) <= room else [f"{a} = {b}" for a, b in zip(left, right, strict=True)]


def listed(items: Sequence[str], by: int, room: int = 72) -> str:
    """What stands between brackets in code that is indented by `by`: on the line, or on lines of their own."""
    line = ", ".join(items)
    if len(line) <= room:
        return line
    return "\n" + "".join(indented(f"{item},\n", by + 1) for item in items) + "    " * by


def literal(value: Any) -> str:
    """A Python literal of plain data."""
    return f'"{value}"' if isinstance(value, str) and value.isidentifier() else repr(value)


@dataclass(frozen=True)
class Call:
    """A call to be written out: positional arguments as code, keywords as code or (literal) values."""

    name: str
    positional: tuple[str, ...] = ()
    keywords: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        arguments = [*self.positional, *(f"{k}={v}" for k, v in self.keywords)]
        line = f"{self.name}({', '.join(arguments)})"
        if len(line) <= WIDTH - 12 and "\n" not in line:
            return line
        return "\n".join([f"{self.name}(", *(f"{indented(a, 1)}," for a in arguments), ")"])


def call(name: str, *positional: object, **keywords: Any) -> Call:
    """A call of `name`. Strings and calls are code; other keywords are values; a keyword that is None is left out."""
    return Call(
        name,
        tuple(str(p) for p in positional),
        tuple((k, str(v) if isinstance(v, (str, Call)) else literal(v)) for k, v in keywords.items() if v is not None),
    )
