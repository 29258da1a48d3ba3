"""The canvas in the player: painted with the mouse and with keys, and what the views make of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from driving import Player, opened, settle, text_of, write_lesson
from textual.events import MouseDown, MouseMove, MouseUp

from engine.protocol.frame import CanvasSnapshot, Floats
from tui.player.step_record import StepRecord

DRAWING = """
    # %% [markdown]
    # ## Before
    # %% Before
    ready = True
    # %% [markdown]
    # ## Draw
    # %% Draw canvas="digit" show="digit"
    import torch
    digit = torch.zeros(6, 8)
    # %% Ink view="every epoch"
    print(f"ink {digit.sum():.1f} of {digit.max():.1f}")
    # %% [markdown]
    # ## After
    # %% After
    ready = False
"""


COSTLY = DRAWING.replace("# %% Before", '# %% Before watch="ready"')


@pytest.fixture
async def player(folder: Path) -> AsyncIterator[Player]:
    """A player whose canvas stands empty, beside the drawing of its view."""
    async with opened(write_lesson(folder, DRAWING)) as player:
        await player.press("n")
        await player.run_step()
        await player.reads("ink 0.0 of 0.0")
        yield player


def pixels(player: Player) -> Floats:
    shown = player.panes.canvas.pixels
    assert shown is not None
    return shown


async def drag(
    player: Player, *cells: tuple[int, int], button: int = 1, shift: bool = False
) -> None:
    """Press the mouse in the first cell (column, row) of the canvas, and let it go in the last."""
    pane = player.panes.canvas
    left, top = pane.content_region.offset
    for kind, (column, row) in (
        (MouseDown, cells[0]),
        *((MouseMove, cell) for cell in cells[1:]),
        (MouseUp, cells[-1]),
    ):
        x, y = left + column, top + row
        event = kind(pane, x, y, 0, 0, button, shift, False, False, screen_x=x, screen_y=y)
        player.pilot.app.screen._forward_event(event)
        await settle(player.pilot)


def is_in_frame(painted: Floats, player: Player) -> bool:
    """Whether the newest frame has these pixels; the lesson's own are less exact."""
    frame = player.record.frame
    canvas = frame.canvas if frame is not None else None
    return canvas is not None and np.allclose(canvas.pixels, painted)


async def test_running_the_step_shows_canvas_and_drawing_side_by_side(player: Player) -> None:
    assert player.panes.in_sight == ("canvas", "view")
    assert pixels(player).shape == (6, 8)
    await player.reads("7 Canvas", "Drag to draw")


async def test_a_drag_paints_and_the_view_follows(player: Player) -> None:
    grid = player.panes.canvas._grid
    row = grid.cell_of((3, 0))[0]
    await drag(player, *((grid.scale * column, row) for column in (1, 4, 6)))

    await player.until(lambda: "of 1.0" in player.panes.view.text, "the view to follow")
    assert pixels(player)[3, 1:7] == pytest.approx(np.ones(6))
    await player.until(lambda: is_in_frame(pixels(player), player), "the frame to follow")


@pytest.mark.parametrize(("button", "shift"), [(3, False), (1, True)])
async def test_the_right_button_or_shift_erases(player: Player, button: int, shift: bool) -> None:
    await drag(player, (4, 2), (20, 2))
    assert pixels(player).sum() > 2

    await drag(player, (0, 2), (30, 2), button=button, shift=shift)

    await player.until(lambda: player.panes.view.text.startswith("ink 0.0 "), "the view to follow")
    assert pixels(player).max() == 0


async def test_keys_move_the_pen_and_space_lowers_it(player: Player) -> None:
    await player.press("b")
    await player.reads("Pen up")

    await player.press("space", "right", "l", "down", "space", "left", "h", "up")

    await player.reads("Pen up", "of 1.0")
    full = {(int(row), int(column)) for row, column in np.argwhere(pixels(player) == 1)}
    assert full == {(3, 4), (3, 5), (3, 6), (4, 6)}
    assert player.playback.record.outcome is not None


async def test_the_eraser_and_the_wipe_have_keys(player: Player) -> None:
    await player.press("b", "space", "right", "right")
    inked = pixels(player).sum()

    await player.press("x", "left")
    await player.reads("Eraser down")

    assert pixels(player).sum() < inked
    await player.press("backspace")
    await player.reads("ink 0.0 of 0.0")
    assert pixels(player).sum() == 0


async def test_clear_and_keys_can_be_clicked(player: Player) -> None:
    await drag(player, (4, 2), (20, 2))
    assert pixels(player).sum() > 0

    await player.click("clear")

    assert pixels(player).sum() == 0
    await player.click("b by keys")
    await player.reads("Pen up")


async def test_the_pen_stays_on_the_canvas(player: Player) -> None:
    await player.press("b", *["right"] * 12, *["down"] * 12, "space")

    assert np.unravel_index(pixels(player).argmax(), (6, 8)) == (5, 7)


async def test_escape_gives_the_keys_back(player: Player) -> None:
    await player.press("b", "space", "escape")
    await player.reads("Drag to draw")

    await player.press("n")

    await player.shows_step(2)


async def test_from_any_pane_b_begins_to_draw(player: Player) -> None:
    await player.press("1", "b", "space")

    await player.reads("Pen down", "of 1.0")


async def test_before_the_step_has_run_b_only_shows_the_canvas(folder: Path) -> None:
    async with opened(write_lesson(folder, DRAWING)) as player:
        await player.press("n", "b")
        await player.until(lambda: "The canvas appears" in player.panes.canvas.text, "its words")

        await player.run_step("space")

        await player.reads("Drag to draw")


async def test_without_b_the_keys_are_the_players(player: Player) -> None:
    await player.press("right")

    await player.run_step("space")

    assert pixels(player).sum() == 0


async def test_running_the_step_again_empties_the_canvas(player: Player) -> None:
    await drag(player, (4, 2), (20, 2))
    await player.until(lambda: "of 1.0" in player.panes.view.text, "the view to follow")

    await player.run_step("r")

    await player.reads("ink 0.0 of 0.0")
    await player.until(lambda: pixels(player).sum() == 0, "an empty canvas")


async def test_a_late_frame_of_the_same_run_takes_no_stroke_away(player: Player) -> None:
    await drag(player, (4, 2), (20, 2))
    drawing = pixels(player)

    def show_as_made(run: StepRecord) -> None:
        as_made = CanvasSnapshot("digit", np.zeros((6, 8)), stroke=0)
        player.panes.canvas.show_canvas(1, run, as_made, player.pilot.app.look, is_open=True)

    show_as_made(player.record)
    assert pixels(player) == pytest.approx(drawing)

    show_as_made(StepRecord())
    assert pixels(player).sum() == 0


async def test_what_was_drawn_is_there_again_after_another_step(player: Player) -> None:
    await drag(player, (4, 2), (20, 2))
    drawing = pixels(player)
    await player.press("n")
    await player.shows_step(2)
    await player.run_step()
    assert "7 Canvas" not in text_of(player.pilot)

    await player.press("p", "7")
    await player.shows_step(1)
    assert pixels(player) == pytest.approx(drawing)

    await drag(player, (4, 0), (20, 0))

    ink = f"ink {pixels(player).sum():.1f}"
    await player.until(lambda: ink in player.panes.view.text, "the view to follow")
    assert pixels(player).sum() > drawing.sum()


async def test_a_step_without_a_canvas_says_so(player: Player) -> None:
    await player.press("p", "7")
    await player.reads("This step has no canvas.")

    await player.press("b")

    assert player.panes.active == "prose"


async def test_what_is_no_canvas_is_told_in_its_pane(folder: Path) -> None:
    text = DRAWING.replace("torch.zeros(6, 8)", "torch.zeros(1, 6, 8)")
    async with opened(write_lesson(folder, text), (120, 40)) as player:
        await player.press("n")
        await player.run_step()

        await player.reads("`digit` is a tensor of shape [1, 6, 8]")


async def test_a_narrow_terminal_says_how_wide_the_canvas_is(folder: Path) -> None:
    text = DRAWING.replace("torch.zeros(6, 8)", "torch.zeros(6, 64)")
    async with opened(write_lesson(folder, text), (40, 24)) as player:
        await player.press("n")
        await player.run_step()

        await player.until(
            lambda: "needs 64 columns" in " ".join(player.panes.canvas.text.split()), "the width"
        )


async def test_in_ascii_the_canvas_is_drawn_in_ascii(folder: Path) -> None:
    async with opened(write_lesson(folder, DRAWING), in_ascii=True) as player:
        await player.press("n")
        await player.run_step()
        await player.press("b", "space")
        await player.reads("of 1.0")

        assert player.panes.canvas.text.isascii()
        assert "X" in player.panes.canvas.text


@pytest.mark.parametrize("size", [(120, 40), (200, 50)])
async def test_a_wide_terminal_shows_the_canvas_where_the_curve_stood(
    folder: Path, size: tuple[int, int]
) -> None:
    async with opened(write_lesson(folder, COSTLY), size) as player:
        await player.run_step()
        assert "curve" in player.panes.in_sight

        await player.press("n")
        await player.run_step()

        assert "curve" not in player.panes.in_sight
        await player.reads("Drag to draw", "ink 0.0")
        await player.press("p")
        await player.until(lambda: "curve" in player.panes.in_sight, "the curve again")


TRAINED = """
    # %% Train watch="cost" canvas="digit"
    import torch
    digit = torch.zeros(6, 8)
    for epoch in range(3):
        cost = torch.tensor(3.0 - epoch)
"""


async def test_while_a_step_trains_its_curve_stands_where_its_canvas_will(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINED), (120, 40)) as player:
        for _ in range(2):
            await player.press("full_stop")
            await player.is_paused()
            await player.until(lambda: "curve" in player.panes.in_sight, "the curve")
            assert "canvas" not in player.panes.in_sight
            await player.press("space")
            await player.has_ended()

            await player.until(lambda: "canvas" in player.panes.in_sight, "the canvas")
