"""The executable course: chapters in Chinese and English, their code, figures, quizzes and homework. No JAX at import.

    course.CHAPTERS                    the ids of what is written, in order; course.contents() has what is to come too
    course.chapter("1.2", "zh")        one chapter's blocks
    course.figure("ewma").chart(beta=0.9)

Text is data: a chapter is two Markdown files with the same directives, one Python file of cells and a file of
checkers. Faces (terminal, web) show it; nothing here draws. Figures are computed when asked for, and only then is JAX
imported.
"""

from __future__ import annotations

from .chapter import Chapter, chapter
from .contents import CHAPTERS, contents
from .figures.registry import FIGURES, figure

__all__ = ["CHAPTERS", "FIGURES", "Chapter", "chapter", "contents", "figure"]
