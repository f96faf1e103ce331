"""Chapters for the page: prose as HTML, formulas as MathML, code highlighted; what to type to have homework checked."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from ..core.errors import BadValue
from ..core.registry import unknown
from ..course import CHAPTERS, chapter, contents, figure
from ..course.blocks import Block, Code, FigureBlock, Formula, HomeworkBlock, Prose, Quiz
from ..course.glossary import glossary
from ..course.html import html, mathml
from ..course.progress import Progress

__all__ = ["answered", "listed", "notebook", "page"]

_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def listed(lang: str, home: Path) -> dict[str, Any]:
    """Every chapter by part, and how far the reader has come; of one that is not yet `written`, the title alone."""
    known = Progress(home).chapters()

    def line(id: str, title: str) -> dict[str, Any]:
        if id not in CHAPTERS:
            return {"id": id, "title": title, "written": False}
        return {**_line(id, lang), "written": True, "progress": _progress(id, lang, known.get(id))}

    return {
        "parts": [
            {"title": part.title[lang], "chapters": [line(id, title[lang]) for id, title in part.chapters.items()]}
            for part in contents()
        ]
    }


def page(id: str, lang: str, home: Path) -> dict[str, Any]:
    """One chapter, block by block. Opening it counts as progress."""
    told = _page(id, lang)
    progress = Progress(home)
    progress.opened(id)
    return {**told, **listed(lang, home), "progress": progress.chapters().get(id)}


def notebook(id: str, lang: str) -> str:
    """One chapter as a Jupyter notebook."""
    from ..course.notebook import notebook as made

    return json.dumps(made(id, lang), ensure_ascii=False, indent=1) + "\n"


def answered(given: Any, home: Path) -> None:
    """Keep that a quiz was answered: {"chapter", "quiz", "right"}."""
    if not isinstance(given, dict) or not isinstance(given.get("right"), bool):
        raise BadValue('an answer is {"chapter": "2.2", "quiz": "…", "right": true}')
    id, quiz = str(given.get("chapter")), str(given.get("quiz"))
    keys = [block.key for block in chapter(id, "en").blocks if isinstance(block, Quiz)]
    if quiz not in keys:
        raise unknown(f"quiz of chapter {id}", quiz[:80], keys)
    Progress(home).answered(id, quiz, given["right"])


def _line(id: str, lang: str) -> dict[str, Any]:
    one = chapter(id, lang)
    return {"id": id, "title": one.title, "summary": html(one.summary, inline=True), "minutes": one.minutes}


def _progress(id: str, lang: str, record: Any) -> dict[str, Any]:
    """Done and there: quizzes and homework together."""
    tasks = [block for block in chapter(id, lang).blocks if isinstance(block, Quiz | HomeworkBlock)]
    record = record or {"opened": False, "quizzes": {}, "homework": {}}
    done = sum(
        bool(record["quizzes"].get(task.key) if isinstance(task, Quiz) else record["homework"].get(task.name))
        for task in tasks
    )
    return {"opened": record["opened"], "done": done, "of": len(tasks)}


@cache
def _page(id: str, lang: str) -> dict[str, Any]:
    one = chapter(id, lang)
    sections: list[str] = []
    blocks = [_block(block, id, sections) for block in one.blocks]
    terms = [glossary()[key] for key in one.terms]
    return {
        **_line(id, lang),
        "lang": lang,
        "blocks": blocks,
        "sections": sections,
        "terms": [{"words": dict(t.words), "about": t.about[lang]} for t in terms],
    }


def _block(block: Block, id: str, sections: list[str]) -> dict[str, Any]:
    match block:
        case Prose(markdown):
            return {"kind": "prose", "html": _numbered(html(markdown), sections)}
        case Formula(latex):
            return {"kind": "formula", "html": mathml(latex, block=True), "latex": latex}
        case Code(name, source, output, timed):
            shown = {"html": highlighted(source), "source": source, "output": output, "timed": timed}
            return {"kind": "code", "name": name, **shown}
        case FigureBlock(name, fixed):
            return {"kind": "figure", "figure": figure(name).as_dict(), "fixed": dict(fixed)}
        case Quiz(key, question, answers):
            told = [{"text": html(a.text, True), "right": a.right, "why": html(a.why, True)} for a in answers]
            return {"kind": "quiz", "key": key, "question": html(question), "answers": told}
        case HomeworkBlock(name, statement, starter):
            return {
                "kind": "homework",
                "name": name,
                "html": html(statement),
                "starter": starter,
                "starter_html": highlighted(starter),
                "commands": [f"steepest learn {id} --starter {name} > {name}.py", f"steepest learn --check {name}.py"],
            }


def _numbered(text: str, sections: list[str]) -> str:
    """Section headings with ids that are the same in both languages; their texts are noted."""

    def heading(found: re.Match[str]) -> str:
        sections.append(_TAG.sub("", found[1]))
        return f'<h2 id="s{len(sections)}">{found[1]}</h2>'

    return _HEADING.sub(heading, text)


def highlighted(source: str) -> str:
    """Python as spans whose classes say what each piece is."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    text: str = highlight(source, PythonLexer(), HtmlFormatter(nowrap=True))
    return text.rstrip("\n")
