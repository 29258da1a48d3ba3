"""States of the player: for each a lesson, and how it is brought into it by keys."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from driving import ENDLESS, HALVING, Player

TWO = """
    # %% One
    a = 1
    # %% Two watch="cost"
    cost = 64.0
    for epoch in range(200):
        cost = cost / 2
"""

EXERCISE = """
    # ---
    # tutorch:
    #   title: Twice
    # ---
    # %% Twice tags=["exercise"]
    doubled = 3
    # %% [markdown] tags=["hint"]
    # Think of a sum.
    # %% tags=["solution"]
    doubled = 6
    # %% tags=["check"]
    assert doubled == 6
    # %% After
    b = 1
"""

FAILING = """
    # %% Failing
    import time
    for epoch in range(3):
        # Each run ends with words of its own, so that another one can be seen.
        raise ValueError(time.perf_counter())
    # %% After
    b = 1
"""

QUESTION = """
    # ---
    # tutorch:
    #   title: Asked
    # ---
    # %% [markdown]
    # What is it?
    #
    # - [ ] One
    # - [x] Two
    # %% Adding
    print(2)
"""

ASKING = """
    # %% Asking
    name = input("Who are you? ")
"""

CANVAS = """
    # %% Painting canvas="digit"
    import torch
    digit = torch.zeros(8, 8)
"""


async def loaded(_player: Player) -> None:
    """As it was opened."""


async def runs_slowly(player: Player) -> None:
    await player.press("minus", "space")
    await player.is_running()


async def stands_paused(player: Player) -> None:
    await player.press("full_stop")
    await player.is_at(1)


async def is_done(player: Player) -> None:
    await player.run_step()


async def has_failed(player: Player) -> None:
    await player.press("space")
    await player.reads("failed")


async def has_pen(player: Player) -> None:
    await player.run_step()
    await player.press("b", "space")
    await player.reads("Pen down")


async def writes(player: Player) -> None:
    await player.press("e", "x")
    await player.until(lambda: player.playback.work.edit is not None, "an edit")


async def finds(player: Player) -> None:
    await player.press("ctrl+f", "d")


async def is_asked_for_a_line(player: Player) -> None:
    await player.press("space")
    await player.reads("enter send  esc stop")


async def is_asked(player: Player) -> None:
    await player.press("space")
    await player.until(lambda: player.is_asked, "the question")


async def is_in_the_way(player: Player) -> None:
    await player.press("e", "x", "full_stop", "escape", "n", "space")
    await player.reads("X starter, on")


async def has_passed(player: Player) -> None:
    await player.press("e", "end", "backspace", "6", "f5")
    await player.until(lambda: player.playback.work.passed, "the check to pass")
    await player.is_ready()
    await player.reads("n next")


async def asks(player: Player) -> None:
    await stands_paused(player)
    await player.press("colon", "c", "o")
    await player.reads("enter ask")


async def has_a_number_in_hand(player: Player) -> None:
    await player.press("number_sign")
    await player.reads("esc let go")


async def sets_a_number(player: Player) -> None:
    await player.press("number_sign", "9")
    await player.reads("esc as it is")


STATES: dict[str, tuple[str, Callable[[Player], Awaitable[None]]]] = {
    "loaded": (TWO, loaded),
    "running slowly": (ENDLESS, runs_slowly),
    "paused": (ENDLESS, stands_paused),
    "done": (HALVING, is_done),
    "failed": (FAILING, has_failed),
    "drawing": (CANVAS, has_pen),
    "exercise": (EXERCISE, loaded),
    "writing": (EXERCISE, writes),
    "finding": (EXERCISE, finds),
    "asked": (QUESTION, is_asked),
    "in the way": (EXERCISE, is_in_the_way),
    "asked for a line": (ASKING, is_asked_for_a_line),
    "passed": (EXERCISE, has_passed),
    "asking": (ENDLESS, asks),
    "a number in hand": (HALVING, has_a_number_in_hand),
    "setting a number": (HALVING, sets_a_number),
}
