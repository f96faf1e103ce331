"""The Markdown of a chapter, taken apart into its title, its summary and its blocks.

A directive is a fenced block whose info string is a kind and its arguments; other fences (```sh) are prose.

    ```code forward            shows that cell of code.py with its recorded output; empty
    ```figure ewma beta=0.9    a live figure, with beta kept at 0.9; empty
    ```formula                 the body is LaTeX
    ```quiz learning-rate      question, then `- [ ] wrong :: why not` and `- [x] right :: why`
    ```homework neuron         the body says what is asked for

Nothing is looked up here: a directive is a name and a body, `chapter.py` joins it with code, figures and checkers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markdown_it import MarkdownIt

from ..core.errors import BadFile
from ..core.registry import unknown
from .blocks import Answer, Quiz

__all__ = ["DIRECTIVES", "Directive", "Parts", "parts", "quiz"]

DIRECTIVES = ("code", "figure", "formula", "quiz", "homework")
LISTINGS = ("", "sh", "console", "python", "text")  # fences that stay prose
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_ANSWER = re.compile(r"- \[([ x])\] (.+)")


@dataclass(frozen=True)
class Directive:
    """One directive: its kind, its name ("" for a formula), its key=value arguments, its body and its line."""

    kind: str
    name: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    line: int = 0


@dataclass(frozen=True)
class Parts:
    """A text in order: title, first paragraph, then prose (str) and directives."""

    title: str
    summary: str
    body: tuple[str | Directive, ...]


def _directive(info: str, body: str, line: int) -> Directive | None:
    """The directive of a fence, or None when the fence is a listing."""
    kind, *words = info.split() or [""]
    if not words and kind in LISTINGS:
        return None
    if kind not in DIRECTIVES:
        raise unknown("directive", kind, DIRECTIVES)
    name = "" if kind == "formula" else words.pop(0) if words else ""
    if (kind == "formula") is bool(_NAME.fullmatch(name)):
        raise BadFile(f"{kind} needs a name in small letters, got {name!r}")
    pairs = [word.partition("=") for word in words]
    if any(not (key and equals and value) for key, equals, value in pairs) or (pairs and kind != "figure"):
        raise BadFile(f"{kind} {name}: {' '.join(words)!r} is not a list of key=value that a {kind} takes")
    if bool(body.strip()) is (kind in ("code", "figure")):
        raise BadFile(f"{kind} {name} " + ("must not have a body" if body.strip() else "needs a body"))
    return Directive(kind, name, {key: value for key, _, value in pairs}, body.strip("\n"), line)


def parts(text: str, file: str = "text") -> Parts:
    """`text` taken apart. Raises `BadFile` that names `file` and the line."""
    lines = text.splitlines()
    body: list[str | Directive] = []
    end = 0
    for token in MarkdownIt("commonmark").parse(text):
        if token.type != "fence" or token.map is None or token.level:
            continue
        first, last = token.map
        try:
            directive = _directive(token.info.strip(), token.content, first + 1)
        except ValueError as error:
            raise BadFile(f"{file}, line {first + 1}: {error}") from error
        if directive is not None:
            body += ["\n".join(lines[end:first]).strip("\n"), directive]
            end = last
    body.append("\n".join(lines[end:]).strip("\n"))
    head = str(body[0]).split("\n\n", 2)
    if len(head) < 2 or not head[0].startswith("# ") or head[1].startswith("#"):
        raise BadFile(f"{file}: it must begin with a line `# Title` and a paragraph that sums it up")
    body[0] = head[2] if len(head) > 2 else ""
    return Parts(head[0][2:].strip(), " ".join(head[1].split()), tuple(b for b in body if b))


def quiz(directive: Directive) -> Quiz:
    """The quiz in a directive's body. Raises `BadFile` unless exactly one answer is right and each says why."""
    question: list[str] = []
    given: list[list[str]] = []
    for line in directive.body.splitlines():
        if line.startswith("- ["):
            given.append([line])
        elif given:
            given[-1].append(line.strip())
        else:
            question.append(line)
    answers = []
    for one in given:
        match = _ANSWER.fullmatch(" ".join(one).strip())
        text, _, why = match[2].partition(" :: ") if match else ("", "", "")
        if match is None or not text.strip() or not why.strip():
            raise BadFile(f"quiz {directive.name}: {one[0]!r} is not `- [x] answer :: why`")
        answers.append(Answer(text.strip(), match[1] == "x", why.strip()))
    if len(answers) < 2 or sum(a.right for a in answers) != 1 or not "".join(question).strip():
        raise BadFile(f"quiz {directive.name} needs a question and answers of which exactly one is right")
    return Quiz(directive.name, "\n".join(question).strip(), tuple(answers))
