"""Exercises for the tests of the player, and how a person does one."""

from __future__ import annotations

from driving import Player

DOUBLE = """
    # ---
    # tutorch:
    #   title: Twice
    # ---

    # %% [markdown]
    # ## Twice
    # Make it twice as much.

    # %% Twice tags=["exercise"]
    doubled = 3

    # %% [markdown] tags=["hint"]
    # Think of a sum.

    # %% [markdown] tags=["hint"]
    # It is `3 + 3`.

    # %% tags=["solution"]
    doubled = 3 * 2

    # %% tags=["check"]
    assert doubled == 6, f"6이어야 하는데 {doubled}입니다"

    # %% After
    print("after", doubled)
"""
TWO_CHECKS = """
    # ---
    # tutorch:
    #   title: Two checks
    # ---

    # %% Twice tags=["exercise"]
    doubled = 3

    # %% tags=["solution"]
    doubled = 3 * 2

    # %% tags=["check"]
    assert doubled == 6, f"doubled must be 6, which is 3 and 3; yours is {doubled}"
    assert doubled > 0, "doubled must be above 0"

    # %% After
    print("after", doubled)

    # %% Later
    print("later", doubled)
"""


async def write(player: Player, text: str) -> None:
    """Type at the end of the only line."""
    await player.press("e", "end")
    await player.press(*text)


async def is_judged(player: Player) -> None:
    await player.until(lambda: player.record.attempt is not None, "a verdict")
    await player.is_ready()
