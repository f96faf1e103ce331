"""What a chapter is made of: a sequence of frozen blocks, in one language, with no idea of how they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..view.words import LANGUAGES, Text

__all__ = ["LANGUAGES", "Answer", "Block", "Code", "FigureBlock", "Formula", "HomeworkBlock", "Prose", "Quiz", "Text"]


@dataclass(frozen=True)
class Prose:
    """CommonMark, with formulas inside a line between dollars: `$a = \\sigma(z)$`."""

    markdown: str


@dataclass(frozen=True)
class Formula:
    """A formula on lines of its own, in LaTeX."""

    latex: str


@dataclass(frozen=True)
class Code:
    """A cell of the chapter's code, and what it printed when it was recorded."""

    name: str
    source: str
    output: str
    timed: bool = False  # prints times, which differ from machine to machine


@dataclass(frozen=True)
class FigureBlock:
    """A live figure by name; the controls in `fixed` keep these values here, in the text's own spelling."""

    name: str
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """One answer of a quiz, and why it is right or wrong."""

    text: str
    right: bool
    why: str


@dataclass(frozen=True)
class Quiz:
    """A question with exactly one right answer; texts are Markdown of one paragraph."""

    key: str
    question: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class HomeworkBlock:
    """What is asked for (Markdown), and the file that the reader starts from."""

    name: str
    statement: str
    starter: str


Block = Prose | Formula | Code | FigureBlock | Quiz | HomeworkBlock
