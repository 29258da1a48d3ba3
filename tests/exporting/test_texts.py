"""What stands above a step in a document."""

from __future__ import annotations

import pytest

from engine.lesson.model import Cell, Prose, Step
from tui.exporting.texts import heading_of


@pytest.mark.parametrize(
    ("title", "prose", "heading"),
    [
        ("The words", "", "The words"),
        ("len(words)", "", None),
        ("len(words)", "How many are there?", None),
        ("How many are there?", "How many are there? I count.", None),
        ("The words", "## The words\nHow many?", None),
    ],
)
def test_a_title_that_the_text_or_the_code_begins_with_is_not_said_twice(
    title: str, prose: str, heading: str | None
) -> None:
    text = (Prose(prose, "", 1),) if prose else ()
    step = Step(0, title, text, Cell("", "len(words)", 1))

    assert heading_of(step, "en") == heading
