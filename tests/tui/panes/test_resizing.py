"""The terminal is made larger and smaller, whatever is on the screen and while training runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from driving import (
    ENDLESS,
    Player,
    opened,
    opened_list,
    press,
    settle,
    text_of,
    wait_until,
    write_lesson,
)
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip

from tui.dialogs.message import MessageScreen
from tui.widgets.strip_pane import StripPane

SIZES = [(40, 12), (300, 100), (60, 20), (120, 12), (40, 60), (80, 24), (200, 15), (41, 13)]
# The bars of loops, and the line to search in.
_MAY_BE_EMPTY = ("loops", "finder")
EXERCISE = f"""
    # ---
    # tutorch:
    #   title: Whole
    # ---
{ENDLESS}
    # %% [markdown]
    # ## Yours
    #
    # What comes?
    #
    # - [ ] Nothing
    #   So it seems.
    # - [x] 무엇이든
    #   Whatever you write.

    # %% Yours tags=["exercise"]
    answer = 1

    # %% [markdown] tags=["hint"]
    # Two.

    # %% tags=["solution"]
    answer = 2

    # %% tags=["check"]
    assert answer == 2
"""


@pytest.fixture
def lesson(folder: Path) -> Path:
    return write_lesson(folder, EXERCISE)


async def write(player: Player, text: str) -> None:
    """Type at the end of the exercise's only line."""
    await player.press("n")
    await player.shows_step(1)
    await player.press("e")
    await player.until(lambda: player.pilot.app.focused is player.editor, "the editor")
    await player.press("end")
    await player.press(*text)


async def stays_whole(pilot: Pilot[None], *texts: str) -> None:
    """See at each size that nothing visible leaves the screen, and that these texts are there."""
    for width, height in SIZES:
        await pilot.resize_terminal(width, height)
        await settle(pilot)
        await wait_until(
            pilot,
            lambda size=(width, height): (
                pilot.app.screen.size == size and not missing(pilot, texts)
            ),
            f"all at {width}x{height}: {texts}",
        )


def missing(pilot: Pilot[None], texts: Sequence[str]) -> list[str]:
    """What is not whole on the screen now."""
    screen, focused, shown = pilot.app.screen, pilot.app.focused, text_of(pilot)
    widgets = [
        widget
        for widget in screen.query_children("*").exclude(".-textual-system")
        if widget.display
    ]
    return [
        *(f"{one} is cut" for one in widgets if not screen.region.contains_region(one.region)),
        *(
            f"{one} is empty"
            for one in widgets
            if not one.region.area and one.id not in _MAY_BE_EMPTY
        ),
        *([f"{focused} is empty"] if focused is not None and not focused.region.area else []),
        *(f"no {text!r}" for text in texts if text not in shown),
    ]


@pytest.mark.parametrize("pane", ["1", "2", "3", "4", "5"])
async def test_the_player_stays_whole_while_it_trains(lesson: Path, pane: str) -> None:
    async with opened(lesson) as player:
        await player.press(pane, "space")
        await player.is_running()

        await stays_whole(player.pilot, "1/2", "running", "space pause", "? more")

        assert player.playback.is_busy
        shown = [player.panes._pane(name) for name in player.panes.in_sight]
        assert all(one.region.area for one in shown)


async def test_the_editor_stays_whole_while_it_is_written_in(lesson: Path) -> None:
    async with opened(lesson) as player:
        await write(player, "23")

        await stays_whole(player.pilot, "answer = 123", "esc done", "f1 more")

        assert player.pilot.app.focused is player.editor


async def test_a_question_stays_whole(lesson: Path) -> None:
    async with opened(lesson) as player:
        await player.press("n", "f5")
        await player.until(lambda: player.is_asked, "the question")

        await stays_whole(player.pilot, "What comes?", "1  Nothing", "2  무엇이든")


async def test_what_is_told_of_an_answer_stays_whole(folder: Path) -> None:
    async with opened(write_lesson(folder, EXERCISE.replace(ENDLESS, ""))) as player:
        await player.press("space")
        await player.answer("2")
        await player.until(lambda: player.record.attempt is not None, "a verdict")
        await player.press("1")

        await stays_whole(player.pilot, "Right.", "Whatever you write.")


async def test_the_difference_stays_whole(lesson: Path) -> None:
    async with opened(lesson) as player:
        await write(player, "2")
        await player.press("escape")
        await player.press("d")
        await player.reads("esc closes")

        await stays_whole(player.pilot, "- answer = 1", "+ answer = 12", "esc closes")


async def test_help_stays_whole_and_keeps_its_columns_apart(lesson: Path) -> None:
    async with opened(lesson) as player:
        await player.press("question_mark")

        await stays_whole(player.pilot, "Code and exercises", "Write in the code", "esc closes")

        assert "  pause it; resume it" not in text_of(player.pilot).split("\n")[2][:8]


async def test_a_message_stays_whole(lesson: Path) -> None:
    async with opened(lesson) as player:
        text = "It went wrong, 그래서 고쳐야 한다."
        player.pilot.app.push_screen(MessageScreen("Trouble", text, player.pilot.app.look))
        await settle(player.pilot)

        await stays_whole(player.pilot, "Trouble", "It went wrong", "esc closes")


async def test_the_list_stays_whole(folder: Path, lesson: Path) -> None:
    async with opened_list(folder) as pilot:
        await stays_whole(pilot, "Whole", "enter open", "? more")

        await press(pilot, "slash", *"who")

        await stays_whole(pilot, "who", "Whole")


async def test_what_is_told_and_has_no_room_is_shown_from_its_verdict_on(folder: Path) -> None:
    text = EXERCISE.replace(ENDLESS, "").replace("Whatever you write.", "한 줄 " * 80)
    async with opened(write_lesson(folder, text), (40, 12)) as player:
        await player.press("space")
        await player.answer("2")
        await player.until(lambda: player.record.attempt is not None, "a verdict")
        await player.press("1")

        await player.reads("✓ Right. 한 줄")
        before = player.panes.prose.scroll_y
        await player.press("pagedown")

        assert player.panes.prose.scroll_y > before


class PaneAlone(App[None]):
    """An app with nothing but a pane."""

    def __init__(self, pane: StripPane) -> None:
        super().__init__()
        self._pane = pane

    def compose(self) -> ComposeResult:
        yield self._pane


async def test_what_was_made_before_the_layout_is_not_painted_a_letter_a_line() -> None:
    pane = StripPane("output")
    pane.display = False
    async with PaneAlone(pane).run_test(size=(40, 10)) as pilot:
        pane.show([Strip([Segment(letter)]) for letter in "loss"])
        pane.display = True
        await pilot.pause()
        too_soon = [pane.render_line(row).text.strip() for row in range(4)]
        pane.show([Strip([Segment("loss")])])

        assert too_soon == [""] * 4
        assert pane.render_line(0).text.strip() == "loss"
