"""`--ascii`: no state of the screen has a character that is not ASCII."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import LESSONS, opened_list, text_of, write_lesson
from states import LESSON, states_of_the_list, states_of_the_player

from engine.lesson.reader import read_lesson
from tui.formulas.formulas import formulas_to_ascii
from tui.rendering.in_ascii import cells_in_ascii

# It is a long way through all states, and a loaded machine takes its time.
pytestmark = pytest.mark.timeout(400)


async def test_every_state_of_the_screen_is_ascii(folder: Path) -> None:
    write_lesson(folder, LESSON)
    async with opened_list(folder, (120, 40), in_ascii=True) as pilot:
        found = {}
        for states in (states_of_the_list(pilot), states_of_the_player(pilot)):
            async for state in states:
                text = text_of(pilot)
                if not text.isascii():
                    found[state] = [line for line in text.split("\n") if not line.isascii()]

    assert not found


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*.py")), ids=lambda path: path.stem)
def test_every_step_of_every_lesson_is_written_in_ascii(path: Path) -> None:
    for step in read_lesson(path).steps:
        prose = step.prose_in("en")

        shown = cells_in_ascii(formulas_to_ascii(prose))

        assert shown.isascii()
        assert shown.count("?") == prose.count("?")
