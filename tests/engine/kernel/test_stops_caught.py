"""A stop is Ctrl+C to the lesson first, which may catch it, and only then ends it by force."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player, ends, wait_until

from engine.protocol.events import StopCaught
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status

Play = Callable[..., Player]


def _begin(player: Player) -> None:
    """Run the step until its code has come into what catches the stop."""
    player.session.run_step(0)
    wait_until(lambda: player.shell is not None, "the shell")
    wait_until(lambda: "has_begun" in player.namespace, "the code to begin")


@pytest.mark.parametrize("body", ["pass", "total = sum(i for i in range(10 ** 5))"])
def test_a_lesson_that_catches_ctrl_c_trains_until_it_is_stopped(play: Play, body: str) -> None:
    player = play(f"""
        try:
            has_begun = True
            while True:
                {body}
        except KeyboardInterrupt as error:
            caught = type(error).__name__
        after = True
    """)
    _begin(player)

    player.session.stop()
    player.wait_for(Status.READY)

    assert ends(player) == [(0, Outcome.DONE)]
    assert player.namespace["caught"] == "KeyboardInterrupt"
    assert player.namespace["after"]
    assert StopCaught(0, goes_on=False) in player.events()


def test_what_catches_within_an_iteration_is_interrupted_there(play: Play) -> None:
    player = play("""
        import time
        caught = 0
        for turn in range(10 ** 9):
            try:
                has_begun = True
                time.sleep(0.01)
            except KeyboardInterrupt:
                caught += 1
                break
        after = True
    """)
    _begin(player)

    player.session.stop()
    player.wait_for(Status.READY)

    assert ends(player) == [(0, Outcome.DONE)]
    assert player.namespace["caught"] == 1


def test_a_loop_that_goes_on_after_a_stop_is_told_of_and_ended_by_the_next(play: Play) -> None:
    player = play("""
        caught = 0
        while True:
            try:
                has_begun = True
                for step in range(10 ** 9):
                    cost = 0.5
            except KeyboardInterrupt:
                caught += 1
    """)
    _begin(player)

    player.session.stop()
    wait_until(lambda: StopCaught(0, goes_on=True) in player.events(), "the stop to be caught")
    assert player.session.status is Status.RUNNING
    player.session.stop()
    player.wait_for(Status.READY)

    assert ends(player) == [(0, Outcome.STOPPED)]
    assert player.namespace["caught"] == 1


def test_a_stop_that_nothing_catches_ends_the_step(play: Play) -> None:
    player = play("""
        try:
            has_begun = True
            while True:
                cost = 0.5
        finally:
            cleaned = True
    """)
    _begin(player)

    player.session.stop()

    assert player.ended().outcome is Outcome.STOPPED
    assert player.ended().traceback is None
    assert player.namespace["cleaned"]
    assert not [event for event in player.events() if isinstance(event, StopCaught)]


def test_a_keyboard_interrupt_of_the_lessons_own_is_an_error(play: Play) -> None:
    player = play("raise KeyboardInterrupt")

    assert player.run().outcome is Outcome.FAILED


def test_a_stop_that_comes_to_nothing_in_a_destructor_is_thrown_again(play: Play) -> None:
    player = play("""
        class Slow:
            def __del__(self):
                for turn in range(300):
                    pass

        has_begun = True
        while True:
            Slow()
    """)
    _begin(player)

    player.session.stop()
    player.wait_for(Status.READY)

    assert ends(player) == [(0, Outcome.STOPPED)]
