"""`--ascii` and NO_COLOR: no state of the screen has another character, or a colour."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import LESSONS, opened_list, text_of, write_lesson
from rich.style import Style
from states import LESSON, states_of_the_list, states_of_the_player
from textual.pilot import Pilot

from engine.reading.reader import read_lesson
from tui.filters.in_ascii import cells_in_ascii
from tui.formulas.formulas import formulas_to_ascii

# It is a long way through all states, and a loaded machine takes its time.
pytestmark = pytest.mark.timeout(400)


async def test_every_state_of_the_screen_is_ascii_and_without_colours(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    write_lesson(folder, LESSON)
    async with opened_list(folder, (120, 40), in_ascii=True) as pilot:
        not_ascii, coloured = {}, {}
        for states in (states_of_the_list(pilot), states_of_the_player(pilot)):
            async for state in states:
                text = text_of(pilot)
                if not text.isascii():
                    not_ascii[state] = [line for line in text.split("\n") if not line.isascii()]
                if styles := coloured_styles(pilot):
                    coloured[state] = styles

    assert (not_ascii, coloured) == ({}, {})


def coloured_styles(pilot: Pilot[None]) -> list[Style]:
    """The styles on the screen that give their text or its ground a colour."""
    strips = pilot.app.screen._compositor.render_strips()
    styles = {segment.style for strip in strips for segment in strip if segment.style}
    return [style for style in styles if not is_colourless(style)]


def is_colourless(style: Style) -> bool:
    return all(one is None or one.is_default for one in (style.color, style.bgcolor))


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*.py")), ids=lambda path: path.stem)
def test_every_step_of_every_lesson_is_written_in_ascii(path: Path) -> None:
    for step in read_lesson(path).steps:
        prose = step.prose_in("en")

        shown = cells_in_ascii(formulas_to_ascii(prose))

        assert shown.isascii()
        assert shown.count("?") == prose.count("?")
