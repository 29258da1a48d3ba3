"""Steps that end the program they are of, and steps that Python cannot read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player, ends
from remote import RemotePlayer

from engine.protocol.events import StepEnded
from engine.protocol.outcomes import Exit, Outcome
from engine.protocol.status import Status

Play = Callable[..., Player]

LEAVING = """
# %% First
import sys
a = 1
sys.exit({})

# %% Second
b = a + 1
"""

UNREADABLE = """
# %% First
a = 1

# %% Second
model = # TODO

# %% Third
b = a + 1
"""


def ended(player: Player) -> list[StepEnded]:
    return [event for event in player.events() if isinstance(event, StepEnded)]


def test_a_step_that_leaves_with_0_is_done_and_what_follows_waits(play: Play) -> None:
    player = play(LEAVING.format(0))

    player.session.run_all()
    player.wait_for(Status.READY)

    (left,) = ended(player)
    assert (left.outcome, left.exit, left.traceback) == (Outcome.DONE, Exit(0, 4), None)
    assert player.session.done == 1


def test_what_follows_a_program_that_has_left_runs_once_it_is_asked_for(play: Play) -> None:
    player = play(LEAVING.format(0))
    player.run(0)

    player.run(1)

    assert player.namespace["b"] == 2
    assert ends(player) == [(0, Outcome.DONE), (1, Outcome.DONE)]


@pytest.mark.parametrize(("leaving", "status"), [("3", 3), ("'over'", 1)])
def test_a_step_that_leaves_with_another_status_has_failed(
    play: Play, leaving: str, status: int
) -> None:
    player = play(LEAVING.format(leaving))

    left = player.run(1)

    assert (left.step, left.outcome, left.exit) == (0, Outcome.FAILED, Exit(status, 4))
    assert left.traceback is None
    assert player.output() == ("over\n" if status == 1 else "")


def test_a_view_that_leaves_ends_its_step(play: Play) -> None:
    player = play('# %%\na = 1\n# %% view="every epoch"\nraise SystemExit(2)\n')

    assert player.run().exit == Exit(2, 4)


def test_what_is_asked_may_leave_and_the_lesson_goes_on(play: Play) -> None:
    player = play("# %%\na = 1\n# %%\nb = 2\n")
    player.run(0)

    player.session.ask(1, "exit()")

    player.run(1)
    assert player.namespace["b"] == 2


def test_a_step_that_python_cannot_read_says_where_and_how_to_mend_it(play: Play) -> None:
    player = play(UNREADABLE)

    failed = player.run(1)

    assert failed.outcome is Outcome.FAILED
    assert failed.traceback is not None
    assert failed.traceback.line == 5
    assert failed.traceback.lines[0].strip() == 'File "lesson.py", line 5'
    assert failed.traceback.lines[-1] == "SyntaxError: invalid syntax"
    assert failed.traceback.is_unreadable


def test_other_steps_run_without_the_one_that_cannot_be_read(play: Play) -> None:
    player = play(UNREADABLE)

    player.run(2)

    assert player.namespace["b"] == 2
    assert [(end.step, end.outcome, end.goes_on) for end in ended(player)] == [
        (0, Outcome.DONE, False),
        (1, Outcome.FAILED, True),
        (2, Outcome.DONE, False),
    ]


def test_a_run_of_all_steps_ends_at_the_one_that_cannot_be_read(play: Play) -> None:
    player = play(UNREADABLE)

    player.session.run_all()
    player.wait_for(Status.READY)

    assert [(end.step, end.goes_on) for end in ended(player)] == [(0, False), (1, False)]


def test_arguments_are_those_of_the_next_beginning_and_of_every_process_after_it(
    play_apart: Callable[..., RemotePlayer],
) -> None:
    player = play_apart("import sys\nprint(sys.argv[1:])")
    player.session.set_arguments(("--epochs", "3"))
    player.run()
    player.session.set_arguments(("a b",))
    player.session.restart_lesson()

    player.run()
    player.run()

    assert player.output().splitlines() == ["['--epochs', '3']", "['a b']", "['a b']"]
