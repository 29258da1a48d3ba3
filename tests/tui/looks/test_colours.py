"""Colours: readable in every theme, chosen well among sixteen, and not needed at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from driving import HALVING, opened, opened_list, press, settle, write_lesson
from rich.segment import Segment
from rich.style import Style
from states import LESSON, states_of_the_list, states_of_the_player
from textual.pilot import Pilot
from textual.screen import ModalScreen

from tui.app import TutorchApp
from tui.filters.contrast import FOR_MARKS, FOR_TEXT, RGB, contrast
from tui.themes import NOT_OFFERED, palette_of

# It is a long way through all states, and a loaded machine takes its time.
pytestmark = pytest.mark.timeout(400)

# Of these pictures are made, and the empty parts of frames.
_NO_MARK = re.compile(r"[\s\u2580-\u259f]*")
FEW_THEMES = ("textual-dark", "textual-light", "nord", "solarized-light")


EXERCISE = """
    # ---
    # tutorch:
    #   title: Twice
    # ---

    # %% Twice tags=["exercise"]
    doubled = 3

    # %% [markdown] tags=["hint"]
    # Think.

    # %% tags=["solution"]
    doubled = 6

    # %% tags=["check"]
    assert doubled == 6, "it should be 6"
"""
TWO_CURVES = """
    # %% Draw
    n = 1

    # %% A drawing view="every epoch"
    import plotext

    plotext.plot([1, 2, 3], marker="braille", color="red")
    plotext.plot([3, 1, 2], marker="braille", color="cyan")
    plotext.show()
"""


def segments_in_sight(pilot: Pilot[None]) -> Iterator[Segment]:
    """What is on the screen, but not what a dialog covers: that is dimmed on purpose."""
    screen = pilot.app.screen
    covered = screen.query_children("*").first().region if isinstance(screen, ModalScreen) else None
    for row, strip in enumerate(screen._compositor.render_strips()):
        if covered is None:
            yield from strip
        elif covered.y <= row < covered.bottom:
            yield from strip.crop(covered.x, covered.right)


def colours_of(style: Style) -> tuple[RGB, RGB]:
    assert style.color is not None
    assert style.bgcolor is not None
    text, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor()
    return (text.red, text.green, text.blue), (ground.red, ground.green, ground.blue)


def hardly_told(pilot: Pilot[None]) -> set[str]:
    """The texts on the screen that have too little contrast with their ground."""
    found = set()
    for segment in segments_in_sight(pilot):
        if _NO_MARK.fullmatch(segment.text) or segment.style is None or not segment.style.color:
            continue
        least = FOR_TEXT if re.search(r"\w", segment.text) else FOR_MARKS
        text, ground = colours_of(segment.style)
        if contrast(text, ground) < least:
            found.add(f"{segment.text} {segment.style}")
    return found


def offered() -> list[str]:
    return sorted(TutorchApp(Path()).available_themes)


async def test_every_state_can_be_read_and_every_theme_is_readable(folder: Path) -> None:
    write_lesson(folder, LESSON)
    async with opened_list(folder, (120, 40)) as pilot:
        found = {}
        # All themes in all states would take minutes: each has its turn.
        themes, number = cycle(offered()), 0
        for states in (states_of_the_list(pilot), states_of_the_player(pilot)):
            async for state in states:
                number += 1
                if number % 2:
                    pilot.app.theme = next(themes)
                    await settle(pilot)
                if lost := hardly_told(pilot):
                    found[f"{pilot.app.theme}: {state}"] = lost

    assert not found


@pytest.mark.parametrize("name", offered())
def test_what_we_draw_with_is_told_from_the_grounds_of_the_theme(name: str) -> None:
    theme = TutorchApp(Path()).available_themes[name]
    palette = palette_of(theme)

    colours = (
        palette.text,
        palette.dim,
        palette.accent,
        palette.good,
        palette.warning,
        palette.bad,
    )

    for ground in (palette.ground, palette.running_line, palette.next_line):
        for colour in (*colours, palette.negative, palette.positive, *palette.series):
            assert contrast(rgb(colour), rgb(ground)) >= FOR_TEXT, (colour, ground)


def rgb(colour: str) -> RGB:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def test_no_theme_is_offered_that_draws_on_the_terminals_own_ground() -> None:
    themes = TutorchApp(Path()).available_themes

    assert not set(NOT_OFFERED) & set(themes)
    assert not any(theme.ansi for theme in themes.values())


async def test_a_theme_that_was_chosen_once_and_is_no_more_offered_is_left(folder: Path) -> None:
    async with opened_list(folder) as pilot:
        assert isinstance(pilot.app, TutorchApp)
        pilot.app.progress.keep_theme("ansi-light")

    async with opened_list(folder) as pilot:
        assert pilot.app.theme == "textual-dark"


# Sixteen colours


@pytest.fixture
def of_sixteen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-16color")
    monkeypatch.delenv("COLORTERM")


@pytest.mark.usefixtures("of_sixteen")
async def test_among_sixteen_colours_every_state_can_be_read(folder: Path) -> None:
    write_lesson(folder, LESSON)
    async with opened_list(folder, (120, 40)) as pilot:
        found = {}
        for states in (states_of_the_list(pilot), states_of_the_player(pilot)):
            async for state in states:
                lost = hardly_told(pilot)
                if lost or not grounds_in_sight(pilot) <= set(range(8)):
                    found[state] = lost

    assert not found


@pytest.mark.usefixtures("of_sixteen")
async def test_among_sixteen_colours_the_active_pane_is_framed_twice(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING), (120, 40)) as player:
        await player.press("2")

        assert any("╔═ 2 Code" in text for text in rows(player.pilot))


def grounds_in_sight(pilot: Pilot[None]) -> set[int | None]:
    """The numbers of the colours on which something is drawn: eight are on every terminal."""
    return {
        segment.style.bgcolor.number
        for segment in segments_in_sight(pilot)
        if segment.style is not None and segment.style.bgcolor is not None
    }


# No colours


@pytest.fixture
def without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.usefixtures("without_colours")
@pytest.mark.parametrize("theme", FEW_THEMES)
async def test_without_colours_the_lesson_that_is_chosen_is_reversed(
    folder: Path, theme: str
) -> None:
    write_lesson(folder, LESSON, "one.py")
    write_lesson(folder, LESSON, "two.py")
    async with opened_list(folder) as pilot:
        pilot.app.theme = theme
        await press(pilot, "down")

        titles = [row for row, text in enumerate(rows(pilot)) if "Everything" in text]
        are_reversed = [is_reversed(pilot, row, "Everything") for row in titles]

    assert are_reversed == [False, True]


@pytest.mark.usefixtures("without_colours")
async def test_without_colours_the_running_line_is_bold_and_the_active_pane_framed_twice(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, HALVING), (120, 40)) as player:
        await player.press("2", "full_stop")
        await player.is_at(1)
        await player.reads("▶")

        shown = rows(player.pilot)
        marked = next(row for row, text in enumerate(shown) if "▶" in text)

        assert any("╔═ 2 Code" in text for text in shown)
        assert is_bold(player.pilot, marked, "epoch")


@pytest.mark.usefixtures("without_colours")
async def test_without_colours_the_marked_line_of_an_exercise_has_a_mark(folder: Path) -> None:
    async with opened(write_lesson(folder, EXERCISE), (120, 40)) as player:
        await player.press("2", "right_square_bracket")
        await player.is_paused()

        await player.reads("▷doubled = 3")


@pytest.mark.usefixtures("without_colours")
async def test_without_colours_a_second_curve_of_a_drawing_has_a_mark(folder: Path) -> None:
    async with opened(write_lesson(folder, TWO_CURVES), (120, 40)) as player:
        await player.run_step()

        await player.until(lambda: "+" in player.panes.view.text, "a mark")
        assert any("\u2801" <= character <= "\u28ff" for character in player.panes.view.text)


def is_bold(pilot: Pilot[None], row: int, text: str) -> bool:
    strip = pilot.app.screen._compositor.render_strips()[row]
    return any(
        segment.style is not None and bool(segment.style.bold)
        for segment in strip
        if text in segment.text
    )


def rows(pilot: Pilot[None]) -> list[str]:
    return [strip.text for strip in pilot.app.screen._compositor.render_strips()]


def is_reversed(pilot: Pilot[None], row: int, text: str) -> bool:
    strip = pilot.app.screen._compositor.render_strips()[row]
    return any(
        segment.style is not None and bool(segment.style.reverse)
        for segment in strip
        if text in segment.text
    )
