"""A chapter as a Jupyter notebook (format 4.5), plain data: text, formulas, cells with their recorded outputs, figures.

A figure is a call that draws it again, under it the picture at the settings of the text (where matplotlib is
installed). What a cell is called is what the chapter calls it, so that the same chapter is the same file.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..core.errors import BadFile, Unavailable
from .blocks import Block, Code, FigureBlock, Formula, HomeworkBlock, Prose, Quiz
from .chapter import chapter
from .controls import Control
from .figures.registry import figure

__all__ = ["notebook", "write"]

WORDS = {
    "run": {
        "en": 'Run the cells from top to bottom, and change them. They need `pip install "steepest[notebook]"`.',
        "zh": '请从上到下依次运行各个单元格，也可以随意修改。运行需要 `pip install "steepest[notebook]"`。',
    },
    "figure": {"en": "Change what you like:", "zh": "可以随意修改："},
    "controls": {"en": "It has no settings.", "zh": "没有可调的参数。"},
    "to": {"en": "to", "zh": "到"},
    "quiz": {"en": "Question", "zh": "想一想"},
    "answer": {"en": "The answer", "zh": "答案"},
    "right": {"en": "Right: ", "zh": "正确。"},
    "wrong": {"en": "Wrong: ", "zh": "错误。"},
    "homework": {"en": "Homework", "zh": "作业"},
    "start": {"en": "Begin with this file", "zh": "从这个文件开始"},
    "check": {
        "en": "In a terminal, write the file and have your work checked:",
        "zh": "在终端里生成这个文件，写好后检查：",
    },
}


def notebook(id: str, lang: str = "en", pictures: bool = True) -> dict[str, Any]:
    """Chapter `id` in language `lang`; `pictures`: the figures are computed and drawn."""
    one = chapter(id, lang)
    head = f"# {id} {one.title}\n\n{one.summary}\n\n*{WORDS['run'][lang]}*"
    cells = [_text("chapter", head)]
    for i, block in enumerate(one.blocks):
        for k, cell in enumerate(_cells(block, id, lang, pictures)):
            cells.append({**cell, "id": f"{type(block).__name__.lower()}-{i}-{k}"})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}, "title": f"{id} {one.title}"}
    return {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}


def write(path: str | os.PathLike[str], id: str, lang: str = "en") -> Path:
    """Write chapter `id` to `path`. Raises `BadFile` when that exists, since it may hold the reader's work."""
    text = json.dumps(notebook(id, lang), ensure_ascii=False, indent=1) + "\n"
    try:
        with open(path, "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise BadFile(f"{path} exists; your work is not overwritten, choose another name") from None
    except OSError as error:
        raise BadFile(f"{path} cannot be written: {error.strerror}") from error
    return Path(path)


def _text(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": source}


def _code(source: str, outputs: Sequence[Mapping[str, Any]], about: Mapping[str, Any]) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "id": "", "metadata": dict(about), "outputs": list(outputs),
            "source": source}  # fmt: skip


def _cells(block: Block, id: str, lang: str, pictures: bool) -> Iterator[dict[str, Any]]:
    match block:
        case Prose(markdown):
            yield _text("", markdown)
        case Formula(latex):
            yield _text("", f"$$\n{latex}\n$$")
        case Code(name, source, output):
            printed = {"name": "stdout", "output_type": "stream", "text": output + "\n"}
            yield _code(source, [printed] if output else [], {"name": name})
        case FigureBlock():
            yield from _figure(block, lang, pictures)
        case Quiz():
            yield _text("", _quiz(block, lang))
        case HomeworkBlock(name, statement, starter):
            yield _text(
                "",
                f"**{WORDS['homework'][lang]} `{name}`**\n\n{statement}\n\n{WORDS['check'][lang]}\n\n"
                f"```sh\nsteepest learn {id} --starter {name} > {name}.py\nsteepest learn --check {name}.py\n```\n\n"
                f"<details><summary>{WORDS['start'][lang]}</summary>\n\n```python\n{starter}```\n\n</details>",
            )


def _figure(block: FigureBlock, lang: str, pictures: bool) -> Iterator[dict[str, Any]]:
    one = figure(block.name)
    fixed = {name: value for name, value in one.values(**block.fixed).items() if name in block.fixed}
    controls = "\n".join(_control(control, lang) for control in one.controls)
    said = f"{WORDS['figure'][lang]}\n\n{controls}" if controls else WORDS["controls"][lang]
    yield _text("", f"**{one.title[lang]}**\n\n{said}")
    given = [f"{name}={value!r}" for name, value in fixed.items()] + ([f"lang={lang!r}"] if lang != "en" else [])
    call = f'from steepest.course import figure\n\nfigure("{block.name}").plot({", ".join(given)})'
    shown = _picture(block, lang) if pictures else None
    yield _code(call, [shown] if shown else [], {"tags": ["figure"]})


def _picture(block: FigureBlock, lang: str) -> dict[str, Any] | None:
    """The figure as a notebook keeps it; None without matplotlib."""
    try:
        png, about = figure(block.name).plot(lang=lang, **block.fixed)._repr_png_()
    except Unavailable:
        return None
    image = base64.b64encode(png).decode() + "\n"
    return {"data": {"image/png": image}, "metadata": {"image/png": about}, "output_type": "display_data"}


def _control(control: Control, lang: str) -> str:
    match control.kind:
        case "range":
            takes = f"{control.minimum:g} {WORDS['to'][lang]} {control.maximum:g}"
        case "choice":
            takes = " · ".join(f'`"{name}"`' for name, _ in control.choices)
        case _:
            takes = "`True` · `False`"
    about = {"en": f", {control.label[lang]}: ", "zh": f"（{control.label[lang]}）："}
    return f"- `{control.name}={control.default!r}`{about[lang]}{takes}"


def _quiz(quiz: Quiz, lang: str) -> str:
    letters = "ABCDEFGH"[: len(quiz.answers)]
    asked = "\n".join(f"- **{a}** {one.text}" for a, one in zip(letters, quiz.answers, strict=True))
    told = "\n".join(
        f"- **{a}** {WORDS['right' if one.right else 'wrong'][lang]}{one.why}"
        for a, one in zip(letters, quiz.answers, strict=True)
    )
    return (
        f"**{WORDS['quiz'][lang]}**\n\n{quiz.question}\n\n{asked}\n\n"
        f"<details><summary>{WORDS['answer'][lang]}</summary>\n\n{told}\n\n</details>"
    )
