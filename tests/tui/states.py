"""Every state that the screen may be in, one after the other: for what is true of all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator

from driving import Player, press, settle, wait_for_list, wait_for_player, wait_for_text, wait_until
from textual.pilot import Pilot

from engine.protocol.outcomes import Outcome
from tui.lessons.screen import LessonsScreen

LESSON = '''
    # ---
    # tutorch:
    #   title: Everything – in one lesson
    #   summary: It draws, asks, errs…
    #   minutes: 5
    # ---

    # %% [markdown]
    # ## Everything → at once
    # The rate $\\alpha$ and the rule $w \\leftarrow w - \\alpha \\nabla J(w)$ for **all** of `w`;
    # see [torch](https://pytorch.org). – “Quoted”, 2 × 3 ≤ 7 …
    #
    # $$\\hat{y} = \\sum_i w_i^2 \\cdot \\sqrt{x}$$
    #
    # - one
    # - two
    #
    # > a quotation
    #
    # | a | b |
    # | - | - |
    # | 1 | 2 |
    #
    # What will it be?
    #
    # - [ ] more than $x^2$
    # - [x] less ✓
    #
    # How does it go?
    #
    # - [~] `cost`
    #
    # How much?
    #
    # - [?] `cost` ± 10 %

    # %% Training → watch="cost loss" show="weight heat long small image"
    import torch

    weight = torch.ones(2, requires_grad=True)  # ŷ → α
    heat = torch.randn(20, 30)
    long = torch.linspace(-1, 1, 200)
    small = torch.tensor([1.0, float("nan"), -2.0])
    image = torch.rand(16, 16)


    def square(number: float) -> float:
        """A string: α ≤ β"""
        return number**2


    print("α → β ─┐ █▓▒░ \\033[31mred\\033[0m \\033[2mdim\\033[0m \\033[44mblue\\033[0m")
    for epoch in range(8):
        for batch in range(3):
            cost = (weight**2).sum() + 1
            loss = 2 * cost.item()
            weight.grad = None
            cost.backward()
            with torch.no_grad():
                weight -= 0.1 * weight.grad

    # %% A drawing → view="every epoch"
    import plotext

    plotext.plot([float(w) for w in weight.tolist()], label="ŵ → 0")
    plotext.title("Gewicht – α")
    plotext.scatter([1, 2], [0.1, 0.2], marker="hd", color="red")
    plotext.show()
    print("█▓▒░ ▁▂▃ ⠋⣿ ╭──╮ ● ✓")

    # %% Paint canvas="digit"
    digit = torch.zeros(8, 8)

    # %% Twice tags=["exercise"]
    doubled = 3

    # %% [markdown] tags=["hint"]
    # Think – of a sum.

    # %% tags=["solution"]
    doubled = 3 * 2

    # %% tags=["check"]
    assert doubled == 6, f"it should be 6 → it is {doubled}"

    # %% Fails
    import math

    math.sqrt("√2")
'''


async def states_of_the_list(pilot: Pilot[None]) -> AsyncIterator[str]:
    """The names of the states of the list, each while the screen is in it."""
    await wait_for_list(pilot)
    yield "the list"
    await press(pilot, "slash", *"every")
    yield "the filtered list"
    await press(pilot, *"zzz")
    yield "a filter that finds nothing"
    await press(pilot, "escape")
    await press(pilot, "question_mark")
    await wait_for_text(pilot, "Everywhere")
    yield "the help over the list"
    await press(pilot, "escape")
    await press(pilot, "ctrl+p")
    await wait_for_text(pilot, "Open the lesson")
    yield "the palette"
    await press(pilot, *"them")
    await wait_for_text(pilot, "Theme: nord")
    yield "the palette with themes found"
    await press(pilot, "escape", "escape")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, LessonsScreen), "the list")


async def states_of_the_player(pilot: Pilot[None]) -> AsyncIterator[str]:
    """The names of the states of the player, from the list with `LESSON` alone in it on."""
    await press(pilot, "enter")
    player = await wait_for_player(pilot)
    await player.is_ready()
    yield "the text"
    async for state in _training(player):
        yield state
    async for state in _opened(player):
        yield state
    async for state in _dialogs(player):
        yield state
    async for state in _other_steps(player):
        yield state


async def _training(player: Player) -> AsyncIterator[str]:
    await player.press("2")
    yield "the code"
    await player.press("full_stop")
    await player.until(lambda: player.is_asked, "a question")
    await settle(player.pilot)
    yield "a choice to make"
    await player.answer("1", "enter")
    yield "a shape to choose"
    while player.is_asked:
        await player.press("escape")
    await player.is_paused()
    yield "paused"
    for _ in range(3):
        before = player.record.frame
        await player.press("right_square_bracket")
        # It is still paused where it was until it has heard of the key.
        await player.until(lambda before=before: player.record.frame is not before, "a statement")
        await player.is_paused()
    yield "stepping by statements"
    await player.press("space")
    await player.has_ended()
    yield "the trained step"
    for key, state in (("1", "the text again"), ("3", "the curve"), ("4", "the output")):
        await player.press(key)
        yield state
    await player.press("3", "left", "S")
    yield "reading a logarithmic curve"
    await player.press("backspace", "5")
    yield "the tensors"
    await player.press("o")
    yield "the tensors as histograms"
    await player.press("o")
    yield "the tensors as numbers"
    await player.press("o", "w")
    yield "one pane alone"
    await player.press("w", "6")
    yield "the drawing"


async def _opened(player: Player) -> AsyncIterator[str]:
    await player.press("5", "enter")
    await player.reads("nan")
    yield "an opened tensor"
    await player.press("n", "g")
    yield "what made the tensor"
    await player.press("m")
    yield "the modules"
    await player.press("escape")


async def _dialogs(player: Player) -> AsyncIterator[str]:
    for key, state in (
        ("t", "the steps"),
        ("T", "the tensors to choose"),
        ("O", "what is watched"),
    ):
        await player.press(key)
        yield state
        await player.press("escape")
    await player.press("question_mark")
    await player.reads("Training")
    yield "the help"
    await player.press("slash", *"step")
    yield "searching the help"
    await player.press("escape", "escape")
    await player.press("minus")
    await player.press("0")
    player.screen.notify("told → so", title="A title", severity="warning")
    player.screen.notify("an error ✗", severity="error")
    await settle(player.pilot)
    yield "toasts"


async def _other_steps(player: Player) -> AsyncIterator[str]:
    await player.press("n")
    await player.run_step()
    await player.press("7")
    yield "the canvas"
    await player.press("b", "right", "space", "down", "down")
    yield "drawing by keys"
    await player.press("escape", "n")
    await player.shows_step(2)
    yield "an exercise"
    await player.press("i", "f5")
    await player.until(lambda: player.record.attempt is not None, "a verdict")
    await player.is_ready()
    yield "checks that fail"
    await player.press("escape", "v", "v")
    yield "the solution"
    await player.press("e", "end", *"+dou", "tab")
    yield "words to complete with"
    await player.press("escape", "ctrl+f", *"dou")
    yield "finding"
    await player.press("escape", "escape", "d")
    yield "the difference"
    await player.press("escape", "n")
    await player.shows_step(3)
    await player.press("space")
    await player.has_ended(Outcome.FAILED)
    yield "a step that failed"
    await player.press("4")
    yield "a traceback"
