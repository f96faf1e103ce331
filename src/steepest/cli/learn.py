"""`steepest learn`: the course. Exit 0 done (a check: all is right), 1 a check that is not right yet, 2 a mistake."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..core.errors import BadFile, BadValue
from ..core.language import reader
from ..core.registry import unknown
from .options import language

__all__ = ["command"]


@click.command("learn")
@click.argument("chapter", required=False)
@language
@click.option("--text", is_flag=True, help="Print the chapter here instead of opening it in the lab.")
@click.option("--starter", metavar="NAME", help="Print the file that a homework starts from.")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Write the starter file here.")
@click.option(
    "--notebook", metavar="FILE", type=click.Path(path_type=Path), help="Write CHAPTER as a Jupyter notebook."
)
@click.option("--check", metavar="FILE", type=click.Path(path_type=Path), help="Check homework.")
def command(
    chapter: str | None,
    lang: str | None,
    text: bool,
    starter: str | None,
    out: Path | None,
    notebook: Path | None,
    check: Path | None,
) -> None:
    """List the chapters, open CHAPTER in the lab, or work on its homework.

    \b
    steepest learn                    the chapters, and how far you are
    steepest learn 1.2                in the browser, with live figures
    steepest learn 1.2 --text         in the terminal
    steepest learn 1.2 --notebook 1.2.ipynb
    steepest learn 1.2 --starter neuron > neuron.py
    steepest learn --check neuron.py
    """
    from ..course.contents import CHAPTERS, absent

    lang = reader() if lang is None else lang
    if chapter is not None and chapter not in CHAPTERS:
        raise absent(chapter, lang)
    if sum((text, starter is not None, notebook is not None, check is not None)) > 1:
        raise BadValue("--text, --starter, --notebook and --check exclude each other; give one")
    if out is not None and starter is None:
        raise BadValue("--out goes with --starter NAME")
    if check is not None:
        _check(check, chapter, lang)
    elif chapter is None:
        if text or starter is not None or notebook is not None:
            raise BadValue(f"say which chapter, e.g. steepest learn {CHAPTERS[0]} --text")
        from .chapters import print_chapters

        print_chapters(lang)
    elif starter is not None:
        _starter(chapter, starter, out)
    elif notebook is not None:
        _notebook(chapter, notebook, lang)
    elif text:
        from .chapters import print_chapter

        print_chapter(chapter, lang)
    else:
        from ..web.serve import open_lab

        open_lab(path=f"/course/{chapter}?lang={lang}")


def _notebook(chapter: str, path: Path, lang: str) -> None:
    from ..course.notebook import write
    from ..devices import prepare

    prepare()
    write(path, chapter, lang)
    said = {
        "en": f"wrote {path}; open it with: jupyter lab {path}",
        "zh": f"已写入 {path}；打开它：jupyter lab {path}",
    }
    print(f"steepest: {said[lang]}", file=sys.stderr)


def _starter(chapter: str, name: str, out: Path | None) -> None:
    from ..course.chapter import homework

    tasks = homework(chapter)
    if name not in tasks:
        raise unknown(f"homework of chapter {chapter}", name, list(tasks))
    if out is None:
        sys.stdout.write(tasks[name].starter)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(tasks[name].starter)
    except FileExistsError:
        raise BadFile(f"{out} exists; your work is not overwritten, choose another name") from None
    except OSError as error:
        raise BadFile(f"{out} cannot be written: {error.strerror}") from error
    print(f"steepest: wrote {out}; check it with: steepest learn --check {out}", file=sys.stderr)


def _check(file: Path, chapter: str | None, lang: str) -> None:
    from ..course.grading import grade, identify
    from ..course.progress import Progress

    chapter, name = identify(file, chapter)
    verdict = grade(file, chapter, name)
    Progress().handed_in(chapter, name, verdict.right)
    for step in verdict.passed:
        print("✓", step[lang])
    if verdict.step is not None and verdict.hint is not None:
        print("✗", verdict.step[lang])
        print("  →", verdict.hint[lang])
    said = {
        "en": f"{chapter} {name}: " + ("right" if verdict.right else "not yet"),
        "zh": f"{chapter} {name}：" + ("全部正确" if verdict.right else "还没全对"),
    }
    print(said[lang])
    if not verdict.right:
        click.get_current_context().exit(1)
