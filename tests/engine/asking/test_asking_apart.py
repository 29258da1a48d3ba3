"""Asking a session in a process of its own: answers, deaths, and moments that know of changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from going import Traveller
from playing import lesson_from
from remote import RemotePlayer

from engine.client.engine import Engine
from engine.protocol.events import AskAnswered, OutputWritten, SessionDied
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place
from engine.protocol.status import Grain, Status

Play = Callable[..., RemotePlayer]

TRAINING = """
# %% watch="cost"
rate = 0.5
cost = 64.0
for epoch in range(8):
    cost = cost * rate
    print(epoch, cost)
"""


def ask(player: RemotePlayer, text: str) -> AskAnswered:
    number = send(player, text)
    player.wait_until(lambda: number in answers(player), f"the answer to {text!r}")
    return answers(player)[number]


def send(player: RemotePlayer, text: str) -> int:
    number = len(answers(player)) + 1
    player.session.ask(number, text)
    return number


def send_endless(player: RemotePlayer, code: str, folder: Path) -> None:
    """Ask what never ends, and wait until it has begun: before that, a stop would call it off."""
    begun = folder / "begun"
    send(player, f"import time; open({str(begun)!r}, 'w').close(); {code}")
    player.wait_until(begun.exists, "what is asked to begin")


def send_endless_sum(player: RemotePlayer, folder: Path) -> None:
    """Ask what never ends and hears no interruption, from the moment on that it has begun."""
    begun = folder / "begun"
    # No line of Python runs between the opening of the file and the sum, which has begun before: a
    # file of text would run some, for its encoding.
    marks = f"map(hash, map(open, [{str(begun)!r}], ['wb']))"
    send(player, f"from itertools import chain; sum(chain({marks}, range(10**12)))")
    player.wait_until(begun.exists, "what is asked to begin")


def answers(player: RemotePlayer) -> dict[int, AskAnswered]:
    return {event.number: event for event in player.told if isinstance(event, AskAnswered)}


def pause(player: RemotePlayer, position: int) -> None:
    player.session.step_on(0, Grain.INNER)
    player.wait_for(Status.PAUSED)
    for at in range(2, position + 1):
        player.session.step_on(0, Grain.INNER)
        player.wait_until(
            lambda at=at: (
                player.session.status is Status.PAUSED
                and player.session.place == Place(0, True, at)
            ),
            f"iteration {at}",
        )


def test_what_is_asked_is_answered_where_the_run_is_paused(play_apart: Play) -> None:
    player = play_apart(TRAINING)
    pause(player, 2)

    answered = ask(player, "print('seen'); cost")

    assert (answered.said, answered.printed, answered.outcome) == ("16.0", "seen", Outcome.DONE)
    assert player.session.status is Status.PAUSED
    assert "seen" not in player.output()


def test_what_is_asked_is_answered_before_anything_has_run(play_apart: Play) -> None:
    player = play_apart(TRAINING)

    assert ask(player, "1 + 1").said == "2"
    player.run()
    assert ask(player, "cost").said == "0.25"


def test_what_no_interruption_ends_is_ended_with_its_process(
    play_apart: Play, tmp_path: Path
) -> None:
    player = play_apart(TRAINING)
    player.run()
    send_endless_sum(player, tmp_path)

    player.session.stop()
    player.wait_until(
        lambda: any(isinstance(event, SessionDied) for event in player.told), "the end of it"
    )

    died = next(event for event in player.told if isinstance(event, SessionDied))
    assert died.death is None
    player.wait_for(Status.READY)
    assert ask(player, "2 + 2").said == "4"


def test_what_kills_the_process_is_told_as_any_death(play_apart: Play) -> None:
    player = play_apart(TRAINING)
    player.run()

    send(player, "__import__('os')._exit(3)")
    player.wait_until(
        lambda: any(isinstance(event, SessionDied) for event in player.told), "its death"
    )

    died = next(event for event in player.told if isinstance(event, SessionDied))
    assert died.death is not None
    assert died.death.status == 3


def test_asking_leaves_the_run_and_its_output_as_they_are(play_apart: Play) -> None:
    player = play_apart(TRAINING)
    player.run()
    whole = player.output()

    other = play_apart(TRAINING)
    pause(other, 2)
    ask(other, "[cost * one for one in range(100)]")
    ask(other, "print('aside')")
    other.session.step_on(0, Grain.INNER)
    ask(other, "cost")
    other.session.resume()
    other.ended()

    assert other.output() == whole


def test_a_change_is_there_again_where_its_moment_is_gone_back_to(
    keeping_engine: Engine, tmp_path: Path
) -> None:
    with Traveller.on(keeping_engine, lesson_from(TRAINING, tmp_path)) as player:
        pause(player, 3)
        answered = ask(player, "rate = 1.0")
        player.go_to(Place(0, True, 5))
        assert ask(player, "cost").said == "8.0"

        player.go_to(Place(0, True, 3))

        assert answered.place == Place(0, True, 3)
        assert ask(player, "(rate, cost)").said == "(1.0, 8.0)"
        assert player.run_on().splitlines()[-1] == "7 8.0"


def test_output_of_an_answer_is_none_of_the_steps(play_apart: Play) -> None:
    player = play_apart(TRAINING)
    player.run()
    before = sum(isinstance(event, OutputWritten) for event in player.told)

    ask(player, "for i in range(3): print(i)")

    assert sum(isinstance(event, OutputWritten) for event in player.told) == before


ENDLESS = "time.sleep(1000)"


def test_a_run_is_paused_where_it_was_once_what_was_asked_has_taken_its_process(
    play_apart: Play, tmp_path: Path
) -> None:
    player = play_apart(TRAINING)
    pause(player, 3)
    send_endless(player, ENDLESS, tmp_path)
    player.session.stop()

    player.wait_until(lambda: deaths(player), "the end of its process")
    player.wait_until(
        lambda: (
            player.session.status is Status.PAUSED and player.session.place == Place(0, True, 3)
        ),
        "the pause again",
    )

    assert [(one.step, one.gone) for one in deaths(player)] == [(None, None)]
    assert ask(player, "epoch").said == "2"


def test_so_it_is_once_what_was_asked_has_ended_its_process_by_itself(play_apart: Play) -> None:
    player = play_apart(TRAINING)
    pause(player, 3)
    send(player, "import os; os._exit(3)")

    player.wait_until(lambda: deaths(player), "the end of its process")
    player.wait_until(lambda: player.session.place == Place(0, True, 3), "the pause again")

    [death] = deaths(player)
    assert death.step is None
    assert death.death is not None
    assert death.death.status == 3


def test_where_nothing_runs_it_is_told_which_step_is_gone_with_what_was_asked(
    play_apart: Play, tmp_path: Path
) -> None:
    player = play_apart("# %%\na = 1\n# %%\nb = 2")
    player.run(1)
    send_endless(player, ENDLESS, tmp_path)
    player.session.stop()

    player.wait_until(lambda: deaths(player), "the end of its process")
    player.wait_for(Status.READY)

    assert [(one.step, one.gone) for one in deaths(player)] == [(None, 1)]
    player.run(1)
    assert ask(player, "a + b").said == "3"


def deaths(player: RemotePlayer) -> list[SessionDied]:
    return [event for event in player.told if isinstance(event, SessionDied)]
