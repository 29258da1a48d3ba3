"""Stops and restarts: they end whatever runs, and nothing else."""

from __future__ import annotations

import builtins
import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from endless import ENDLESS
from playing import Player, ends, lesson_from, started, wait_until

from engine.kernel.session import Session
from engine.protocol.events import LessonRewound, StepStarted
from engine.protocol.moments import Moment
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Grain, Status
from engine.running.keeping import KeepResult
from engine.running.setup import Setup

Play = Callable[..., Player]


@pytest.mark.parametrize("name", ENDLESS)
def test_two_stops_end_everything_that_would_not_end(play: Play, name: str) -> None:
    player = play(ENDLESS[name])
    player.session.run_step(0)
    started(player)

    player.session.stop()
    player.session.stop()
    player.wait_for(Status.READY)

    assert ends(player) == [(0, Outcome.STOPPED)]
    ended = player.ended()
    assert ended.traceback is None


@pytest.mark.parametrize("name", ["a tight loop", "a coroutine", "a cell without loops"])
def test_a_stopped_step_can_be_run_again(play: Play, name: str) -> None:
    player = play(f"# %%\ntrail = [1]\n\n# %%\ntrail.append(2)\n\n# %%\n{ENDLESS[name]}")
    player.session.run_step(2)
    started(player, 2)
    player.session.stop()
    player.ended()

    player.session.run_step(2)
    wait_until(lambda: player.events().count(StepStarted(2)) == 2, "the second run")
    player.session.stop()
    player.ended()
    player.run(1)

    assert player.namespace["trail"] == [1, 2]


def test_a_stop_ends_a_paused_step(play: Play) -> None:
    player = play("while True:\n    cost = 1.0")
    player.session.run_step(0, Grain.INNER)
    player.wait_for(Status.PAUSED)

    player.session.stop()

    assert player.ended().outcome is Outcome.STOPPED


def test_a_stop_ends_a_replay_and_what_was_to_follow(play: Play) -> None:
    player = play("""
        # %%
        import threading
        runs = globals().setdefault("runs", 0)
        import builtins
        builtins.tutorch_runs = getattr(builtins, "tutorch_runs", 0) + 1
        while builtins.tutorch_runs > 1:
            pass

        # %%
        second = True
    """)
    try:
        player.run(1)
        player.session.run_step(1)
        wait_until(lambda: player.events().count(StepStarted(0, True)) == 2, "the replay")
        player.session.stop()
        player.ended()
    finally:
        del builtins.tutorch_runs  # type: ignore[attr-defined]

    assert ends(player)[-1] == (0, Outcome.STOPPED)
    assert "second" not in player.namespace


def test_a_stop_reaches_a_slow_training_at_once(play: Play) -> None:
    player = play("for epoch in range(9):\n    cost = epoch + 0.5")
    player.session.set_speed(0.001)
    player.session.run_step(0)
    started(player)

    player.session.stop()

    assert player.ended().outcome is Outcome.STOPPED


def test_no_stop_reaches_the_run_after(play: Play) -> None:
    player = play("""
        # %%
        total = sum(i for i in range(10 ** 4))

        # %%
        class Quiet:
            def work(self):
                return sum(i for i in range(3 * 10 ** 5))
        for epoch in range(3):
            total = Quiet().work()
    """)
    for _ in range(10):
        player.session.run_step(0)
        player.session.stop()
        player.wait_for(Status.READY)

    assert player.run(1).outcome is Outcome.DONE


def test_a_running_step_is_restarted(play: Play) -> None:
    player = play("""
        # %%
        trail = ["one"]

        # %%
        trail.append("two")
        for epoch in range(10 ** 9):
            cost = epoch + 0.5
    """)
    player.session.run_step(1)
    started(player, 1)

    player.session.restart_step(1)
    wait_until(lambda: player.events().count(StepStarted(1)) == 2, "the restart")
    wait_until(lambda: len(player.namespace.get("trail", [])) == 2, "the restart to begin")  # type: ignore[arg-type]

    assert ends(player)[1] == (1, Outcome.STOPPED)
    assert player.session.status is Status.RUNNING
    player.session.stop()
    player.wait_for(Status.READY)


def test_a_running_lesson_is_restarted(play: Play) -> None:
    player = play("# %%\nx = 1\n\n# %%\nwhile True:\n    pass")
    player.session.run_step(1)
    started(player, 1)

    player.session.restart_lesson()
    wait_until(lambda: LessonRewound(is_restart=True) in player.events(), "the rewind")
    player.wait_for(Status.READY)

    assert player.session.done == 0
    assert player.run(0).outcome is Outcome.DONE


def test_a_restart_asked_for_many_times_ends_with_one_run(play: Play) -> None:
    player = play("# %%\nfor epoch in range(50):\n    cost = epoch + 0.5")

    for _ in range(20):
        player.session.restart_step(0)
    ended = player.ended()

    assert ended.outcome is Outcome.DONE
    assert [outcome for _, outcome in ends(player)].count(Outcome.DONE) <= 20
    assert player.namespace["epoch"] == 49


def test_a_rewound_lesson_is_let_go(play: Play) -> None:
    player = play("""
        import torch
        class Marker:
            pass
        marker = Marker()
        model = torch.nn.Linear(3, 3)
        def use():
            return marker
        for epoch in range(3):
            cost = float(epoch)
    """)
    player.run()
    gone = weakref.ref(player.namespace["marker"])

    player.session.restart_lesson()
    player.wait_for(Status.READY)
    player.told.clear()
    gc.collect()

    assert gone() is None


def test_what_wakes_from_a_moment_kept_as_a_stop_came_is_not_stopped(tmp_path: Path) -> None:
    """The stop was of the run that is left: what is commanded on waking comes after it."""
    kept: list[Moment] = []

    def keep(moment: Moment) -> KeepResult:
        kept.append(moment)
        if len(kept) > 1:
            return KeepResult.NOT_KEPT
        session.stop()
        # As in the process that was forked just now, and is woken later.
        session.process.rise(0.0)
        session.run_step(0)
        return KeepResult.WOKEN

    session = Session(lesson_from("for i in range(3):\n    cost = i", tmp_path), Setup(keep=keep))
    player = Player(session)
    session.start()
    try:
        ended = player.run()
    finally:
        session.close()

    assert ended.outcome is Outcome.DONE
