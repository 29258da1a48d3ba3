"""Sessions where the host does not fork: each is a Python of its own, and plays the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from remote import RemotePlayer

from engine.client.engine import Engine
from engine.protocol.events import SessionDied, StepEnded
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status

Play = Callable[..., RemotePlayer]

DRAWS = """
# %% Draw
import os, random, sys, torch
print(random.random(), torch.rand(1).item())
print("error", file=sys.stderr)

# %% End
print("last words", flush=True)
os._exit(3)
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """One host for this file, which forks nothing."""
    made = Engine(forks=False)
    yield made
    made.close()


def test_a_replay_draws_what_the_first_run_drew(play_apart: Play) -> None:
    player = play_apart(DRAWS)

    player.run(0)
    player.run(0)

    first, _, second, _ = player.output().splitlines()
    assert first == second


def test_a_death_is_told_of_and_the_lesson_goes_on(play_apart: Play) -> None:
    player = play_apart(DRAWS)
    player.run(0)

    died = player.run(1)
    again = player.run(0)

    assert isinstance(died, SessionDied)
    assert died.death is not None
    assert died.death.status == 3
    assert player.output(1) == "last words\n"
    assert isinstance(again, StepEnded)
    assert again.outcome is Outcome.DONE


def test_a_stop_without_effect_ends_the_process(play_apart: Play) -> None:
    player = play_apart("print('begun')\nsum(range(10**12))")
    player.session.run_step(0)
    player.reads("begun")

    player.session.stop()
    player.wait_for(Status.READY)

    (died,) = [event for event in player.told if isinstance(event, SessionDied)]
    assert died.death is None


def test_the_lessons_own_modules_win(play_apart: Play) -> None:
    player = play_apart("import sys\nprint([name for name in sys.modules if name == 'engine'])")

    player.run(0)

    assert player.output() == "[]\n"
