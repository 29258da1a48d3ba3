"""What is asked of a run that goes on: carried out where its next iteration ends, as a dial is."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playing import Player, pause_at_start, series, wait_until
from remote import RemotePlayer

from engine.protocol.events import AskAnswered
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place
from engine.protocol.status import Status

Play = Callable[..., Player]

ENDLESS = """
    # %% watch="cost"
    rate, is_on, n = 0.0, True, 0
    while is_on:
        cost = rate
        n += 1
    # %%
    after = rate
"""
IN_FUNCTION = """
    # %% watch="cost"
    rate = 7.0
    def train(rate):
        while rate < 1:
            cost = rate
        return rate
    end = train(0.5)
"""


def ask_at_once(player: Player | RemotePlayer, number: int, text: str) -> None:
    player.session.ask(number, text, at_once=True)


def answered(player: Player, number: int) -> AskAnswered:
    def found() -> list[AskAnswered]:
        answers = (event for event in player.events() if isinstance(event, AskAnswered))
        return [answer for answer in answers if answer.number == number]

    wait_until(found, f"answer {number}")
    return found()[0]


def running(play: Play, text: str) -> Player:
    player = play(text)
    player.session.run_step(0)
    wait_until(lambda: (player.session.place or Place(0)).position > 0, "an iteration")
    return player


def test_a_run_goes_on_with_what_was_changed(play: Play) -> None:
    player = running(play, ENDLESS)

    ask_at_once(player, 1, "rate = 0.5")
    answer = answered(player, 1)

    assert player.session.status is Status.RUNNING
    assert (answer.outcome, answer.changed) == (Outcome.DONE, ("rate",))
    ask_at_once(player, 2, "is_on = False")
    player.ended()


def test_it_counts_from_the_iteration_after_the_place_that_it_tells(play: Play) -> None:
    slow = ENDLESS.replace("n += 1", "__import__('time').sleep(0.005)")
    player = running(play, slow)

    ask_at_once(player, 1, "rate = 0.5")
    place = answered(player, 1).place
    assert place is not None
    wait_until(lambda: (player.session.place or place) > place, "an iteration more")
    ask_at_once(player, 2, "is_on = False")
    player.ended()

    values = series(player.session.frame, "cost").values
    assert {*values[: place.position]} <= {0.0}
    assert {*values[place.position :]} == {0.5}


def test_it_is_noted_as_a_change_of_the_run(play: Play) -> None:
    player = running(play, ENDLESS)

    ask_at_once(player, 1, "rate = 0.5")
    place = answered(player, 1).place
    ask_at_once(player, 2, "is_on = False")
    player.ended()

    noted = player.session.changes[0]
    assert (noted.place, noted.text) == (place, "rate = 0.5")


def test_it_is_carried_out_in_the_function_whose_iteration_ends(play: Play) -> None:
    player = running(play, IN_FUNCTION)

    ask_at_once(player, 1, "rate = 2.0")
    player.ended()

    assert (player.namespace["end"], player.namespace["rate"]) == (2.0, 7.0)


def test_many_changes_in_a_row_are_carried_out_in_their_order(play: Play) -> None:
    player = running(play, ENDLESS)

    for number in range(1, 21):
        ask_at_once(player, number, f"rate = rate * 2 + {number % 2}")
    answered(player, 20)
    ask_at_once(player, 21, "is_on = False")
    player.ended()

    expected = 0.0
    for number in range(1, 21):
        expected = expected * 2 + number % 2
    assert player.namespace["rate"] == expected


def test_it_does_not_wait_for_a_slow_iteration_of_a_speed_to_begin(play: Play) -> None:
    player = running(play, ENDLESS)
    player.session.set_speed(0.01)
    wait_until(lambda: _stands(player), "the wait for the next iteration")

    ask_at_once(player, 1, "is_on = False")

    assert answered(player, 1).outcome is Outcome.DONE
    player.session.set_speed(None)
    player.ended()


@pytest.mark.parametrize("begin", [lambda _: None, pause_at_start], ids=["idle", "paused"])
def test_where_nothing_trains_it_is_carried_out_there(
    play: Play, begin: Callable[[Player], None]
) -> None:
    player = play("for i in range(5):\n    x = i")
    begin(player)

    ask_at_once(player, 1, "y = 3")

    assert answered(player, 1).changed == ("y",)


def test_what_breaks_leaves_the_run(play: Play) -> None:
    player = running(play, ENDLESS)

    ask_at_once(player, 1, "1 / 0")

    assert answered(player, 1).outcome is Outcome.FAILED
    assert player.session.status is Status.RUNNING
    ask_at_once(player, 2, "is_on = False")
    assert player.ended().outcome is Outcome.DONE


def test_where_no_iteration_ends_any_more_it_is_carried_out_behind_the_step(play: Play) -> None:
    player = play("import time\nuntil = 0\nwhile until < 1: until += 1\nx = 1\ntime.sleep(0.3)")
    player.session.run_step(0)
    wait_until(lambda: (player.session.place or Place(0)).position > 0, "the iteration")

    ask_at_once(player, 1, "x = 2")
    player.ended()

    assert answered(player, 1).changed == ("x",)
    assert player.namespace["x"] == 2


def test_an_ask_that_waits_for_a_pause_still_waits(play: Play) -> None:
    player = running(play, ENDLESS)
    player.session.ask(1, "n")

    ask_at_once(player, 2, "rate = 0.5")
    answered(player, 2)

    assert not any(
        isinstance(event, AskAnswered) and event.number == 1 for event in player.events()
    )
    player.session.pause()
    answered(player, 1)


def test_a_session_apart_is_changed_while_it_runs(play_apart: Callable[..., RemotePlayer]) -> None:
    player = play_apart(ENDLESS)
    player.session.run_step(0)
    player.wait_for(Status.RUNNING)

    ask_at_once(player, 1, "is_on = False")
    player.wait_until(
        lambda: any(isinstance(event, AskAnswered) for event in player.told), "the answer"
    )

    player.wait_for(Status.READY)


def _stands(player: Player) -> bool:
    before = player.session.place
    time.sleep(0.02)
    return player.session.place == before
