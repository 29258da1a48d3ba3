"""Changes of a run that is repeated: each is made again where it was, in the same names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player, pause_at_start, series, step_and_wait, wait_until

from engine.protocol.changes import Change
from engine.protocol.events import AskAnswered
from engine.protocol.places import Place
from engine.protocol.status import Grain, Status

Play = Callable[..., Player]

TRAINING = """
    # %% Begin
    import random
    import torch
    torch.manual_seed(1)
    random.seed(1)
    # %% Train
    # %% watch="cost"
    weights = torch.ones(3)
    rate = 0.1

    def loss(weights):
        total = 0.0
        for weight in weights:
            total = total + float(weight) ** 2
        return total

    for epoch in range(12):
        cost = loss(weights) + random.random() + torch.rand(1).item()
        weights -= rate * weights
    # %% After
    print(weights.sum().item(), rate, random.random())
"""
FUNCTION = """
    # %%
    rate = 0.1
    def train(rate, values):
        scale = 2.0
        seen = []
        for value in values:
            part = rate * value
            seen.append(part * scale)
        return seen
    seen = train(0.5, [1.0, 2.0, 3.0, 4.0, 5.0])
"""


def ask(player: Player, text: str) -> AskAnswered:
    number = 1 + sum(isinstance(event, AskAnswered) for event in player.events())

    def found() -> list[AskAnswered]:
        answers = (event for event in player.events() if isinstance(event, AskAnswered))
        return [answer for answer in answers if answer.number == number]

    player.session.ask(number, text)
    wait_until(found, f"the answer to {text!r}")
    return found()[0]


def begin(player: Player, step: int = 1) -> None:
    player.session.run_step(step, Grain.INNER)
    player.wait_for(Status.PAUSED)


def on_to(player: Player, position: int) -> None:
    """Step on by iterations to that one."""
    while (place := player.session.place) is None or place.position < position:
        step_and_wait(player, Grain.INNER)


def finish(player: Player) -> None:
    player.session.resume()
    player.ended()


def again_to(player: Player, changes: tuple[Change, ...], place: Place) -> None:
    """Run the lesson again, with those changes, to that place."""
    player.session.process.repeat_changes(changes)
    player.session.go_to(place)
    player.wait_for(Status.PAUSED)


def test_a_place_behind_a_change_is_what_it_was(play: Play) -> None:
    player = play(TRAINING)
    begin(player)
    on_to(player, 3)
    ask(player, "rate = 0.5")
    on_to(player, 6)
    ask(player, "weights *= torch.rand(3)")
    finish(player)
    weights = player.namespace["weights"]
    costs = series(player.session.frame, "cost").values.tolist()
    changes = player.session.changes

    again_to(player, changes, Place(1, True, 9))
    finish(player)

    assert player.session.changes == changes
    assert series(player.session.frame, "cost").values.tolist() == costs
    assert (player.namespace["weights"] == weights).all()  # type: ignore[attr-defined]


def test_a_place_before_a_change_is_without_it(play: Play) -> None:
    player = play(TRAINING)
    begin(player)
    on_to(player, 5)
    ask(player, "rate = 0.5")
    changes = player.session.changes

    player.session.stop()
    player.ended()
    again_to(player, changes, Place(1, True, 4))

    assert ask(player, "rate").said == "0.1"
    step_and_wait(player, Grain.INNER)
    assert ask(player, "rate").said == "0.5"


def test_a_place_at_which_a_change_was_made_has_it(play: Play) -> None:
    player = play(TRAINING)
    begin(player)
    on_to(player, 5)
    place = ask(player, "rate = 0.5").place
    changes = player.session.changes
    finish(player)

    assert place == Place(1, True, 5)
    again_to(player, changes, place)

    assert ask(player, "rate").said == "0.5"


def test_a_change_of_its_own_ends_what_is_repeated(play: Play) -> None:
    player = play(TRAINING)
    begin(player)
    on_to(player, 6)
    ask(player, "rate = 0.5")
    changes = player.session.changes
    finish(player)

    again_to(player, changes, Place(1, True, 4))
    ask(player, "rate = 0.25")
    finish(player)

    assert player.namespace["rate"] == 0.25
    assert [change.text for change in player.session.changes] == ["rate = 0.25"]


def test_nothing_is_told_of_what_is_made_again(play: Play) -> None:
    player = play(TRAINING)
    begin(player)
    on_to(player, 3)
    ask(player, "rate = 0.5; print(rate)")
    changes = player.session.changes
    finish(player)
    told, written = len(player.events()), player.output()

    again_to(player, changes, Place(1, True, 5))

    assert not any(isinstance(event, AskAnswered) for event in player.events()[told:])
    assert player.output() == written


@pytest.mark.parametrize("statements", [0, 2])
def test_a_change_in_a_function_is_made_in_its_names(play: Play, statements: int) -> None:
    player = play(FUNCTION)
    pause_at_start(player)
    on_to(player, 2)
    for _ in range(statements):
        step_and_wait(player, Grain.STATEMENT)
    assert ask(player, "rate = 10.0").changed == ("rate",)
    finish(player)
    seen, changes = player.namespace["seen"], player.session.changes

    again_to(player, changes, Place(0, False, 4))
    finish(player)

    assert player.namespace["seen"] == seen
    assert player.namespace["rate"] == 0.1


def test_a_change_before_the_first_iteration_is_made_before_it(play: Play) -> None:
    player = play(TRAINING)
    player.session.run_step(1, Grain.STATEMENT)
    player.wait_for(Status.PAUSED)
    for _ in range(4):
        step_and_wait(player, Grain.STATEMENT)
    ask(player, "rate = 0.5")
    finish(player)
    weights, changes = player.namespace["weights"], player.session.changes

    again_to(player, changes, Place(1, True, 8))
    finish(player)

    assert (player.namespace["weights"] == weights).all()  # type: ignore[attr-defined]


def test_what_was_changed_behind_a_step_is_changed_there_again(play: Play) -> None:
    player = play(TRAINING + "    for i in range(5): rate += 1\n")
    begin(player)
    finish(player)
    ask(player, "rate = 7.0; random.random()")
    player.run(2)
    rate, changes, written = player.namespace["rate"], player.session.changes, player.output()

    again_to(player, changes, Place(2, False, 4))
    finish(player)

    assert player.namespace["rate"] == rate
    assert player.output() == written * 2


def test_a_step_on_the_way_is_changed_in_it_again(play: Play) -> None:
    player = play(TRAINING + "    for i in range(5): rate += 1\n")
    begin(player)
    on_to(player, 5)
    ask(player, "rate = 7.0")
    finish(player)
    player.run(2)
    changes, written = player.session.changes, player.output()

    again_to(player, changes, Place(2, False, 4))
    finish(player)

    assert player.output() == written * 2


def test_what_is_not_repeated_is_changed_by_nothing(play: Play) -> None:
    player = play(TRAINING)
    begin(player)
    on_to(player, 5)
    ask(player, "rate = 0.5")
    finish(player)

    player.run(1)

    assert player.namespace["rate"] == 0.1
    assert player.session.changes == ()
