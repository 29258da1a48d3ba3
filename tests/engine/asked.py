"""Lessons in which something is asked, and what tests of that do in them."""

from __future__ import annotations

from collections.abc import Callable

from playing import Player, wait_until

from engine.protocol.events import AskAnswered

Play = Callable[..., Player]

NAMES = """
    import torch
    rate = 0.1
    weights = torch.arange(6.0).reshape(2, 3)
    numbers = list(range(5000))
    class Broken:
        def __repr__(self):
            return 1 / 0
    def halve(value):
        return value / zero
    zero = 0
"""
TRAINING = """
    # %% watch="cost"
    import random
    import torch
    torch.manual_seed(1)
    random.seed(1)
    weights = torch.ones(3, requires_grad=True)
    rate = 0.1

    def loss(weights):
        total = 0.0
        for weight in weights:
            total = total + weight**2
        return total

    for epoch in range(6):
        cost = loss(weights) + random.random() + torch.rand(1).item()
        cost.backward()
        with torch.no_grad():
            weights -= rate * weights.grad
            weights.grad = None
        print(epoch, float(cost))
"""
FUNCTION = """
    # %%
    rate = 0.1
    lesson_only = 1
    def train(rate, values):
        scale = 2.0
        def nested():
            return scale
        seen = []
        for value in values:
            seen.append(rate * value * nested())
        return seen
    seen = train(0.5, [1.0, 2.0, 3.0, 4.0])
"""


def ask(player: Player, text: str) -> AskAnswered:
    number = 1 + sum(isinstance(event, AskAnswered) for event in player.events())
    player.session.ask(number, text)
    wait_until(lambda: answer_to(player, number) is not None, f"the answer to {text!r}")
    answered = answer_to(player, number)
    assert answered is not None
    return answered


def answer_to(player: Player, number: int) -> AskAnswered | None:
    answers = (event for event in player.events() if isinstance(event, AskAnswered))
    return next((answer for answer in answers if answer.number == number), None)
