"""A session as a notebook of format 4: the texts, the code that ran, and what it wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from engine.lesson.model import ChoiceQuestion, Question
from engine.taking_home.changes import WrittenChanges
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
    notebook = {
        "cells": [{"id": f"cell-{at}", **cell} for at, cell in enumerate(cells)],
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3", "language": "python", "name": "python3",
            },
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }  # fmt: skip
    text = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
    return Document(text, changes.inexact)


def _head(taken: TakenSession) -> Iterator[dict[str, Any]]:
    title = taken.lesson.header.title.in_language(taken.language)
    first = taken.steps[0].step.prose_in(taken.language) if taken.steps else ""
    if not first.lstrip().startswith("# "):
        yield _text(f"# {title}")


def _cells_of(
    one: TakenStep, changes: WrittenChanges, taken: TakenSession, count: int
) -> Iterator[dict[str, Any]]:
    step = one.step
    questions = map(_asked, step.questions_in(taken.language))
    parts = [part for part in (step.prose_in(taken.language), *questions) if part]
    if parts:
        yield _text("\n\n".join(parts))
    if step.cell is not None:
        source = changes.cells.get(step.index, one.source)
        if one.has_begun and not one.is_done:
            source = f"# {taken.words.not_to_its_end}\n{source}"
        yield _code(source, one.output, count if one.has_begun else None)
    for view in step.views:
        yield _code(view.source, "", None)


def _behind(changes: WrittenChanges, step: int, taken: TakenSession) -> list[dict[str, Any]]:
    lines = changes.behind.get(step, ())
    return [_code("\n".join([f"# {taken.words.changed}", *lines]), "", None)] if lines else []


def _asked(question: Question) -> str:
    options = question.options if isinstance(question, ChoiceQuestion) else ()
    listed = "\n".join(f"- {option.text}" for option in options)
    return "\n\n".join(part for part in (question.text, listed) if part)


def _text(markdown: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": markdown}


def _code(source: str, output: str, count: int | None) -> dict[str, Any]:
    stream = {"output_type": "stream", "name": "stdout", "text": output}
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": {},
        "outputs": [stream] if output else [],
        "source": source,
    }
