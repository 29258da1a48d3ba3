"""A played lesson as a plain script in cells, which prints bare what the run has printed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from engine.code.depth import tree_or_none
from engine.lesson.model import Lesson
from engine.lesson.plain import as_heading
from engine.lesson.printable import printable_line
from engine.taking_home.plain import as_python, commented
from tui.exporting.answers import answered_questions
from tui.exporting.played import PlayedLesson, PlayedStep
from tui.exporting.taken import cells_to_take
from tui.exporting.texts import fenced, heading_of
from tui.language.catalogue import Translate
from tui.words.taking_home import taking_home_words

# What the percent format reads as metadata, or as the kind of a cell.
_IS_NO_TITLE = re.compile(r"[=\[{]")


def script_of(played: PlayedLesson, translate: Translate) -> str:
    """The script: texts as comments, and code without what only tutorch reads."""
    language, words = played.language, played.lesson.words
    sources = cells_to_take(played, translate)
    title = printable_line(played.lesson.header.title.in_language(language))
    chunks = [*_docstring(played.lesson), _text(f"# {as_heading(title)}")]
    for one in played.steps:
        chunks += map(_text, _above(one, language, translate))
        if one.step.cell is not None:
            code = _as_code(sources[one.step.index], translate)
            chunks.append(_code(one.step.title_in(language), code))
            chunks += map(_text, _below(one, language, translate))
        chunks += (
            _code(words.said(view.title, language), _as_code(view.source, translate))
            for view in one.step.views
        )
    return "\n\n".join(chunks) + "\n"


def _docstring(lesson: Lesson) -> Iterator[str]:
    """What a program without cells begins with, which is told as text, and is its `__doc__`."""
    if not lesson.is_script:
        return
    tree = tree_or_none(lesson.source)
    match [] if tree is None else tree.body[:1]:
        case [ast.Expr(value=ast.Constant(value=str())) as first]:
            lines = lesson.source.split("\n")
            yield "\n".join(lines[first.lineno - 1 : first.end_lineno])


def _above(one: PlayedStep, language: str, translate: Translate) -> Iterator[str]:
    prose = one.step.prose_in(language)
    title = heading_of(one.step, language)
    parts = [] if title is None else [f"## {as_heading(title)}"]
    parts += [prose] if prose else []
    parts += [asked.question for asked in answered_questions(one, language, translate)]
    if one.step.exercise is not None:
        hints = one.step.exercise.hints_in(language)
        for number, hint in enumerate(hints, 1):
            name = translate("Hint {number} of {count}").format(number=number, count=len(hints))
            parts.append(f"{name}: {hint}")
    if parts:
        yield "\n\n".join(parts)


def _below(one: PlayedStep, language: str, translate: Translate) -> Iterator[str]:
    """The answers, and an exercise's solution."""
    for asked in answered_questions(one, language, translate):
        yield f"**{translate('Answer')}**\n\n{asked.answer}"
    if one.step.exercise is not None:
        solution = fenced(one.step.exercise.solution.source, "python")
        yield f"**{translate('Solution')}**\n\n{solution}"


def _text(markdown: str) -> str:
    # A line that would begin a cell is none here.
    lines = (f" {line}" if line.startswith("%%") else line for line in markdown.split("\n"))
    return "\n".join(["# %% [markdown]", *(f"# {line}".rstrip() for line in lines)])


def _code(title: str, source: str) -> str:
    """A cell; without a title that its line would take for something else, as `lr = 0.1`."""
    title = "" if _IS_NO_TITLE.search(title) else printable_line(title)
    return f"# %% {title}".rstrip() + f"\n{source}"


def _as_code(source: str, translate: Translate) -> str:
    python = as_python(source.rstrip("\n"))
    if python is not None:
        return python
    return f"# {taking_home_words(translate).not_python}\n{commented(source)}"
