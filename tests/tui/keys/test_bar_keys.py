"""Each key that the bar shows is pressed, in each state, and does something that can be seen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from driving import Player, opened, press, text_of, write_lesson
from reaching import STATES
from textual.pilot import Pilot
from textual.screen import ModalScreen

from engine.protocol.status import Status
from tui.actions.action import Action
from tui.widgets.action_bar import ActionBar

# Where it is paused, it is paused again after these.
_GOES_A_STEP = ("controls.step_inner", "controls.step_outer", "controls.step_statement")
# The keys that take back what others have done, by the methods of their actions.
_TAKEN_BACK_BY = {
    "app.switch_language": "ctrl+o",
    "canvas.eraser": "x",
    "canvas.pen": "space",
    "controls.faster": "minus",
    "controls.slower": "plus",
    "dials.begin_setting": "escape",
    "dials.turn(-1)": "right_curly_bracket",
    "dials.turn(1)": "left_curly_bracket",
    "exercise.edit": "escape",
    "help.difference": "d",
    "pages.next_step": "p",
}


def shown_actions(player: Player) -> list[Action]:
    bar = player.screen.query_one(ActionBar)
    return list(bar.shown)


def seen(pilot: Pilot[None]) -> object:
    """What can be seen to change: the text, and which screen or widget the keys go to."""
    app = pilot.app
    return text_of(pilot), app.screen, app.focused, app.return_code


async def takes_back(
    player: Player, action: Action, actions: list[Action], *, was_paused: bool
) -> bool:
    """Take back what the key has done, if that is easy; whether all is as before.

    A new app takes a while: only what a key leaves behind is worth one.
    """
    app = player.pilot.app
    if isinstance(app.screen, ModalScreen):
        await press(player.pilot, "escape")
    elif action.method in _TAKEN_BACK_BY:
        await press(player.pilot, _TAKEN_BACK_BY[action.method])
    elif action.method in _GOES_A_STEP and was_paused:
        await player.is_paused()
    else:
        return False
    return app.screen is player.screen and shown_actions(player) == actions


@pytest.mark.parametrize("state", STATES)
async def test_each_key_that_the_bar_shows_does_something(
    folder: Path, state_home: Path, state: str
) -> None:
    text, reach = STATES[state]
    lesson = write_lesson(folder, text)
    tried, count = 0, 1

    while tried < count:
        shutil.rmtree(state_home / "tutorch", ignore_errors=True)
        async with opened(lesson, (120, 40)) as player:
            await reach(player)
            actions = shown_actions(player)
            focused, count = player.pilot.app.focused, len(actions)
            is_as_reached = True
            while is_as_reached and tried < count:
                action = actions[tried]
                before = seen(player.pilot)
                was_paused = player.playback.status is Status.PAUSED

                await press(player.pilot, action.keys.split(",")[0])

                await player.until(
                    lambda before=before, player=player: seen(player.pilot) != before,
                    f"{action.shown_key} {action.label} to do something",
                )
                tried += 1
                is_as_reached = await takes_back(player, action, actions, was_paused=was_paused)
                is_as_reached = is_as_reached and player.pilot.app.focused is focused

    assert count >= 3
