"""The table of actions, and that keys, bar, help and palette all say what stands in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from driving import HALVING, opened, opened_list, press, text_of, write_lesson
from textual.command import CommandPalette

from tui.actions.action import Action, Group
from tui.actions.app_actions import APP_ACTIONS, LIST_ACTIONS
from tui.actions.dialog_actions import TENSOR_ACTIONS
from tui.actions.pane_actions import CANVAS_ACTIONS, PANE_ACTIONS
from tui.actions.player_actions import PLAYER_ACTIONS
from tui.app import TutorchApp
from tui.desks.copy_desk import CopyDesk
from tui.desks.help_desk import HelpDesk
from tui.desks.home_desk import HomeDesk
from tui.desks.page_desk import PageDesk
from tui.desks.pane_desk import PaneDesk
from tui.desks.question_desk import QuestionDesk
from tui.desks.runs_desk import RunsDesk
from tui.desks.tensor_desk import TensorDesk
from tui.desks.watch_desk import WatchDesk
from tui.dialogs.help import HelpScreen
from tui.dialogs.tensor import TensorScreen
from tui.editor.editor_pane import EditorPane
from tui.editor.exercise_pane import ExercisePane
from tui.foot.arguments_line import ArgumentsLine
from tui.foot.ask_line import AskLine
from tui.foot.controls import Controls
from tui.foot.dial_line import DialLine
from tui.foot.race_line import RaceLine
from tui.lessons.screen import LessonsScreen
from tui.panes.canvas_pane import CanvasPane
from tui.panes.curve_pane import CurvePane
from tui.panes.pane_finder import PaneFinder
from tui.panes.tensor_pane import TensorPane
from tui.prose.questions import Questions
from tui.screens.player import PlayerScreen

PLAYER = (*PLAYER_ACTIONS, *APP_ACTIONS)
LIST = (*LIST_ACTIONS, *APP_ACTIONS)


@pytest.mark.parametrize(
    "actions",
    [PLAYER, CANVAS_ACTIONS, TENSOR_ACTIONS, LIST],
    ids=["player", "canvas", "tensor", "list"],
)
def test_no_key_means_two_things_on_one_screen(actions: Sequence[Action]) -> None:
    keys = Counter(key for action in actions for key in action.keys.split(","))

    assert [key for key, times in keys.items() if times > 1] == []


RECEIVERS = {
    "app": TutorchApp,
    "arguments": ArgumentsLine,
    "ask": AskLine,
    "dials": DialLine,
    "race": RaceLine,
    "controls": Controls,
    "exercise": ExercisePane,
    "finder": PaneFinder,
    "editor": EditorPane,
    "curve": CurvePane,
    "canvas": CanvasPane,
    "tensors": TensorPane,
    "question": Questions,
}
DESKS = {
    "questions": QuestionDesk,
    "panes": PaneDesk,
    "pages": PageDesk,
    "chooser": TensorDesk,
    "runs": RunsDesk,
    "watched": WatchDesk,
    "copies": CopyDesk,
    "home": HomeDesk,
    "help": HelpDesk,
}


@pytest.mark.parametrize(
    ("actions", "screen"),
    [
        ((*PLAYER_ACTIONS, *PANE_ACTIONS), PlayerScreen),
        (TENSOR_ACTIONS, TensorScreen),
        (LIST_ACTIONS, LessonsScreen),
        (APP_ACTIONS, None),
    ],
    ids=["player", "tensor", "list", "app"],
)
def test_every_action_has_its_method(actions: Sequence[Action], screen: type | None) -> None:
    receivers = {**RECEIVERS, **DESKS, "screen": screen}

    without = [
        action.method
        for action in actions
        if not hasattr(receivers[action.receiver], f"action_{action.name.partition('(')[0]}")
    ]

    assert without == []


async def test_every_receiver_is_on_the_players_screen(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        for receiver, kind in RECEIVERS.items():
            if kind is not TutorchApp:
                assert isinstance(player.screen.query_one(f"#{receiver}"), kind)


@pytest.mark.parametrize(
    ("action", "shown"),
    [("copy_or_stop", "^c"), ("faster", "+ ="), ("scroll('down')", "↓ j"), ("help", "? f1")],
)
def test_keys_are_shown_as_they_stand_on_the_keyboard(action: str, shown: str) -> None:
    found = next(one for one in PLAYER if one.name == action)

    assert found.shown_keys == shown


@pytest.mark.parametrize("width", [40, 80, 120])
async def test_the_bar_is_one_line_that_ends_with_more(folder: Path, width: int) -> None:
    async with opened(write_lesson(folder, HALVING), (width, 24)) as player:
        last = text_of(player.pilot).split("\n")[-1]

        assert last.startswith(" space run  ")
        assert last.endswith("  ? more")


async def test_the_bar_of_the_list_is_one_line_too(folder: Path) -> None:
    async with opened_list(folder) as pilot:
        last = text_of(pilot).split("\n")[-1]

        assert last.startswith(" / filter")
        assert last.endswith("  ? more")


async def test_every_word_of_the_bar_can_be_clicked(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.click(". iter")
        await player.is_at(1)
        await player.click(". iter")
        await player.is_at(2)
        await player.click(", rewind")
        await player.is_at(1)
        await player.click("s stop")
        await player.reads("stopped")
        await player.click("? more")
        await player.reads("Keys")

        assert isinstance(player.pilot.app.screen, HelpScreen)


async def test_the_help_lists_every_action_with_its_keys(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING), (100, 190)) as player:
        await player.press("question_mark")

        await player.reads("Keys")
        text = " ".join(text_of(player.pilot).split())
        for action in (*PLAYER, *PANE_ACTIONS, *TENSOR_ACTIONS):
            assert f"{action.shown_keys} {action.help}" in text


async def test_the_help_of_a_small_terminal_is_scrolled(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("question_mark")
        await player.reads("Run this step; pause it; resume it")

        for to_the_end, to_the_beginning in (("end", "home"), ("G", "g")):
            await player.press(to_the_end)
            await player.reads("Leave; what runs is stopped")
            await player.press(to_the_beginning)

            await player.reads("Run this step; pause it; resume it")


@pytest.mark.parametrize("key", ["escape", "question_mark", "q"])
async def test_the_help_closes_by_key(folder: Path, key: str) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("question_mark")
        assert isinstance(player.pilot.app.screen, HelpScreen)

        await player.press(key)

        assert isinstance(player.pilot.app.screen, PlayerScreen)


async def test_the_palette_offers_what_works_now_steps_and_themes(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        offered = [c.title for c in player.pilot.app.get_system_commands(player.screen)]

        assert offered[0] == "Run this step; pause it; resume it"
        assert "Stop what runs" not in offered
        assert "Write in the code" not in offered
        assert "Go to the next step" not in offered
        assert {"Step 1: Halving", "Theme: nord"} <= set(offered)


async def test_an_action_is_found_and_taken_in_the_palette(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("3")
        await player.run_step()
        await player.press("ctrl+p")
        await player.until(
            lambda: isinstance(player.pilot.app.screen, CommandPalette), "the palette"
        )

        await press(player.pilot, *"logarithmic")
        await player.reads("Linear or logarithmic scale")
        await press(player.pilot, "enter")
        if isinstance(player.pilot.app.screen, CommandPalette):
            await press(player.pilot, "enter")

        await player.reads("log scale")


async def test_the_help_has_two_columns_where_there_is_room(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING), (120, 40)) as player:
        await player.press("question_mark")
        await player.reads("Keys")

        first = next(line for line in text_of(player.pilot).split("\n") if "Training" in line)
        assert any(group.value in first for group in Group if group is not Group.TRAINING)


async def test_the_help_begins_with_the_pane_that_is_active(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("3", "question_mark")

        await player.reads("Linear or logarithmic scale")


async def test_a_slash_searches_in_the_help_and_escape_ends_the_search(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("question_mark")
        await player.reads("Run this step; pause it; resume it")

        await player.press("ctrl+end")
        scrolled = player.pilot.app.screen.query_one("VerticalScroll")
        await player.until(lambda: scrolled.scroll_target_y > 0, "the end")
        await player.press("slash", *"garithm", "ctrl+home", *"lo")
        await player.reads("Linear or logarithmic scale")
        assert "Run this step; pause it" not in text_of(player.pilot)
        await player.reads("enter to what is found, esc ends the search")
        await player.press("enter")
        await player.reads("/ searches, esc ends the search")
        await player.press("escape")

        await player.reads("Run this step; pause it; resume it", "/ searches, esc closes")
        assert isinstance(player.pilot.app.screen, HelpScreen)


async def test_the_palette_finds_the_words_of_the_bar(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        commands = [one.title for one in player.pilot.app.get_system_commands(player.screen)]

        assert "slower: Lower the speed: fewer iterations in a second" in commands
        assert "Go to the next pane" in commands


async def test_a_search_in_the_help_that_finds_nothing_says_so(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("question_mark", "slash", *"zzz")

        await player.reads("No key does anything that is called so.")
