"""Which messages have no Chinese yet: `python tools/messages.py > more.json` writes them down, to be filled in, and
`python tools/messages.py more.json` takes them into the catalogue.

A message is what an error of ours, or an answer of the lab, is made with: its f-string is a template with the fields
{0}, {1} …, the key of `src/steepest/core/messages.zh.json`. What a field may say is followed to where it is written
(a name of the same function, an argument that the same module passes) and, when it has several words, is one too.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "steepest"
CATALOGUE = SOURCE / "core" / "messages.zh.json"
# function -> the place of the message among its arguments
MADE_WITH = {
    **dict.fromkeys("SteepestError UserError UnknownName BadValue BadFile TooLarge Unavailable".split(), 0),
    **{"unknown": 0, "Registry": 0, "_say": 0, "HTTPException": 1, "_answer": 1},
}
FIELD = "\0"


def messages(source: str) -> dict[str, int]:
    """Template -> the line of each message in a module's source."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    module = _Module(tree, functions)
    found: dict[str, int] = {}
    for node, message in module.made():
        for text in module.texts(node, message):
            found.setdefault(numbered(text), message.lineno)
        for text in module.said_in_fields(node, message):
            found.setdefault(numbered(text), message.lineno)
    return {text: line for text, line in found.items() if re.search("[A-Za-z]{2}", re.sub(r"\{\d+\}", "", text))}


def numbered(text: str) -> str:
    """Fields as {0}, {1} …, braces of the text itself doubled."""
    parts = [part.replace("{", "{{").replace("}", "}}") for part in text.split(FIELD)]
    return "".join(part + (f"{{{i}}}" if i < len(parts) - 1 else "") for i, part in enumerate(parts))


class _Module:
    def __init__(self, tree: ast.Module, functions: list[ast.FunctionDef | ast.AsyncFunctionDef]) -> None:
        self.tree = tree
        self.inside = {id(node): f for f in functions for node in ast.walk(f)}  # the innermost comes last

    def made(self) -> Iterator[tuple[ast.AST, ast.expr]]:
        """Where messages are made, and of what."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                place = MADE_WITH.get(_name(node.func))
                if place is not None and place < len(node.args):
                    yield node, node.args[place]
            elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:
                status, message = node.value.elts  # how the lab's guard refuses
                if isinstance(status, ast.Constant) and isinstance(status.value, int) and 400 <= status.value < 600:
                    yield node, message

    def texts(self, at: ast.AST, message: ast.expr, past: frozenset[str] = frozenset()) -> list[str]:
        """What an expression may say; FIELD stands for what only the moment knows. `past`: names already followed."""
        match message:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.JoinedStr(values=values):
                return ["".join(FIELD if isinstance(v, ast.FormattedValue) else v.value for v in values)]
            case ast.IfExp(body=one, orelse=other):
                return self.texts(at, one, past) + self.texts(at, other, past)
            case ast.BoolOp(values=values):
                return [text for value in values for text in self.texts(at, value, past)]
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return ["".join(p) for p in product(self.texts(at, left, past), self.texts(at, right, past))]
            case ast.Name(id=name) if name not in past:
                values = self.values(at, name)
                return [text for value in values for text in self.texts(value, value, past | {name})] or [FIELD]
        return [FIELD]

    def said_in_fields(self, at: ast.AST, message: ast.expr, past: frozenset[str] = frozenset()) -> Iterator[str]:
        """What of several words the fields of a message say."""
        for node in ast.walk(message):
            if isinstance(node, ast.FormattedValue):
                yield from (text for text in self.texts(at, node.value, past) if " " in text.strip())
            elif isinstance(node, ast.Name) and node.id not in past:
                for value in self.values(at, node.id):
                    yield from self.said_in_fields(value, value, past | {node.id})

    def values(self, at: ast.AST, name: str) -> Iterator[ast.expr]:
        """What the function around `at` assigns to a name, or is given for it by the module."""
        function = self.inside.get(id(at))
        if function is None:
            return
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and id(node.value) != id(at):
                for target in node.targets:
                    yield from _assigned(target, node.value, name)
        names = [a.arg for a in function.args.args]
        if name in names:
            place = names.index(name)
            for node in ast.walk(self.tree):
                if isinstance(node, ast.Call) and _name(node.func) == function.name:
                    shift = names[0] == "self"
                    yield from node.args[place - shift : place - shift + 1]
                    yield from (k.value for k in node.keywords if k.arg == name)


def _assigned(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=True):
            yield from _assigned(one, its, name)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def made() -> dict[str, str]:
    """Template -> file:line of every message."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for text, line in messages(path.read_text("utf-8")).items():
            found.setdefault(text, f"{path.relative_to(SOURCE)}:{line}")
    return found


def missing() -> dict[str, str]:
    """Template -> file:line of each message that has no Chinese."""
    known = json.loads(CATALOGUE.read_text("utf-8"))["steepest"]
    return {text: place for text, place in made().items() if text not in known}


def keep(more: dict[str, str]) -> None:
    """Write the catalogue anew, in the order of the source: what nobody says is dropped, what `more` knows added."""
    groups = json.loads(CATALOGUE.read_text("utf-8"))
    known = {**more, **groups["steepest"]}
    groups["steepest"] = {text: known[text] for text in made() if text in known}
    CATALOGUE.write_text(json.dumps(groups, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    keep(json.loads(Path(sys.argv[1]).read_text("utf-8")) if len(sys.argv) > 1 else {})
    print(json.dumps(dict.fromkeys(missing(), ""), ensure_ascii=False, indent=1))
