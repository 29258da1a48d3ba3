"""The table of actions, and that keys, bar, help and palette all say what stands in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from driving import HALVING, opened, opened_list, press, text_of, wait_for_text, write_lesson
from textual.command import CommandPalette

from tui.actions import (
    APP_ACTIONS,
    CANVAS_ACTIONS,
    LIST_ACTIONS,
    PANE_ACTIONS,
    PLAYER_ACTIONS,
    TENSOR_ACTIONS,
    WATCHING_ACTIONS,
    Action,
)
from tui.app import TutorchApp
from tui.screens.help import HelpScreen
from tui.screens.lessons import LessonsScreen
from tui.screens.player import PlayerScreen
from tui.screens.tensor import TensorScreen
from tui.widgets.canvas_pane import CanvasPane
from tui.widgets.controls import Controls
from tui.widgets.curve_pane import CurvePane
from tui.widgets.editor_pane import EditorPane
from tui.widgets.exercise_pane import ExercisePane
from tui.widgets.player_panes import PlayerPanes
from tui.widgets.tensor_pane import TensorPane

PLAYER = (*PLAYER_ACTIONS, *APP_ACTIONS)
WITHOUT_EXERCISES = (*WATCHING_ACTIONS, *APP_ACTIONS)
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
    "controls": Controls,
    "panes": PlayerPanes,
    "exercise": ExercisePane,
    "editor": EditorPane,
    "curve": CurvePane,
    "canvas": CanvasPane,
    "tensors": TensorPane,
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
    receivers = {**RECEIVERS, "screen": screen}

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
    [("stop", "s ^c"), ("faster", "+ ="), ("scroll('down')", "↓ j"), ("help", "? f1")],
)
def test_keys_are_shown_as_they_stand_on_the_keyboard(action: str, shown: str) -> None:
    found = next(one for one in PLAYER if one.name == action)

    assert found.shown_keys == shown


@pytest.mark.parametrize("width", [40, 80, 120])
async def test_the_bar_holds_every_action_that_has_a_label(folder: Path, width: int) -> None:
    async with opened(write_lesson(folder, HALVING), (width, 30)) as player:
        labels = [f"{one.shown_key} {one.label}" for one in WITHOUT_EXERCISES if one.label]

        await player.reads(*labels)


async def test_the_bar_of_the_list_holds_its_actions(folder: Path) -> None:
    async with opened_list(folder) as pilot:
        labels = [f"{action.shown_key} {action.label}" for action in LIST if action.label]

        await wait_for_text(pilot, *labels)


async def test_every_word_of_the_bar_can_be_clicked(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.click("- slower")
        await player.reads("at most 30 it/s")
        for _ in range(3):
            await player.click("+ faster")
        await player.until(lambda: "at most" not in player.status_line, "full speed")
        await player.click(". iter")
        await player.is_at(1)
        await player.click("g log")
        await player.reads("log scale")
        await player.click("s stop")
        await player.reads("stopped")
        await player.click("? help")
        await player.reads("Keys")

        assert isinstance(player.pilot.app.screen, HelpScreen)


async def test_the_help_lists_every_action_with_its_keys(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING), (100, 110)) as player:
        await player.press("question_mark")

        await player.reads("Keys")
        text = " ".join(text_of(player.pilot).split())
        for action in (*PLAYER, *PANE_ACTIONS, *TENSOR_ACTIONS):
            assert f"{action.shown_keys} {action.help}" in text


async def test_the_help_of_a_small_terminal_is_scrolled(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("question_mark")
        await player.reads("Run this step; pause it; resume it")

        await player.press("end")

        await player.reads("Leave; what runs is stopped")


@pytest.mark.parametrize("key", ["escape", "question_mark", "q"])
async def test_the_help_closes_by_key(folder: Path, key: str) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("question_mark")
        assert isinstance(player.pilot.app.screen, HelpScreen)

        await player.press(key)

        assert isinstance(player.pilot.app.screen, PlayerScreen)


async def test_the_palette_offers_every_action(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        offered = {c.title for c in player.pilot.app.get_system_commands(player.screen)}

        assert {one.help for one in PLAYER if one.name != "command_palette"} <= offered


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
