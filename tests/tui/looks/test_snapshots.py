"""Pictures of every screen, compared with those that a person has looked at.

After a wanted change: `pytest tests/tui/looks/test_snapshots.py --snapshot-update`.
Then look at them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import (
    LESSON_0,
    LESSONS,
    Player,
    press,
    settle,
    text_of,
    wait_for_list,
    wait_for_player,
    wait_for_text,
    write_lesson,
)
from picturing import (
    SIZES,
    Compare,
    at_each_size,
    hold_durations_and_cursor,
    once_ready,
    turn_to_the_training,
)
from textual.pilot import Pilot

from engine.protocol.outcomes import Outcome
from tui.app import TutorchApp
from tui.screens.opener import Opener
from tui.widgets.status_bar import StatusBar


@pytest.fixture(autouse=True)
def _hold(monkeypatch: pytest.MonkeyPatch) -> None:
    hold_durations_and_cursor(monkeypatch)


@at_each_size
def test_list(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def look(pilot: Pilot[None]) -> None:
        await wait_for_list(pilot)

    assert snap_compare(TutorchApp(LESSONS), terminal_size=size, run_before=look)


@at_each_size
def test_text_before_a_run(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def look(player: Player) -> None:
        await player.reads("A model that predicts")

    app = TutorchApp(LESSONS, LESSON_0)
    assert snap_compare(app, terminal_size=size, run_before=once_ready(look))


def test_a_lesson_that_is_being_read(
    snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Opener, "read", lambda *_: None)

    async def look(pilot: Pilot[None]) -> None:
        await wait_for_text(pilot, "00_gradient_descent.py: opening")

    app = TutorchApp(LESSONS, LESSON_0)
    assert snap_compare(app, terminal_size=SIZES[0], run_before=look)


@pytest.mark.parametrize(
    ("size", "in_ascii"), [(SIZES[0], False), (SIZES[1], True)], ids=["80x24", "ascii-120x40"]
)
def test_curve_beside_a_guess_on_a_log_scale_where_it_is_read(
    snap_compare: Compare, size: tuple[int, int], *, in_ascii: bool
) -> None:
    async def look(player: Player) -> None:
        await turn_to_the_training(player)
        await player.press("3", "space")
        await player.answer("1")
        await player.has_ended()
        await player.reads("newest, at 100  cost 1.564298", "done")
        await player.press("S", "H", "H")
        await player.until(lambda: "at 100" not in text_of(player.pilot), "the reading line")
        await ends_its_text(player)

    app = TutorchApp(LESSONS, LESSON_0, in_ascii=in_ascii)
    assert snap_compare(app, terminal_size=size, run_before=once_ready(look))


@at_each_size
def test_paused_at_iteration_3(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def look(player: Player) -> None:
        await turn_to_the_training(player)
        await player.press("3", "full_stop")
        await player.skip_questions()
        for iteration in (1, 2):
            await player.is_at(iteration)
            await player.press("full_stop")
        await player.is_at(3)
        await player.reads("newest, at 3", "3/100", "resume")
        await player.fills_its_panes()

    app = TutorchApp(LESSONS, LESSON_0)
    assert snap_compare(app, terminal_size=size, run_before=once_ready(look))


async def ends_its_text(player: Player) -> None:
    """What is told is in sight; whether with the empty line below it depends on what came first."""
    player.panes.prose.scroll_end(animate=False)
    await player.fills_its_panes()


@at_each_size
def test_question_in_the_text(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def look(player: Player) -> None:
        await player.press("n", "space")
        await player.until(lambda: player.is_asked, "the question")
        await player.reads("At which w is the bottom?", "3  At w = 6", "enter answer")

    app = TutorchApp(LESSONS, LESSON_0)
    assert snap_compare(app, terminal_size=size, run_before=once_ready(look))


@at_each_size
def test_question_told_by_the_run(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def look(player: Player) -> None:
        await player.press("n", "space")
        await player.answer("1")
        await player.has_ended()
        await player.reads("✗ Not quite.", "The right answer", "newest, at 81", "› lowest", "done")
        await ends_its_text(player)

    app = TutorchApp(LESSONS, LESSON_0)
    assert snap_compare(app, terminal_size=size, run_before=once_ready(look))


CHECKED = """
    # ---
    # tutorch:
    #   title: Checks
    # ---

    # %% [markdown]
    # ## A line
    # Make `w` two and `b` a half.
    # %% A line tags=["exercise"]
    w = 2.0
    b = 0.0
    # %% tags=["solution"]
    w = 2.0
    b = 0.5
    # %% tags=["check"]
    assert w == 2, f"w must be 2, the slope of the line; yours is {w}"
    assert b == 0.5, f"b must be 0.5, where the line meets the axis; yours is {b}"
    # %% After
    print(w, b)
"""


@at_each_size
def test_failed_check(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    async def look(pilot: Pilot[None]) -> None:
        player = await wait_for_player(pilot)
        await player.is_ready()
        await player.press("f5")
        await player.until(lambda: pilot.app.focused is player.editor, "the keys")
        await player.reads("✗ 1 of 2 checks", "✗ b must be 0.5")
        await settle(pilot)

    app = TutorchApp(folder, write_lesson(folder, CHECKED))
    assert snap_compare(app, terminal_size=size, run_before=look)


@at_each_size
def test_all_checks_passed(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    async def look(pilot: Pilot[None]) -> None:
        player = await wait_for_player(pilot)
        await player.is_ready()
        await player.press("e", "down", "end", "backspace", "5", "f5")
        await player.reads("✓ 2 of 2 checks", "✓ b must be 0.5")
        status = player.screen.query_one(StatusBar)
        solved = player.panes.exercise
        await player.until(lambda: status.sweep == 1, "the light to have gone")
        await player.until(lambda: not solved.has_class("-solved"), "the border to be as before")
        await player.until(lambda: pilot.app.focused is None, "the keys")
        await settle(pilot)

    app = TutorchApp(folder, write_lesson(folder, CHECKED))
    assert snap_compare(app, terminal_size=size, run_before=look)


def test_a_step_kept_back_by_an_exercise_that_raised_and_a_key_that_asks_once(
    snap_compare: Compare, folder: Path
) -> None:
    async def look(player: Player) -> None:
        await player.press("e", "end", *"+oops", "escape", "n")
        await player.shows_step(1)
        await player.press("space")
        await player.has_ended(Outcome.FAILED)
        await player.shows_step(0)
        await player.reads("Step 2 has not run: step 1 comes before it, and", "NameError")
        await player.reads("X brings the starter of step 1 back", "X starter, on")
        await player.press("X")
        await player.reads("X once more")

    app = TutorchApp(folder, write_lesson(folder, CHECKED))
    assert snap_compare(app, terminal_size=SIZES[0], run_before=once_ready(look))


@at_each_size
def test_help(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def look(player: Player) -> None:
        await player.press("question_mark")
        await player.reads("Run this step; pause it; resume it")

    app = TutorchApp(LESSONS, LESSON_0)
    assert snap_compare(app, terminal_size=size, run_before=once_ready(look))


@at_each_size
def test_message(
    snap_compare: Compare, size: tuple[int, int], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lesson(folder, "# ---\n# tutorch:\n#   minutes: soon\n# ---\n# %%\n1\n", "bad.py")
    monkeypatch.chdir(folder.parent)

    async def look(pilot: Pilot[None]) -> None:
        await wait_for_list(pilot)
        await press(pilot, "enter")
        await wait_for_text(pilot, "This lesson cannot be read")

    app = TutorchApp(Path("lessons"))
    assert snap_compare(app, terminal_size=size, run_before=look)


DRAWN = """
    # ---
    # tutorch:
    #   title: A digit
    # ---

    # %% [markdown]
    # ## Draw a digit
    # Draw one with the mouse, or with keys.
    # %% Draw a digit canvas="digit"
    import torch
    digit = torch.zeros(28, 28)
    # %% Ink view="every epoch"
    for row in digit[::4]:
        print("#" * int(2 * row.sum()))
"""


@at_each_size
def test_canvas_that_is_drawn_on(
    snap_compare: Compare, folder: Path, size: tuple[int, int]
) -> None:
    async def look(pilot: Pilot[None]) -> None:
        player = await wait_for_player(pilot)
        await player.is_ready()
        await player.run_step()
        await player.press("b", "space", *["left", "up"] * 4, *["down"] * 9, *["right"] * 3)
        await player.reads("Pen down", "####")
        drawn = player.panes.canvas.pixels
        await player.until(
            lambda: (
                (frame := player.record.frame)
                and frame.canvas
                and drawn is not None
                and frame.canvas.pixels.sum() == pytest.approx(drawn.sum())
            ),
            "the drawing to follow",
        )
        await settle(pilot)

    app = TutorchApp(folder, write_lesson(folder, DRAWN))
    assert snap_compare(app, terminal_size=size, run_before=look)


async def in_korean(player: Player) -> None:
    await player.press("ctrl+o")
    await player.reads("준비됨")


def test_korean_list(snap_compare: Compare) -> None:
    async def look(pilot: Pilot[None]) -> None:
        await wait_for_list(pilot)
        await press(pilot, "ctrl+o")
        await wait_for_text(pilot, "/ 검색")

    assert snap_compare(TutorchApp(LESSONS), terminal_size=SIZES[0], run_before=look)


def test_korean_text(snap_compare: Compare) -> None:
    app = TutorchApp(LESSONS, LESSON_0)
    assert snap_compare(app, terminal_size=SIZES[0], run_before=once_ready(in_korean))


def test_korean_curve_after_training(snap_compare: Compare) -> None:
    async def look(player: Player) -> None:
        await turn_to_the_training(player)
        await in_korean(player)
        await player.press("3")
        await player.run_step()
        await player.reads("최신, 100에서  cost 1.564298", "완료")
        await player.fills_its_panes()

    app = TutorchApp(LESSONS, LESSON_0)
    assert snap_compare(app, terminal_size=SIZES[0], run_before=once_ready(look))


def test_korean_help(snap_compare: Compare) -> None:
    async def look(player: Player) -> None:
        await in_korean(player)
        await player.press("question_mark")
        await player.reads("esc로 닫기")

    app = TutorchApp(LESSONS, LESSON_0)
    assert snap_compare(app, terminal_size=SIZES[0], run_before=once_ready(look))
