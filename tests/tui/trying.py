"""A lesson whose steps are written in, and what tests of that do in it."""

from __future__ import annotations

from driving import Player

from tui.rendering.status_line import StepMark, marks_of_steps

EDITED = marks_of_steps(in_ascii=False)[StepMark.EDITED]

TRYING = """
    # ---
    # tutorch:
    #   title: Trying
    # ---

    # %% Before
    from pathlib import Path
    counter = Path(__file__).with_name("counter")
    counter.write_text((counter.read_text() if counter.exists() else "") + ".")
    start = 8.0

    # %% [markdown]
    # ## Falling
    # Try a rate of `0.25`.

    # %% Falling watch="cost"
    rate = 0.5
    cost = start
    for epoch in range(3):
        cost = cost * rate
    print("left", cost)

    # %% After
    print("after", cost)
"""
OWN = """rate = 0.5
cost = start
for epoch in range(3):
    cost = cost * rate
print("left", cost)"""
EDIT = OWN.replace("0.5", "0.25")


async def go_to_falling(player: Player) -> None:
    """Run the step before, and show the one to be changed."""
    await player.run_step()
    await player.press("n")
    await player.shows_step(1)


async def write_at_the_end_of_the_first_line(player: Player, *keys: str) -> None:
    """Write, and give the keys back."""
    await player.press("e", *["up"] * 4, "end", *keys, "escape")


async def write_another_rate(player: Player) -> None:
    await write_at_the_end_of_the_first_line(player, "backspace", "2", "5")
    assert player.playback.source == EDIT


async def spoil(player: Player) -> None:
    """Write what is no Python."""
    await write_at_the_end_of_the_first_line(player, "space", "plus")
    assert player.playback.source == OWN.replace("0.5", "0.5 +")
