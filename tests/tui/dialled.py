"""Lessons with numbers to turn, and what tests of turning do in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from driving import (
    Player,
    opened,
    write_lesson,
)

from tui.experiments.turning import dial_of
from tui.foot.dial_input import DialInput
from tui.rendering.status_line import StepMark, marks_of_steps

EDITED = marks_of_steps(in_ascii=False)[StepMark.EDITED]

TRAINING = """
    # ---
    # tutorch:
    #   title: Dials
    # ---

    # %% Training watch="cost"
    rate = 0.5
    cost = 64.0
    for epoch in range(200):
        cost = cost * rate
    print("left", cost)

    # %% After
    print("after", cost)
"""
ENDLESS = """
    # %% Endless watch="cost"
    rate = 0.1
    cost = 1.0
    while True:
        cost = rate
"""
OPTIMIZERS = """
    # %% Optimizers watch="cost"
    import torch
    w = torch.zeros(2, requires_grad=True)
    lr = 0.1
    sgd = torch.optim.SGD([w], lr=lr, momentum=0.5)
    adam = torch.optim.Adam([w], lr=lr, betas=(0.9, 0.999))
    fixed = torch.optim.SGD([w], lr=0.3)
    fixed.param_groups[0]["lr"] = 0.003
    for epoch in range(200):
        cost = (w - 1).pow(2).sum()
        cost.backward()
        step = 0.25 * w
"""


@asynccontextmanager
async def paused(
    folder: Path, text: str = TRAINING, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Player]:
    """A training that stands behind its first iteration."""
    async with opened(write_lesson(folder, text), size) as player:
        await player.press("full_stop")
        await player.is_at(1)
        yield player


def line(player: Player) -> DialInput:
    return player.screen.query_one(DialInput)


async def choose(player: Player, text: str) -> None:
    """Go through the numbers of the code up to one that is written so."""
    for _ in range(40):
        dial = dial_of(player.playback)
        if dial is not None and dial.text == text:
            return
        await player.press("number_sign")
    raise AssertionError(f"no number {text}")


async def value_of(player: Player, expression: str) -> str:
    """What the session says an expression is where it stands."""
    asking = player.playback.asking
    question = asking.begin(expression)
    player.playback.session.ask(question.number, expression)
    await player.until(lambda: not asking.waits, f"the answer to {expression!r}")
    assert asking.newest is not None
    assert asking.newest.answer is not None
    return asking.newest.answer.said


async def is_told(player: Player, words: str) -> None:
    """Wait until the number's line in the foot says this."""
    await player.reads(words)
