"""Cells that no stop reaches: they are left behind, and nothing of theirs is heard again."""

from __future__ import annotations

import builtins
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playing import PATIENCE, Player, ends, started, wait_until

from engine.protocol.events import LessonRewound, Outcome, StepStarted
from engine.protocol.status import Status

Play = Callable[..., Player]

# An empty pipe is read in C: no exception gets in until it ends.
STUCK = """
    # %%
    import random
    draws = globals().get("draws", 0) + 1
    number = random.random()

    # %%
    import builtins
    print("before")
    builtins.tutorch_lock.acquire()
    print("after")
    for epoch in range(3):
        cost = 1.0

    # %%
    print("third")
    number
"""


class Lock:
    """What the second step waits for until it is released; it says which threads came."""

    def __init__(self) -> None:
        self._read_end, self._write_end = os.pipe()
        self.visitors: list[threading.Thread] = []
        self._is_released = False

    def acquire(self) -> None:
        self.visitors.append(threading.current_thread())
        os.read(self._read_end, 1)

    def release(self) -> None:
        if not self._is_released:
            self._is_released = True
            os.close(self._write_end)


@pytest.fixture
def lock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lock]:
    """Taken, so that the second step is stuck until it is released."""
    lock = Lock()
    monkeypatch.setattr(builtins, "tutorch_lock", lock, raising=False)
    monkeypatch.setattr("engine.kernel.worker_thread._STUCK_AFTER", 0.3)
    yield lock
    lock.release()
    for thread in lock.visitors:
        if thread.name == "tutorch-abandoned":
            thread.join(PATIENCE)


def stuck(play: Play, step: int = 1) -> Player:
    """A session that was told to stop the step that waits, in vain."""
    player = play(STUCK)
    player.session.run_step(step)
    started(player, step)
    wait_until(lambda: "before" in player.output(), "the step to wait")
    player.session.stop()
    player.wait_for(Status.STUCK)
    return player


def test_a_cell_that_no_stop_reaches_is_called_stuck(play: Play, lock: Lock) -> None:
    player = stuck(play)

    assert player.session.status is Status.STUCK
    assert ends(player) == [(0, Outcome.DONE)]


def test_a_stop_that_comes_late_is_no_longer_stuck(play: Play, lock: Lock) -> None:
    player = stuck(play)

    lock.release()
    player.wait_for(Status.READY)

    assert ends(player) == [(0, Outcome.DONE), (1, Outcome.STOPPED)]


def test_a_second_stop_leaves_what_is_stuck_behind(play: Play, lock: Lock) -> None:
    player = stuck(play)

    player.session.stop()
    player.wait_for(Status.READY)

    assert ends(player) == [(0, Outcome.DONE), (1, Outcome.STOPPED)]
    assert lock.visitors[0].is_alive()
    assert lock.visitors[0].name == "tutorch-abandoned"


def test_a_run_asked_for_where_a_cell_is_stuck_is_run_by_a_fresh_worker(
    play: Play, lock: Lock
) -> None:
    player = stuck(play)
    player.told.clear()

    player.session.run_step(0)
    player.ended()

    assert [event for event in player.told if isinstance(event, LessonRewound)]
    assert ends(player) == [(1, Outcome.STOPPED), (0, Outcome.DONE)]
    assert player.namespace["draws"] == 1


@pytest.mark.parametrize("again", ["restart_step", "run_step"])
def test_the_same_step_asked_for_again_is_run_by_a_fresh_worker(
    play: Play, lock: Lock, again: str
) -> None:
    player = stuck(play)

    getattr(player.session, again)(1)
    wait_until(lambda: len(lock.visitors) == 2, "the step to wait again")

    assert lock.visitors[0] is not lock.visitors[1]
    lock.release()
    lock.visitors[0].join(PATIENCE)
    assert player.ended().outcome is Outcome.DONE


def test_a_lesson_restarted_where_a_cell_is_stuck_is_back_at_its_start(
    play: Play, lock: Lock
) -> None:
    player = stuck(play)

    player.session.restart_lesson()
    player.wait_for(Status.READY)

    assert player.session.done == 0
    assert player.run(0).outcome is Outcome.DONE


def test_a_fresh_worker_draws_the_same_random_numbers(play: Play, lock: Lock) -> None:
    player = play(STUCK)
    player.run(0)
    number = player.namespace["number"]
    player.session.run_step(1)
    wait_until(lambda: lock.visitors, "the step to wait")
    player.session.stop()
    player.wait_for(Status.STUCK)

    player.run(0)

    assert player.namespace["number"] == number


def test_what_was_left_behind_is_never_heard_again(play: Play, lock: Lock) -> None:
    player = stuck(play)
    player.session.run_step(0)
    player.ended()
    player.told.clear()

    lock.release()
    lock.visitors[0].join(PATIENCE)
    player.run(2)

    assert player.output() == "before\nafter\nthird\n" + repr(player.namespace["number"]) + "\n"
    assert [event.step for event in player.told if isinstance(event, StepStarted)] == [1, 2]


def test_what_comes_back_takes_nothing_from_the_worker_that_runs(
    play: Play, lock: Lock, tmp_path: Path
) -> None:
    main, path, hook, stdout = sys.modules["__main__"], [*sys.path], sys.displayhook, sys.stdout
    player = stuck(play)
    player.session.run_step(0)
    player.ended()

    mains = sys.modules["__main__"]
    lock.release()
    lock.visitors[0].join(PATIENCE)

    assert sys.modules["__main__"] is mains
    assert mains.__dict__ is player.namespace
    player.session.close()
    assert sys.modules["__main__"] is main
    assert (sys.path, sys.displayhook, sys.stdout) == (path, hook, stdout)


def test_a_session_that_is_stuck_can_be_closed(play: Play, lock: Lock) -> None:
    stdout = sys.stdout
    player = stuck(play)

    player.session.close(patience=0.01)

    assert not player.session.is_closed
    assert sys.stdout is stdout
    lock.release()
    lock.visitors[0].join(PATIENCE)
    assert player.session.is_closed


def test_a_fresh_worker_keeps_the_device_and_the_speed(play: Play, lock: Lock) -> None:
    player = play(
        STUCK.replace("number = random", "import torch\n    number = random"), device="cpu"
    )
    player.session.set_speed(1000.0)
    player.session.run_step(1)
    wait_until(lambda: lock.visitors, "the step to wait")
    player.session.stop()
    player.wait_for(Status.STUCK)

    player.session.stop()

    assert player.session._thread.gate._interval == 0.001
    player.run(0)
    assert player.namespace["torch"].get_default_device().type == "cpu"  # type: ignore[attr-defined]
