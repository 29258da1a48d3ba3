"""How long a chosen speed counts: until its step has ended, and never for what judges it.

At the speeds of these tests an iteration takes a day: what kept to them would never end.
"""

from __future__ import annotations

from collections.abc import Callable

from playing import Player, started

from engine.protocol.events import ExerciseJudged
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status

Play = Callable[..., Player]

A_DAY_EACH = 1 / 86_400
STEPS = """
# %% First
first = 1

# %% Second
for i in range(3):
    cost = i
"""
EXERCISE = """
# ---
# tutorch:
#   title: Judged
# ---

# %% Written tags=["exercise"]
def total(values):
    result = 0
    for value in values:
        result += value
    return result

# %% [markdown] tags=["hint"]
# None.

# %% tags=["solution"]
def total(values):
    return sum(values)

# %% tags=["check"]
assert total(range(5)) == 10
for n in range(3):
    assert total([n]) == n
"""


def test_a_speed_ends_with_its_step(play: Play) -> None:
    player = play(STEPS)
    player.session.set_speed(A_DAY_EACH)

    player.run(0)
    ended = player.run(1)

    assert ended.outcome is Outcome.DONE
    assert player.namespace["cost"] == 2


def test_a_speed_ends_between_two_steps_of_one_run(play: Play) -> None:
    player = play(STEPS)
    player.session.set_speed(A_DAY_EACH)

    player.session.run_all()
    player.wait_for(Status.READY)

    assert player.namespace["cost"] == 2


def test_steps_on_the_way_leave_the_speed_to_the_step_that_is_watched(play: Play) -> None:
    player = play(STEPS)
    player.session.set_speed(A_DAY_EACH)

    player.session.run_step(1)
    started(player, 1)

    assert player.session._thread.gate.tempo.is_set
    player.session.set_speed(None)
    assert player.ended().outcome is Outcome.DONE


def test_checks_run_at_full_speed(play: Play) -> None:
    player = play(EXERCISE)
    player.session.set_speed(A_DAY_EACH)

    player.run(0)
    player.wait_for(Status.READY)

    verdicts = [event.verdict for event in player.events() if isinstance(event, ExerciseJudged)]
    assert [verdict.passed for verdict in verdicts] == [True]
