"""What may follow in code that is written, by the names that the lesson has now."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from playing import Player, started
from remote import RemotePlayer

from engine.protocol.completion import Completions, Writing
from engine.protocol.status import Grain, Status

Play = Callable[..., RemotePlayer]

_NUMBERS = itertools.count(1)

NAMES = """
# %% Names
import torch

학습률 = 0.1
weights = torch.zeros(2, 3)
layer = torch.nn.Linear(2, 1)

def descend(weights, rate=0.1):
    return weights - rate

class Loud:
    @property
    def asked(self):
        print("ran")
        return self

loud = Loud()
# %% Loop
for i in range(10**7):
    cost = 1 / (i + 1)
"""


def ask(player: RemotePlayer, source: str, *, wants_words: bool = True) -> Completions:
    """Ask at the end of `source`, or where `|` stands in it."""
    before, _, after = source.partition("|")
    number = next(_NUMBERS)
    writing = Writing(number, before + after, len(before), wants_words)
    player.session.ask_for_completions(writing)
    player.wait_until(
        lambda: player.session.completions and player.session.completions.number == number,
        "what may follow",
    )
    assert player.session.completions is not None
    return player.session.completions


def test_names_of_the_lesson_follow(play_apart: Play) -> None:
    player = play_apart(NAMES)
    player.run()

    assert ask(player, "x = wei").words == ("weights",)
    assert ask(player, "x = 학").words == ("학습률",)


def test_attributes_of_values_follow_a_dot(play_apart: Play) -> None:
    player = play_apart(NAMES)
    player.run()

    answer = ask(player, "y = weights.requires")

    assert answer.words == ("requires_grad", "requires_grad_")
    assert answer.start == len("y = weights.")
    assert ask(player, "y = weights.grad").words[0] == "grad"
    assert ask(player, "y = weights").words == ()


def test_names_that_stand_in_the_source_follow_before_they_have_run(play_apart: Play) -> None:
    player = play_apart(NAMES)

    assert "learning_rate" in ask(player, "learning_rate = 1\nlea|\n").words


def test_nothing_hidden_follows_unless_it_is_asked_for(play_apart: Play) -> None:
    player = play_apart(NAMES)
    player.run()

    assert not [word for word in ask(player, "weights.").words if word.startswith("_")]
    assert "__len__" in ask(player, "weights.__le").words


def test_a_call_tells_what_it_takes(play_apart: Play) -> None:
    player = play_apart(NAMES)
    player.run()

    assert ask(player, "descend(", wants_words=False).signature == "descend(weights, rate=0.1)"
    assert "in_features" in ask(player, "a = torch.nn.Linear(2, (1 + 2), ").signature
    assert ask(player, "torch.optim.SGD(").signature.startswith("SGD(params, lr=0.001, mom")
    assert ask(player, "torch.matmul(").signature.startswith("matmul(input, other")
    assert ask(player, "descend(1)").signature == ""
    assert ask(player, "unknown(").signature == ""


def test_nothing_of_the_learners_runs_for_it(play_apart: Play) -> None:
    player = play_apart(NAMES)
    player.run()

    ask(player, "loud.asked.")
    ask(player, "loud.asked(")
    player.run()

    assert "ran" not in player.output()


def test_a_loop_that_is_paused_has_its_names(play_apart: Play) -> None:
    player = play_apart(NAMES)
    player.session.step_on(1, Grain.INNER)
    player.wait_for(Status.PAUSED)

    assert ask(player, "cos").words == ("cost",)


def test_training_is_not_asked(play: Callable[..., Player]) -> None:
    player = play("while True:\n    cost = 1.0")
    player.session.run_step(0)
    started(player)

    answer = player.session.completions(Writing(1, "cos", 3, wants_words=True))

    assert answer is None
    player.session.stop()
    player.ended()
