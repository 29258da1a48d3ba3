"""Pictures of what the panes show of a step, compared with those that a person has looked at.

After a wanted change: `pytest tests/tui/looks/test_pictures_of_panes.py --snapshot-update`.
Then look at them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from descending import DESCENT, edits
from driving import LESSON_0, LESSONS, Player, settle, text_of, write_lesson
from picturing import (
    Compare,
    at_each_size,
    hold_durations_and_cursor,
    once_ready,
    turn_to_the_training,
)

from engine.protocol.frame import ViewDrawing
from engine.protocol.outcomes import Outcome
from tui.app import TutorchApp
from tui.look import Look
from tui.panes.view_pane import ViewPane

TENSORS = """
    # ---
    # tutorch:
    #   title: 텐서
    # ---
    # %% Tensors show="weight image vector scalar model"
    import torch
    from torch import nn
    base = torch.arange(192.0).reshape(12, 16).requires_grad_()
    weight = base - 96
    weight.retain_grad()
    image = torch.arange(3 * 32 * 32).reshape(3, 32, 32) / (3 * 32 * 32)
    vector = torch.sin(torch.linspace(0, 6, 40))
    scalar = torch.tensor(float("nan"))
    model = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 1))
    for parameter in [*model.parameters()]:
        nn.init.constant_(parameter, 0.25)
    output = (weight**2).mean()
    output.backward()
"""
DRAWN = """
    # ---
    # tutorch:
    #   title: Drawn
    # ---
    # %% [markdown]
    # ## A drawing
    # Its output stays in sight.
    # %% Drawn watch="cost"
    for epoch in range(20):
        cost = 1 / (epoch + 1)
        print("epoch", epoch)
    # %% Picture view="every epoch"
    print("*" * (epoch + 1))
"""
WRITTEN = """
    # ---
    # tutorch:
    #   title: Written
    # ---
    # %% [markdown]
    # ## Yours
    # Make it 2.
    # %% Yours tags=["exercise"]
    numbers = [1, 2]
    answer = numbers[2]
    # %% [markdown] tags=["hint"]
    # Count from 0.
    # %% tags=["solution"]
    answer = 2
    # %% tags=["check"]
    assert answer == 2, "not yet"
"""


@pytest.fixture(autouse=True)
def _hold(monkeypatch: pytest.MonkeyPatch) -> None:
    hold_durations_and_cursor(monkeypatch)


async def show_tensors(player: Player) -> None:
    await player.press("5")
    await player.run_step()
    # Before the session knows how large they may be, their numbers are shown.
    await player.reads("weight", "[12, 16]", "▀▀▀▀")


@at_each_size
def test_tensors_as_drawings(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    app = TutorchApp(folder, write_lesson(folder, TENSORS))
    assert snap_compare(app, terminal_size=size, run_before=once_ready(show_tensors))


@at_each_size
def test_tensors_as_histograms(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    async def look(player: Player) -> None:
        await show_tensors(player)
        await player.press("o")
        await player.reads("weight", "[12, 16]", "0%┤")

    app = TutorchApp(folder, write_lesson(folder, TENSORS))
    assert snap_compare(app, terminal_size=size, run_before=once_ready(look))


def test_the_tensors_there_are_to_choose_from(snap_compare: Compare, folder: Path) -> None:
    async def look(player: Player) -> None:
        await show_tensors(player)
        await player.press("T")
        await player.reads("Tensors to show", "model.0.bias")

    app = TutorchApp(folder, write_lesson(folder, TENSORS))
    assert snap_compare(app, terminal_size=(80, 24), run_before=once_ready(look))


@pytest.mark.parametrize(
    ("key", "seen"),
    [("v", "192 values"), ("m", "Sequential"), ("g", "SubBackward0")],
    ids=["values", "modules", "graph"],
)
def test_an_opened_tensor(snap_compare: Compare, folder: Path, key: str, seen: str) -> None:
    async def look(player: Player) -> None:
        await show_tensors(player)
        await player.press("enter")
        await player.reads("192 values")
        await player.press(key)
        await player.reads(seen)

    app = TutorchApp(folder, write_lesson(folder, TENSORS))
    assert snap_compare(app, terminal_size=(120, 40), run_before=once_ready(look))


_tell_age = ViewPane.tell_age


def _tell_of_74_behind(
    pane: ViewPane, drawings: Sequence[ViewDrawing], position: int, look: Look
) -> None:
    _tell_age(pane, drawings, position + 74, look)


@at_each_size
def test_a_run_that_is_watched_from_its_text(
    snap_compare: Compare, folder: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    # How far a drawing is behind is another matter on each machine.
    monkeypatch.setattr(ViewPane, "tell_age", _tell_of_74_behind)

    async def look(player: Player) -> None:
        await player.run_step()
        await player.reads("newest, at 20", "********************", "epoch 19", "74 behind")

    app = TutorchApp(folder, write_lesson(folder, DRAWN))
    assert snap_compare(app, terminal_size=size, run_before=once_ready(look))


@at_each_size
def test_a_pane_that_is_enlarged(
    snap_compare: Compare, folder: Path, size: tuple[int, int]
) -> None:
    async def look(player: Player) -> None:
        await player.run_step()
        await player.press("3")
        if not player.panes.is_narrow:
            await player.press("w")
        await player.reads("newest, at 20")
        await player.fills_its_panes()

    app = TutorchApp(folder, write_lesson(folder, DRAWN))
    assert snap_compare(app, terminal_size=size, run_before=once_ready(look))


def are_made_for_their_pane(player: Player) -> bool:
    """Whether the drawings in sight are those of the size that their pane has by now."""
    frame, request = player.playback.record.frame, player.panes.drawing.request()
    return frame is not None and all(drawing.suits(request) for drawing in frame.views)


@at_each_size
def test_what_the_lines_have_made(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def look(player: Player) -> None:
        await turn_to_the_training(player)
        await player.press("2", "full_stop")
        await player.skip_questions()
        await player.is_at(1)
        await player.press("full_stop")
        await player.is_at(2)
        await player.until(lambda: are_made_for_their_pane(player), "drawings of their pane's size")
        # It has followed the lines that the polls happened to meet.
        player.panes.code.scroll_end(animate=False)
        await settle(player.pilot)

    app = TutorchApp(LESSONS, LESSON_0)
    assert snap_compare(app, terminal_size=size, run_before=once_ready(look))


@at_each_size
def test_an_error_under_its_line(
    snap_compare: Compare, folder: Path, size: tuple[int, int]
) -> None:
    async def look(player: Player) -> None:
        await player.press("e", "end")
        await player.until(lambda: player.pilot.app.focused is player.editor, "the editor")
        await player.press("f5")
        await player.has_ended(Outcome.FAILED)
        await player.reads("IndexError: list index out of range", "The editor has the keys")

    app = TutorchApp(folder, write_lesson(folder, WRITTEN))
    assert snap_compare(app, terminal_size=size, run_before=once_ready(look))


def test_words_that_are_offered_and_what_a_call_takes(snap_compare: Compare, folder: Path) -> None:
    async def look(player: Player) -> None:
        await player.press("e", "end", "enter", *"issubclass(is", "tab")
        await player.reads("isinstance", "issubclass(cls, class_or_tuple, /)")

    app = TutorchApp(folder, write_lesson(folder, WRITTEN))
    assert snap_compare(app, terminal_size=(80, 24), run_before=once_ready(look))


@at_each_size
def test_the_steps_by_their_titles(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def look(player: Player) -> None:
        await turn_to_the_training(player)
        await player.press("t")
        await player.reads("What you have learnt")

    app = TutorchApp(LESSONS, LESSON_0)
    assert snap_compare(app, terminal_size=size, run_before=once_ready(look))


@at_each_size
def test_the_palette(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def look(player: Player) -> None:
        await player.press("ctrl+p", *"next")
        await player.reads("Go to the next step")

    app = TutorchApp(LESSONS, LESSON_0)
    assert snap_compare(app, terminal_size=size, run_before=once_ready(look))


def test_a_search_in_the_output(snap_compare: Compare, folder: Path) -> None:
    async def look(player: Player) -> None:
        await player.run_step()
        await player.press("4", "slash")
        await player.reads("epoch 19")
        await player.until(lambda: "epoch 0" not in text_of(player.pilot), "room for the search")
        await player.press(*"epoch", "space", "1")
        await player.reads("1 of 11")

    app = TutorchApp(folder, write_lesson(folder, DRAWN))
    assert snap_compare(app, terminal_size=(80, 24), run_before=once_ready(look))


def test_what_is_watched(snap_compare: Compare, folder: Path) -> None:
    async def look(player: Player) -> None:
        await player.run_step()
        await player.press("O", *"epoch", "enter")
        await player.reads("1   epoch  19")

    app = TutorchApp(folder, write_lesson(folder, DRAWN))
    assert snap_compare(app, terminal_size=(80, 24), run_before=once_ready(look))


def test_the_runs_of_a_step(snap_compare: Compare, tmp_path: Path) -> None:
    async def look(player: Player) -> None:
        await player.press("n")
        await player.run_step()
        edits(player, "lr = 0.1", "lr = 0.5")
        await player.run_step()
        await player.press("B")
        await player.reads("Runs of this step", "lr 0.5")

    app = TutorchApp(tmp_path, write_lesson(tmp_path, DESCENT))
    assert snap_compare(app, terminal_size=(80, 24), run_before=once_ready(look))


def test_a_list_that_begins_with_where_to_continue(snap_compare: Compare) -> None:
    async def look(player: Player) -> None:
        await turn_to_the_training(player)
        await player.press("escape")
        await player.reads("Continue: lesson 0, step 6")

    app = TutorchApp(LESSONS, LESSON_0)
    assert snap_compare(app, terminal_size=(80, 24), run_before=once_ready(look))
