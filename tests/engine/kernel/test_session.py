"""A session that runs steps: in what order, replayed how, told by which events."""

from __future__ import annotations

import threading
from collections.abc import Callable

from playing import PATIENCE, Player, ends, started, wait_until

from engine.protocol.events import EngineReady, LessonRewound, StepStarted
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Grain, Status

Play = Callable[..., Player]

THREE_STEPS = """
    # %% First
    trail = ["one"]

    # %% Second
    trail.append("two")

    # %% Third
    trail.append("three")
    print(trail)

    # %% [markdown]
    # The end.
"""


def test_a_session_is_ready_once_torch_is_there(play: Play) -> None:
    player = play("x = 1")

    player.wait_for(Status.READY)

    (ready,) = player.events()
    assert isinstance(ready, EngineReady)
    assert ready.device == "cpu"


def test_a_step_runs_those_before_it_first(play: Play) -> None:
    player = play(THREE_STEPS)

    player.run(2)

    started = [event for event in player.events() if isinstance(event, StepStarted)]
    assert started == [StepStarted(0, True), StepStarted(1, True), StepStarted(2, False)]
    assert player.output() == "['one', 'two', 'three']\n"


def test_a_step_does_not_run_again_what_is_done(play: Play) -> None:
    player = play(THREE_STEPS)

    player.run(0)
    player.run(2)

    assert [step for step, _ in ends(player)] == [0, 1, 2]


def test_a_done_step_is_replayed_from_the_top_of_the_file(play: Play) -> None:
    player = play(THREE_STEPS)
    player.run(2)
    player.run(1)

    assert player.namespace["trail"] == ["one", "two"]
    assert player.events().count(LessonRewound()) == 1
    assert player.session.done == 2


def test_run_all_runs_to_the_end(play: Play) -> None:
    player = play(THREE_STEPS)

    player.session.run_all()
    player.ended()

    assert [outcome for _, outcome in ends(player)] == [Outcome.DONE] * 3
    assert player.session.done == 4


def test_a_run_asked_for_while_torch_loads_runs_when_it_is_there(play: Play) -> None:
    player = play(THREE_STEPS)
    player.session.run_all()

    wait_until(lambda: player.session.done == 4, "all steps")

    assert player.output() == "['one', 'two', 'three']\n"


def test_a_replay_draws_the_same_random_numbers(play: Play) -> None:
    player = play("""
        # %%
        import random
        import numpy as np
        import torch
        start = torch.rand(3).tolist(), random.random(), np.random.rand()

        # %%
        more = torch.rand(3).tolist(), random.random(), np.random.rand()
    """)
    player.run(1)
    once = player.namespace["start"], player.namespace["more"]

    player.run(1)

    assert (player.namespace["start"], player.namespace["more"]) == once


def test_a_lesson_begun_again_draws_others(play: Play) -> None:
    player = play("import torch\nnumbers = torch.rand(3).tolist()")
    player.run()
    once = player.namespace["numbers"]
    player.session.restart_lesson()
    player.wait_for(Status.READY)

    player.run()

    assert player.namespace["numbers"] != once


def test_a_step_begun_with_a_grain_pauses_in_the_step_that_was_asked_for(play: Play) -> None:
    player = play("""
        # %%
        for epoch in range(20):
            cost = epoch + 0.5

        # %%
        for epoch in range(20):
            cost = epoch + 0.25
    """)

    player.session.run_step(1, Grain.INNER)
    player.wait_for(Status.PAUSED)

    assert player.session.frame is not None
    assert (player.session.frame.step, player.session.frame.position) == (1, 1)


def test_a_grain_in_a_step_without_loops_pauses_nothing_after_it(play: Play) -> None:
    player = play(THREE_STEPS)
    player.session.run_step(0, Grain.INNER)
    player.ended()

    player.run(2)

    assert player.session.done == 4


def test_a_pause_holds_between_the_steps_of_run_all(play: Play) -> None:
    player = play("""
        # %%
        import threading
        reached, may_go = threading.Event(), threading.Event()

        # %%
        reached.set()
        may_go.wait()

        # %%
        after = True
    """)
    player.session.run_all()
    started(player, 1)
    reached = wait_for_name(player, "reached")
    reached.wait(PATIENCE)
    player.session.pause()
    player.namespace["may_go"].set()  # type: ignore[attr-defined]
    player.wait_for(Status.PAUSED)

    assert "after" not in player.namespace
    player.session.resume()
    player.ended()
    assert player.namespace["after"] is True


def wait_for_name(player: Player, name: str) -> threading.Event:
    wait_until(lambda: player.shell, "a shell")
    wait_until(lambda: name in player.namespace, name)
    found = player.namespace[name]
    assert isinstance(found, threading.Event)
    return found


def test_the_running_line_is_the_lessons(play: Play) -> None:
    player = play("# %%\nimport time\nwhile True:\n    time.sleep(0.01)\n")
    player.session.run_step(0)

    wait_until(lambda: player.session.running_line(1, 99) == 4, "the body's line")

    assert player.session.running_line(90, 99) is None


def test_commands_that_do_not_fit_the_moment_do_nothing(play: Play) -> None:
    player = play(THREE_STEPS)
    player.wait_for(Status.READY)

    player.session.pause()
    player.session.resume()
    player.session.step(Grain.OUTER)
    player.session.stop()

    assert player.session.status is Status.READY
    player.run(0)
    assert player.session.done == 1
