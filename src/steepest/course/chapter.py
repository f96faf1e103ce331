"""A chapter: its folder read and joined into blocks, in one language.

chapters/c12/en.md, zh.md    the text: the same directives in the same order in both
chapters/c12/code.py         its cells; outputs.json: what they print
chapters/c12/homework.py     HOMEWORK, the checkers
chapters/c12/about.json      {"minutes": reading time, "terms": keys of the glossary that it introduces}
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable

from ..core.errors import BadFile
from ..core.registry import unknown
from .blocks import LANGUAGES, Block, Code, FigureBlock, Formula, HomeworkBlock, Prose
from .cells import cells
from .contents import CHAPTERS, absent
from .homework import Homework
from .markup import Directive, parts, quiz

__all__ = ["CHAPTERS", "Chapter", "chapter", "folder", "homework"]


@dataclass(frozen=True)
class Chapter:
    """A chapter in one language: `minutes` to read it, `terms` of the glossary that it introduces."""

    id: str
    language: str
    title: str
    summary: str
    minutes: int
    terms: tuple[str, ...]
    blocks: tuple[Block, ...]


def _package(id: str, lang: str = "en") -> str:
    if id not in CHAPTERS:
        raise absent(id, lang)
    return f"{__package__}.chapters.c{id.replace('.', '')}"


def folder(id: str) -> Traversable:
    """The folder of chapter `id`; `UnknownName` when there is none."""
    return files(_package(id))


def homework(id: str) -> dict[str, Homework]:
    """The homework of chapter `id`, by name; the first line of each starter file says whose it is."""
    tasks = import_module(f"{_package(id)}.homework").HOMEWORK
    return {one.name: replace(one, starter=f"# homework {id} {one.name}\n{one.starter}") for one in tasks}


def _block(directive: Directive, code: dict[str, Code], tasks: dict[str, Homework]) -> Block:
    match directive.kind:
        case "code":
            if directive.name not in code:
                raise unknown("cell", directive.name, list(code))
            return code[directive.name]
        case "figure":
            return FigureBlock(directive.name, directive.arguments)
        case "formula":
            return Formula(directive.body)
        case "quiz":
            return quiz(directive)
        case _:
            if directive.name not in tasks:
                raise unknown("homework", directive.name, list(tasks))
            return HomeworkBlock(directive.name, directive.body, tasks[directive.name].starter)


@cache
def chapter(id: str, lang: str = "en") -> Chapter:
    """Chapter `id` in language `lang`. Raises `UnknownName` for either, `BadFile` when a text is not well formed."""
    if lang not in LANGUAGES:
        raise unknown("language", lang, LANGUAGES)
    place = files(_package(id, lang))
    about = json.loads((place / "about.json").read_text("utf-8"))
    outputs = json.loads((place / "outputs.json").read_text("utf-8"))
    code = {
        cell.name: Code(cell.name, cell.source, outputs.get(cell.name, ""), cell.timed)
        for cell in cells((place / "code.py").read_text("utf-8"))
    }
    tasks = homework(id)
    name = f"chapter {id}, {lang}.md"
    text = parts((place / f"{lang}.md").read_text("utf-8"), name)
    blocks: list[Block] = []
    for part in text.body:
        try:
            blocks.append(Prose(part) if isinstance(part, str) else _block(part, code, tasks))
        except ValueError as error:
            line = part.line if isinstance(part, Directive) else 0
            raise BadFile(f"{name}, line {line}: {error}") from error
    return Chapter(id, lang, text.title, text.summary, about["minutes"], tuple(about["terms"]), tuple(blocks))
