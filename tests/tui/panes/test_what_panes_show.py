"""What each pane shows: text, code, tensors and drawings, in Unicode and in ASCII."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import HALVING, Player, opened, write_lesson

from engine.protocol.outcomes import Outcome
from tui.rendering.glyphs import ASCII, UNICODE

TENSORS = """
    # %% Tensors watch="cost" show="weight counts"
    import torch
    weight = torch.zeros(2, 2, requires_grad=True)
    counts = torch.tensor([3, 0])
    for epoch in range(5):
        counts[1] = epoch + 1
        cost = 1.0
"""
FAILING = """
    # %% [markdown]
    # ## It breaks
    # %% It breaks
    def pick(values, index):
        return values[index]
    for epoch in range(3):
        picked = pick([1.0], epoch)
"""
DRAWING = """
    # %% Draws
    heights = []
    for epoch in range(1, 6):
        heights.append(epoch)
    # %% Heights [m] view="every epoch"
    import plotext as plt
    plt.clear_figure()
    plt.bar([str(height) for height in heights], heights)
    plt.title(f"heights up to {len(heights)}")
    plt.show()
"""


@pytest.fixture
def halving(folder: Path) -> Path:
    return write_lesson(folder, HALVING)


# Text and code


async def test_formulas_are_readable(folder: Path) -> None:
    text = "# %% [markdown]\n# The model is $\\hat{y} = XW + b$.\n# %%\n1\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.reads("The model is ŷ = XW + b.")


async def test_the_code_is_numbered_as_in_its_file(halving: Path) -> None:
    async with opened(halving) as player:
        await player.press("2")

        await player.reads("7     cost = cost / 2")


async def test_the_line_that_runs_is_marked(folder: Path) -> None:
    lesson = write_lesson(folder, "# %%\nready = True\nwhile True:\n    pass\n")
    async with opened(lesson) as player:
        await player.press("2", "space")

        await player.until(lambda: marked_lines(player) & {"3", "4"}, "a line to be marked")


async def test_no_line_is_marked_once_the_step_is_done(halving: Path) -> None:
    async with opened(halving) as player:
        await player.press("2")

        await player.run_step()

        await player.until(lambda: not marked_lines(player), "no line to be marked")


async def test_an_error_shows_the_lessons_own_lines_and_marks_the_one_that_broke(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, FAILING), (120, 40)) as player:
        await player.press("space")

        await player.has_ended(Outcome.FAILED)

        await player.reads("failed", "IndexError: list index out of range")
        assert 'File "lesson.py", line 5, in pick' in player.output
        assert "engine" not in player.output
        assert marked_lines(player) == {"5"}


# Tensors and drawings


async def test_a_tensor_is_told_by_shape_type_device_gradient_and_values(folder: Path) -> None:
    async with opened(write_lesson(folder, TENSORS)) as player:
        await player.press("5")

        await player.run_step()

        await player.reads("weight  [2, 2]  float32  cpu  requires_grad", "counts  [2]  int64  cpu")


async def test_a_tensor_is_drawn_and_on_a_key_a_histogram_or_its_numbers(folder: Path) -> None:
    lesson = write_lesson(folder, "# %%\nimport torch\npixels = torch.eye(16)\n")
    async with opened(lesson) as player:
        await player.run_step()
        await player.press("5")
        await player.until(lambda: "▀" in player.pane("tensors").text, "an image")

        await player.press("o")
        await player.until(lambda: "94%┤" in player.pane("tensors").text, "a histogram")

        await player.press("o")
        await player.until(lambda: "1.  0.  0." in player.pane("tensors").text, "numbers")


async def test_values_that_changed_since_the_frame_before_are_marked(folder: Path) -> None:
    async with opened(write_lesson(folder, TENSORS)) as player:
        await player.press("5", "full_stop")
        await player.is_at(1)

        await player.press("full_stop")
        await player.is_at(2)

        # A frame is drawn after the keys that wait.
        await player.until(lambda: underlined(player, "tensors") == {"2"}, "2 to be marked")


async def test_a_drawing_follows_the_training(folder: Path) -> None:
    async with opened(write_lesson(folder, DRAWING), (120, 40)) as player:
        await player.press("6", "full_stop")
        await player.is_at(1)
        await player.reads("heights up to 1")

        await player.press("full_stop")

        await player.is_at(2)
        await player.reads("heights up to 2")
        await player.reads("6 Drawing: Heights [m]")


# Without Unicode


async def test_ascii_draws_nothing_that_is_not_ascii(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING), (200, 60), in_ascii=True) as player:
        await player.run_step()

        await player.press("2", "left")
        await player.reads("at 200")

        assert player.pilot.app.look.glyphs is ASCII
        drawn = (player.curve, player.bars, player.pane("code").text, player.status_line)
        assert all(text.isascii() for text in drawn), drawn


async def test_unicode_is_drawn_unless_ascii_is_asked_for(halving: Path) -> None:
    async with opened(halving) as player:
        assert player.pilot.app.look.glyphs is UNICODE


def marked_lines(player: Player) -> set[str]:
    """The numbers of the lines that carry the mark of the running line."""
    lines = player.pane("code").text.splitlines()
    return {
        line.removeprefix(UNICODE.running).split()[0]
        for line in lines
        if line.startswith(UNICODE.running)
    }


def underlined(player: Player, name: str) -> set[str]:
    pane = player.pane(name)
    return {
        segment.text.strip()
        for row in range(pane.size.height)
        for segment in pane.render_line(row)
        if segment.style is not None and segment.style.underline
    }


async def test_a_step_whose_names_are_no_tensors_says_so_once_it_has_run(folder: Path) -> None:
    async with opened(write_lesson(folder, '# %% show="rate"\nrate = 0.1\n')) as player:
        await player.press("5")
        await player.reads("No tensors yet")
        await player.run_step()
        await player.press("5")

        await player.reads("This step shows no tensor: T has others.")
