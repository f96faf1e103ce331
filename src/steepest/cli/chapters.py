"""The course in a terminal: the list of chapters with the reader's progress, and one chapter as text."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group
from rich.markdown import Markdown
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from ..course.blocks import Block, Code, FigureBlock, Formula, HomeworkBlock, Prose, Quiz
from ..course.chapter import Chapter, chapter
from ..course.contents import CHAPTERS, contents
from ..course.figures.registry import figure
from ..course.latex import inline, unicode
from ..course.progress import Progress

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["print_chapter", "print_chapters"]

WIDEST = 100
WORDS = {
    "en": {"chapter": "chapter", "title": "", "minutes": "minutes", "quizzes": "quizzes", "homework": "homework",
           "figure": "Figure", "live": "live in the lab: steepest learn {}", "quiz": "Quiz", "answers": "Answers",
           "stop": ". ", "task": "Homework", "start": "start from: steepest learn {} --starter {} --out {}.py",
           "check": "check it:   steepest learn --check {}.py", "recorded": "times of the machine that recorded them",
           "coming": "to come"},
    "zh": {"chapter": "章", "title": "", "minutes": "分钟", "quizzes": "小测", "homework": "作业",
           "figure": "图", "live": "在实验室里动手：steepest learn {}", "quiz": "小测", "answers": "答案",
           "stop": "：", "task": "作业", "start": "起始文件：steepest learn {} --starter {} --out {}.py",
           "check": "检查：    steepest learn --check {}.py", "recorded": "用时是记录这些输出的那台机器的",
           "coming": "待写"},
}  # fmt: skip
# Rich breaks lines at white space alone. Chinese has none: where a line may end, it gets a mark that Rich takes for
# white space and that is taken out again before anything is written.
MARK = "\x1f"
_PLACES = re.compile(
    "(?<=[\u4e00-\u9fff、。，；：！？）》”])(?=[\u4e00-\u9fffA-Za-z0-9（《“])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff（《“])"
)


def print_chapters(lang: str) -> None:
    """Every chapter by part: id, title, reading time, quizzes answered right, homework done; those to come in grey."""
    say, records = WORDS[lang], Progress().chapters()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("chapter", "title"):
        table.add_column(say[key])
    for key in ("minutes", "quizzes", "homework"):
        table.add_column(say[key], justify="right")
    for part in contents():
        table.add_row("", Text(part.title[lang], style="bold"))
        for id, title in part.chapters.items():
            if id not in CHAPTERS:
                table.add_row(id, title[lang], say["coming"], style="dim")
                continue
            blocks, record = chapter(id, lang).blocks, records.get(id, {"quizzes": {}, "homework": {}})
            quizzes = _share([b.key for b in blocks if isinstance(b, Quiz)], record["quizzes"])
            tasks = _share([b.name for b in blocks if isinstance(b, HomeworkBlock)], record["homework"])
            table.add_row(id, title[lang], str(chapter(id, lang).minutes), quizzes, tasks)
    _console().print(table)


def _share(keys: list[str], record: dict[str, Any]) -> str:
    return f"{sum(bool(record.get(key)) for key in keys)}/{len(keys)}"


def print_chapter(id: str, lang: str) -> None:
    """Chapter `id` from its title to the answers of its quizzes."""
    one = chapter(id, lang)
    console = _console()
    shown: list[RenderableType] = [Markdown(f"# {one.title}"), _markdown(f"*{one.summary}*")]
    shown += [_shown(block, one) for block in one.blocks]
    shown.append(Markdown(f"## {WORDS[lang]['answers']}"))
    shown += [_markdown(_solution(block)) for block in one.blocks if isinstance(block, Quiz)]
    with console.capture() as written:
        for part in shown:
            console.print(part)
            console.print()
    sys.stdout.write(written.get().replace(MARK, ""))


def _markdown(text: str) -> Markdown:
    return Markdown(_PLACES.sub(MARK, inline(text)))


def _console() -> Console:
    console = Console(highlight=False)
    return Console(highlight=False, width=min(console.width, WIDEST))


def _shown(block: Block, one: Chapter) -> RenderableType:
    say = WORDS[one.language]
    match block:
        case Prose():
            return _markdown(block.markdown)
        case Formula():
            return Padding(Text(unicode(block.latex), style="bold"), (0, 4))
        case Code():
            return Padding(Group(*_cell(block, say)), (0, 2))
        case FigureBlock():
            title = figure(block.name).title[one.language]
            return Text(f"▸ {say['figure']}{say['stop']}{title}\n  {say['live'].format(one.id)}", style="cyan")
        case Quiz():
            lines = [f"{letter}. {a.text}" for letter, a in zip("ABCDEFGH", block.answers, strict=False)]
            return _markdown(f"**{say['quiz']}**{say['stop']}{block.question}\n\n" + "\\\n".join(lines))
        case HomeworkBlock():
            start = say["start"].format(one.id, block.name, block.name)
            commands = Text(f"  {start}\n  {say['check'].format(block.name)}", style="cyan")
            return Group(_markdown(f"**{say['task']} {block.name}**{say['stop']}{block.statement}"), "", commands)


def _cell(block: Code, say: dict[str, str]) -> Iterator[RenderableType]:
    yield Syntax(block.source, "python", theme="ansi_light", background_color="default", word_wrap=True)
    if block.output:
        yield Text("\n".join(f"│ {line}" for line in block.output.splitlines()), style="dim")
    if block.timed:
        yield Text(f"({say['recorded']})", style="dim italic")


def _solution(block: Quiz) -> str:
    given = list(zip("ABCDEFGH", block.answers, strict=False))
    return f"{block.question}\n\n" + "\\\n".join(f"{'✓' if a.right else '✗'} {letter}. {a.why}" for letter, a in given)
