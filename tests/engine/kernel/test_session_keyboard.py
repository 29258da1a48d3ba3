"""Code that asks for a line waits for the learner, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player, wait_until

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Asked, Status

Play = Callable[..., Player]


def asking(play: Play, text: str, asked: Asked = Asked.LINE) -> Player:
    """A session whose step waits for a line."""
    player = play(text)
    player.session.run_step(0)
    wait_until(lambda: player.session.asked is asked, "the code to ask")
    return player


def test_a_line_that_is_written_is_what_input_returns(play: Play) -> None:
    player = asking(play, "name = input('name? ')\nprint('hello', name)")

    player.session.write_line("하나")

    assert player.ended().outcome is Outcome.DONE
    assert player.namespace["name"] == "하나"
    assert player.output() == "name? 하나\nhello 하나\n"


@pytest.mark.parametrize("reading", ["sys.stdin.readline()", "next(sys.stdin)", "sys.stdin.read()"])
def test_a_line_can_be_read_from_the_stream(play: Play, reading: str) -> None:
    player = asking(play, f"import sys\nline = {reading}")

    player.session.write_line("one")
    player.ended()

    assert player.namespace["line"] == "one\n"


def test_each_question_waits_for_a_line_of_its_own(play: Play) -> None:
    player = asking(play, "first, second = input(), input()")

    for line in ("one", "two"):
        wait_until(lambda: player.session.asked, "the code to ask")
        player.session.write_line(line)
    player.ended()

    assert (player.namespace["first"], player.namespace["second"]) == ("one", "two")


def test_a_stop_ends_the_waiting_for_a_line(play: Play) -> None:
    player = asking(
        play, "while True:\n    try:\n        input()\n    except Exception:\n        pass"
    )

    player.session.stop()

    assert player.ended().outcome is Outcome.STOPPED
    assert player.session.asked is None


def test_a_line_that_nobody_asked_for_is_not_kept(play: Play) -> None:
    player = play("line = input()")
    player.wait_for(Status.READY)
    player.session.write_line("early")
    player.session.run_step(0)
    wait_until(lambda: player.session.asked, "the code to ask")

    player.session.write_line("in time")
    player.ended()

    assert player.namespace["line"] == "in time"


def test_a_forked_process_has_no_keyboard(play: Play) -> None:
    player = play("""
        import os
        child = os.fork()
        if not child:
            try:
                input()
            except EOFError:
                os._exit(7)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    """)

    player.run()

    assert player.namespace["status"] == 7
