"""A step's own drawings in their pane: when they are there, how large, and what fails in them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from driving import Player, opened, text_of, write_lesson

from engine.protocol.outcomes import Outcome

DRAWING = """
    # %% Draws
    heights = []
    for epoch in range(1, 6):
        heights.append(epoch)
    # %% Heights view="every epoch"
    import plotext as plt
    plt.clear_figure()
    plt.bar([str(height) for height in heights], heights)
    plt.title(f"heights up to {len(heights)}")
    plt.show()
"""
PLOTTING = """
    # %% Plots
    heights = [1, 4, 2]
    # %% Heights view="every epoch"
    import plotext as plt
    plt.clear_figure()
    plt.plot(heights)
    plt.show()
    # %% Second
    print("second")
"""


async def test_the_run_of_a_step_that_draws_brings_its_drawing_in_sight(folder: Path) -> None:
    lesson = write_lesson(folder, f"# %% First\nprint(1)\n{dedent(DRAWING)}")
    async with opened(lesson, (120, 40)) as player:
        await player.run_step()
        assert "view" not in player.panes.in_sight

        await player.press("n")
        await player.run_step()

        assert "view" in player.panes.in_sight


async def test_a_long_title_of_a_drawing_has_the_border_to_itself(folder: Path) -> None:
    titled = DRAWING.replace("Heights view", "Heights of the five towers view")
    beside_output = titled.replace("append(epoch)", "append(epoch); print(epoch)")
    async with opened(
        write_lesson(folder, f"# %% [markdown]\n# T\n{dedent(beside_output)}")
    ) as player:
        await player.run_step()

        await player.reads("─ 6 Heights of the five towers ─")


async def test_a_cell_that_draws_nothing_is_said_to(folder: Path) -> None:
    lesson = write_lesson(folder, PLOTTING.replace("    plt.show()\n", ""))
    async with opened(lesson, (120, 40)) as player:
        await player.run_step()

        await player.reads("Its cell has drawn nothing: plt.show() draws a plot")


async def test_a_drawing_made_out_of_sight_fits_and_one_that_grew_too_large_says_how(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, PLOTTING)) as player:
        await player.run_step()

        await player.press("6")

        await player.until(lambda: fits(player), "the drawing to fit")
        await player.press("n")
        await player.run_step()

        await player.pilot.resize_terminal(80, 20)
        await player.press("p", "6")
        await player.reads("Drawn for a larger pane: r runs the step again")
        await player.run_step("r")

        await player.until(lambda: fits(player), "the drawing to fit again")
        assert "larger pane" not in text_of(player.pilot)


def fits(player: Player) -> bool:
    """Whether the drawing in sight is just as large as its pane."""
    view = player.panes.view
    lines = view.text.split("\n")
    return (len(lines), max(map(len, lines))) == (view.text_height, view.text_width)


RAISES = """
    # %% Raises
    for epoch in range(3):
        hypothesis = None
    # %% The predictions against the targets of all students view="every epoch"
    print(hypothesis.detach().flatten().tolist(), "of a run that has made none of them at all")
"""


async def test_an_error_of_a_drawing_is_wrapped_and_nothing_stands_above_it(folder: Path) -> None:
    async with opened(write_lesson(folder, RAISES)) as player:
        await player.press("full_stop")
        await player.is_at(1)
        await player.press("space")
        await player.has_ended(Outcome.FAILED)
        await player.press("6")
        await player.until(lambda: "AttributeError" in player.panes.view.text, "the error")

        words = " ".join(player.panes.view.text.split())

        assert "larger pane" not in words
        assert "'NoneType' object has no attribute 'detach'" in words
