"""What is asked where a run stands can be stopped, and comes to its answer in its turn."""

from __future__ import annotations

import os
import threading

import pytest
from asked import TRAINING, Play, answer_to, ask
from playing import PATIENCE, Player, pause_at_start, wait_until

from engine.protocol.events import AskAnswered
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status


@pytest.mark.parametrize(
    "text",
    [
        "sum(i for i in range(10**12))",
        "while True: pass",
        "while 1:\n try:\n  while 1: pass\n except: pass\n break",
    ],
)
def test_what_is_asked_can_be_stopped_while_the_run_stays_paused(play: Play, text: str) -> None:
    player = play(TRAINING)
    pause_at_start(player)
    player.session.ask(1, text)
    wait_until(lambda: player.session._worker.interventions.asker._is_under_way, "the ask to begin")

    player.session.stop()

    wait_until(lambda: answer_to(player, 1) is not None, "the end of what is asked")
    player.wait_for(Status.PAUSED)
    assert ask(player, "rate").said == "0.1"
    player.session.resume()
    assert player.ended().outcome is Outcome.DONE


def test_what_is_asked_while_nothing_runs_can_be_stopped(named: Player) -> None:
    named.session.ask(1, "while True: pass")
    wait_until(lambda: named.session._worker.interventions.asker._is_under_way, "the ask to begin")

    named.session.stop()

    wait_until(lambda: answer_to(named, 1) is not None, "the end of what is asked")
    answered = answer_to(named, 1)
    assert answered is not None
    assert answered.outcome is Outcome.STOPPED
    named.wait_for(Status.READY)
    assert named.run().outcome is Outcome.DONE


def test_a_restart_ends_what_is_asked_too(play: Play) -> None:
    player = play(TRAINING)
    pause_at_start(player)
    player.session.ask(1, "while True: pass")
    wait_until(lambda: player.session._worker.interventions.asker._is_under_way, "the ask to begin")

    player.session.restart_step(0)

    assert player.ended().outcome is Outcome.DONE


def test_what_is_asked_while_a_step_runs_is_answered_once_it_stands(play: Play) -> None:
    player = play("n = 0\nwhile True: n += 1")
    player.session.run_step(0)
    player.wait_for(Status.RUNNING)
    player.session.ask(1, "n > 0")

    player.session.pause()

    wait_until(lambda: answer_to(player, 1) is not None, "the answer")


def test_a_child_that_is_asked_for_ends_with_its_answer(named: Player) -> None:
    said = ask(named, "__import__('os').fork() > 0").said

    assert said == "True"
    assert os.wait()[1] == 0


def test_a_stop_that_comes_before_what_is_asked_has_begun_calls_it_off(play: Play) -> None:
    player = play("a = 1")
    player.run()
    session = player.session
    may_go_on = threading.Event()

    def hold_up() -> None:
        may_go_on.wait(PATIENCE)

    session._thread.gate.send(hold_up)
    session.ask(1, "a = 2")

    session.stop()
    may_go_on.set()

    wait_until(lambda: answers_to(player), "the answer")
    assert answers_to(player)[0].outcome is Outcome.STOPPED
    assert player.namespace["a"] == 1


def answers_to(player: Player) -> list[AskAnswered]:
    return [event for event in player.events() if isinstance(event, AskAnswered)]
