"""A slow training walks: each statement has its share of the iteration's time, and its light."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player, series, started, wait_until

from engine.gate.tempo import Tempo
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status

Play = Callable[..., Player]

A_DAY_EACH = 1 / 86_400
ENDLESS = "n = 0\nwhile True:\n    n += 1\n    half = n / 2\n    cost = half"
HALVING = "cost = 64.0\nfor epoch in range(4):\n    half = cost / 2\n    cost = half"


def walking(speed: float) -> Tempo:
    tempo = Tempo()
    tempo.set(speed)
    return tempo


def waits(tempo: Tempo, statements: int, now: float) -> list[float]:
    """How long is left at `now`, where an iteration has ended, before each of its statements."""
    left = []
    for _ in range(statements):
        tempo.begin_statement()
        left.append(round(tempo.left(now), 6))
    return left


@pytest.mark.parametrize(("speed", "walks"), [(1, True), (5, True), (5.1, False), (None, False)])
def test_at_five_iterations_a_second_or_fewer_it_walks(speed: float | None, walks: bool) -> None:
    tempo = Tempo()

    tempo.set(speed)

    assert tempo.walks is walks


def test_an_iterations_time_is_shared_by_as_many_statements_as_the_one_before_had() -> None:
    tempo = walking(1.0)
    tempo.end_iteration(10.0)
    waits(tempo, 4, 10.0)
    tempo.end_iteration(11.0)

    assert waits(tempo, 4, 11.0) == [0.25, 0.5, 0.75, 1.0]


def test_more_statements_than_before_wait_no_longer_than_the_iteration() -> None:
    tempo = walking(1.0)
    tempo.end_iteration(10.0)
    waits(tempo, 2, 10.0)
    tempo.end_iteration(11.0)

    assert waits(tempo, 4, 11.0) == [0.5, 1.0, 1.0, 1.0]


def test_each_line_of_the_body_is_lit(play: Play) -> None:
    player = play(ENDLESS)
    player.session.set_speed(5)
    player.session.run_step(0)
    seen: set[int | None] = set()

    def lights_up() -> bool:
        seen.add(player.session.running_line(1, 99))
        return {4, 5, 6} <= seen

    wait_until(lights_up, "each line of the body")

    player.session.stop()
    assert player.ended().outcome is Outcome.STOPPED


def test_a_function_of_another_cell_is_walked_by(play: Play) -> None:
    other = "# %%\ndef halved(n):\n    half = n / 2\n    return half\n\n"
    player = play(f"{other}# %%\nn = 0\nwhile True:\n    n += 1\n    cost = halved(n)\n    end = n")
    player.session.set_speed(5)
    player.session.run_step(1)
    seen: list[int | None] = []

    def lights_up() -> bool:
        seen.append(player.session.running_line(1, 99))
        return {9, 10, 11} <= set(seen)

    wait_until(lights_up, "each line of the body")

    waits_in_function = [line for line in seen if line in (3, 4)]
    assert len(waits_in_function) < len(seen) / 10
    player.session.stop()


def test_a_pause_stands_before_the_statement_that_is_lit(play: Play) -> None:
    player = play(HALVING)
    player.session.set_speed(A_DAY_EACH)
    player.session.run_step(0)
    started(player)
    wait_until(lambda: player.session._worker._runner.stepper.standing, "the walk")

    player.session.run_or_pause(0)
    player.wait_for(Status.PAUSED)

    frame = player.session.frame
    assert frame is not None
    assert frame.statement is not None
    assert frame.statement.line in (3, 4, 5)
    player.session.set_speed(None)
    player.session.run_or_pause(0)
    assert player.ended().outcome is Outcome.DONE
    assert player.namespace["cost"] == 4.0


def test_full_speed_looks_at_no_statement_any_more(play: Play) -> None:
    player = play(ENDLESS)
    player.session.set_speed(A_DAY_EACH)
    player.session.run_step(0)
    started(player)
    wait_until(lambda: player.session._worker._runner.stepper._follows, "the walk")

    player.session.set_speed(None)

    wait_until(lambda: not player.session._worker._runner.stepper._follows, "its end")
    assert player.session.status is Status.RUNNING
    player.session.stop()


def test_a_walk_computes_what_a_run_does(play: Play) -> None:
    player = play(HALVING)
    player.session.set_speed(5)

    ended = player.run(0)

    assert ended.outcome is Outcome.DONE
    assert ended.frame is not None
    assert series(ended.frame, "cost").values.tolist() == [32.0, 16.0, 8.0, 4.0]
