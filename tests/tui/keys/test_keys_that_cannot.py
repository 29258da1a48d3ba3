"""A key that can do nothing says why: each player's key is pressed where it does not work."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from driving import Player, opened, write_lesson
from reaching import STATES

from tui.actions.player_actions import PLAYER_ACTIONS
from tui.foot.controls import Controls
from tui.foot.race_line import RaceLine
from tui.keys.situation import Hand, works

ELSEWHERE = """
    # %% Endless
    epoch = 0
    while True:
        epoch += 1
    # %% Between
    b = 1
    # %% After
    c = 1
"""


async def stands_elsewhere(player: Player) -> None:
    await player.press("full_stop")
    await player.is_paused()
    await player.press("n", "n")


async def has_no_code(player: Player) -> None:
    await player.press("n")


TEXT_ALONE = """
    # %% One
    a = 1
    # %% [markdown]
    # ## The end
    # That is all.
"""
CHECKED_FOR_LONG = """
    # ---
    # tutorch:
    #   title: Checked for long
    # ---

    # %% Train
    for epoch in range(5):
        cost = 5 - epoch

    # %% Attempt tags=["exercise"]
    rate = 0.5
    for epoch in range(5):
        cost = 5 - rate * epoch

    # %% tags=["solution"]
    rate = 1.0

    # %% tags=["check"]
    import time
    while True:
        time.sleep(0.01)
"""


async def is_checked(player: Player) -> None:
    await player.press("n", "f5")
    await player.until(lambda: player.playback.is_checking, "the checks")


EVERY_STATE = {
    **STATES,
    "another step paused": (ELSEWHERE, stands_elsewhere),
    "text alone": (TEXT_ALONE, has_no_code),
    "checks run": (CHECKED_FOR_LONG, is_checked),
}
TYPING = {Hand.EDITOR, Hand.PEN, Hand.ANSWER, Hand.FIELD, Hand.ASK, Hand.DIAL}


@pytest.mark.parametrize("state", EVERY_STATE)
async def test_each_key_that_does_not_work_says_why(
    folder: Path, state_home: Path, state: str
) -> None:
    text, reach = EVERY_STATE[state]
    shutil.rmtree(state_home / "tutorch", ignore_errors=True)

    async with opened(write_lesson(folder, text), (120, 40)) as player:
        await reach(player)
        controls = player.screen.query_one(Controls)
        now = controls.situation
        idle = [] if now.hand in TYPING else [a for a in PLAYER_ACTIONS if not works(a.name, now)]
        app, race = player.pilot.app, player.screen.query_one(RaceLine)
        for action in idle:
            app.clear_notifications()
            if works(action.name, controls.situation):
                # What runs has come far enough for it meanwhile.
                continue

            await player.press(action.keys.split(",")[0])

            # Between the look and the key, what runs may have come far enough for it, too.
            await player.until(
                lambda action=action: (
                    len(app._notifications)
                    or race.display
                    or works(action.name, controls.situation)
                ),
                f"why {action.name} cannot work",
            )
            if controls.hand in TYPING:
                # A line that says why stands open, so that what is typed next is no command.
                await player.press("escape")


async def test_what_is_no_python_stops_no_checks(folder: Path) -> None:
    async with opened(write_lesson(folder, CHECKED_FOR_LONG)) as player:
        await is_checked(player)

        await player.press("e", "end", *" = (", "f5")

        await player.reads("is no Python yet", "SyntaxError", "checking")
        assert player.playback.is_checking
