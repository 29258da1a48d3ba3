"""Keys come before frames: in the poller by a clock that the test turns, in the app by order."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import ENDLESS, opened, wait_until, write_lesson
from textual.events import Key

from tui.dialogs.help import HelpScreen
from tui.player.update import Update
from tui.polling.poller import Poller
from tui.polling.precedence import Precedence
from tui.terminal.orderly import OrderlyApp


class Keyboard:
    """Says whether a key waits."""

    def __init__(self) -> None:
        self.waits = False

    def __call__(self) -> bool:
        return self.waits


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


@pytest.fixture
def precedence(keyboard: Keyboard) -> Precedence:
    return Precedence(keyboard)


def test_without_a_key_a_frame_is_drawn_at_once(precedence: Precedence) -> None:
    assert precedence.to_draw(100.0, Update.FRAME) == Update.FRAME


def test_a_frame_is_drawn_once_the_key_is_on_the_screen(
    precedence: Precedence, keyboard: Keyboard
) -> None:
    keyboard.waits = True
    first = precedence.to_draw(100.0, Update.FRAME)
    second = precedence.to_draw(100.03, Update.OUTPUT)

    keyboard.waits = False
    third = precedence.to_draw(100.06, Update.NONE)

    assert (first, second) == (Update.NONE, Update.NONE)
    assert third == Update.FRAME | Update.OUTPUT


def test_what_was_put_off_is_drawn_once(precedence: Precedence, keyboard: Keyboard) -> None:
    keyboard.waits = True
    precedence.to_draw(100.0, Update.FRAME)
    keyboard.waits = False
    precedence.to_draw(100.03, Update.NONE)

    assert precedence.to_draw(100.06, Update.NONE) == Update.NONE


@pytest.mark.parametrize("update", [Update.STATUS, Update.STEP])
def test_what_a_key_may_have_asked_for_does_not_wait(
    precedence: Precedence, keyboard: Keyboard, update: Update
) -> None:
    keyboard.waits = True
    precedence.to_draw(100.0, Update.FRAME)

    assert precedence.to_draw(100.03, update) == update | Update.FRAME


def test_under_a_key_that_is_held_down_five_frames_are_drawn_in_a_second(
    precedence: Precedence, keyboard: Keyboard
) -> None:
    keyboard.waits = True
    polls = [100.0 + number / 30 for number in range(30)]

    drawn = [precedence.to_draw(now, Update.FRAME) for now in polls]

    assert drawn.count(Update.FRAME) >= 5


async def test_a_key_is_known_of_until_the_screen_shows_what_it_did(folder: Path) -> None:
    async with opened(write_lesson(folder, ENDLESS)) as player:
        app, driver = player.pilot.app, player.pilot.app._driver
        assert isinstance(app, OrderlyApp)
        assert driver is not None
        await wait_until(player.pilot, lambda: not app.has_keys_in_hand, "rest")

        app.expect(key := Key("question_mark", "?"))
        before = app.has_keys_in_hand
        driver.process_message(key)
        await wait_until(player.pilot, lambda: not app.has_keys_in_hand, "the key to be done")

        assert before
        assert isinstance(app.screen, HelpScreen)


async def test_no_frame_is_drawn_between_a_key_and_its_effect(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(write_lesson(folder, ENDLESS)) as player:
        app = player.pilot.app
        assert isinstance(app, OrderlyApp)
        draws: list[bool] = []

        def drew(_poller: Poller, _seconds: float) -> None:
            draws.append(app.has_keys_in_hand)

        # However slow the machine is, nothing is drawn because it has waited for too long.
        monkeypatch.setattr("tui.polling.precedence._LONGEST", float("inf"))
        monkeypatch.setattr(Poller, "drew", drew)
        await player.press("space")
        await player.until(lambda: player.record.frame is not None, "a frame")
        draws.clear()

        for key in "2323232323":
            await player.press(key)
        await player.until(lambda: draws, "a frame is drawn when the keys are done")

        assert not any(draws)


async def test_a_key_that_comes_while_the_app_leaves_goes_nowhere() -> None:
    app = OrderlyApp()
    key = Key("c", "c")
    app.expect(key)

    await app.on_event(key)

    assert not app.screen_stack
    assert not app.has_keys_in_hand
