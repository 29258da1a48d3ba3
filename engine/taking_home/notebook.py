"""A session as a notebook of format 4: the texts, the code that ran, and what it wrote."""

from __future__ import annotations

from collections.abc import Iterator

from engine.lesson.model import ChoiceQuestion, Question
from engine.lesson.plain import as_heading
from engine.taking_home.changes import WrittenChanges
from engine.taking_home.notebook_cells import (
    NotebookPart,
    code_cell,
    notebook_text,
    text_cell,
    written_output,
)
from engine.taking_home.script import changes_in
from engine.taking_home.session import Document, TakenSession, TakenStep


def notebook_of(taken: TakenSession) -> Document:
    """The whole lesson in the learner's language; outputs stand with the steps that have run."""
    changes = changes_in(taken, with_end=False)
    cells = [*_head(taken), *_behind(changes, -1, taken)]
    count = 0
    for one in taken.steps:
        count += one.has_begun
        cells += _cells_of(one, changes, taken, count)
        cells += _behind(changes, one.step.index, taken)
    return Document(notebook_text(cells), changes.inexact)


def _head(taken: TakenSession) -> Iterator[NotebookPart]:
    title = taken.lesson.header.title.in_language(taken.language)
    first = taken.steps[0].step.prose_in(taken.language) if taken.steps else ""
    if not first.lstrip().startswith("# "):
        yield text_cell(f"# {as_heading(title)}")


def _cells_of(
    one: TakenStep, changes: WrittenChanges, taken: TakenSession, count: int
) -> Iterator[NotebookPart]:
    step = one.step
    questions = map(_asked, step.questions_in(taken.language))
    parts = [part for part in (step.prose_in(taken.language), *questions) if part]
    if parts:
        yield text_cell("\n\n".join(parts))
    if step.cell is not None:
        source = changes.cells.get(step.index, one.source)
        if one.has_begun and not one.is_done:
            source = f"# {taken.words.not_to_its_end}\n{source}"
        outputs = written_output(one.output)
        yield code_cell(source, outputs, count if one.has_begun else None)
    for view in step.views:
        yield code_cell(view.source)


def _behind(changes: WrittenChanges, step: int, taken: TakenSession) -> list[NotebookPart]:
    lines = changes.behind.get(step, ())
    return [code_cell("\n".join([f"# {taken.words.changed}", *lines]))] if lines else []


def _asked(question: Question) -> str:
    options = question.options if isinstance(question, ChoiceQuestion) else ()
    listed = "\n".join(f"- {option.text}" for option in options)
    return "\n\n".join(part for part in (question.text, listed) if part)
