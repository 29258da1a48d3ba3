"""Stepping by statements on screen: the next line is lit, what the last one changed is marked."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from driving import LESSON_0, TENSOR_TRAINING, Player, opened, text_of, write_lesson

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.rendering.glyphs import ASCII, UNICODE
from tui.showing.sight import sight_of

CALLING = """
    # %% A function
    def double(x):
        y = 2 * x
        return y

    # %% A call show="z"
    first = 1
    z = double(first)
    last = z
"""


async def stands_before(player: Player, code: str) -> None:
    """Go one statement on at a time, until this one is next."""
    glyph = player.pilot.app.look.glyphs.standing
    while not any(code in line and line.startswith(glyph) for line in code_lines(player)):
        before = player.record.frame
        await player.press("right_square_bracket")
        await player.until(lambda before=before: player.record.frame is not before, "a frame")
        await player.is_paused()
        # Frames are drawn after the keys that wait: until then another line is marked.
        await player.until(lambda: marks_its_statement(player), "its line to be marked")


def marks_its_statement(player: Player) -> bool:
    return player.panes.code._sight == sight_of(player.playback)


def code_lines(player: Player) -> list[str]:
    return player.pane("code").text.splitlines()


async def at_the_training(player: Player) -> None:
    await player.press(*"n" * TENSOR_TRAINING, "c")
    await player.until(lambda: player.playback.session.done == TENSOR_TRAINING, "what is before it")
    await player.is_ready()
    await player.press("right_square_bracket")
    await player.skip_questions()
    await player.is_paused()


@pytest.mark.parametrize("in_ascii", [False, True])
async def test_backward_marks_the_gradients_and_a_step_the_parameters(in_ascii: bool) -> None:
    glyphs = ASCII if in_ascii else UNICODE
    async with opened(LESSON_0, (120, 40), in_ascii=in_ascii) as player:
        await at_the_training(player)
        await player.press("5")

        await stands_before(player, "optimizer.step()")
        await player.reads("changed: W.grad b.grad")
        assert marked_tensors(player, glyphs.changed) == ["W.grad", "b.grad"]

        await stands_before(player, "if epoch <= 3")
        await player.reads("changed: W b")
        assert marked_tensors(player, glyphs.changed) == ["W", "b"]


def marked_tensors(player: Player, glyph: str) -> list[str]:
    """The names after a mark, which may stand side by side in one line."""
    words = player.pane("tensors").text.split()
    return [name for mark, name in pairwise(words) if mark == glyph]


async def test_the_next_line_is_lit_in_a_colour_of_its_own(folder: Path) -> None:
    text = "# %% [markdown]\n# Read this.\n# %%\nx = 1\ny = 2\n"
    async with opened(write_lesson(folder, text)) as player:
        # The code comes into sight by itself.
        await player.press("right_square_bracket")

        await stands_before(player, "y = 2")
        assert player.panes.in_sight == ("code",)

        pane = player.pane("code")
        grounds = {
            segment.style.bgcolor.get_truecolor().hex
            for segment in pane.render_line(1)
            if segment.style is not None and segment.style.bgcolor is not None
        }
        assert player.pilot.app.look.palette.next_line in grounds


async def test_a_function_of_another_step_is_shown_while_it_stands_there(folder: Path) -> None:
    async with opened(write_lesson(folder, CALLING)) as player:
        await player.press("n", "c")
        await player.until(lambda: player.playback.session.done == 1, "the step before")
        await player.is_ready()
        await player.press("2")

        await stands_before(player, "return y")
        assert "z = double(first)" not in player.pane("code").text
        await player.reads("changed: y")
        lines = [line.split() for line in code_lines(player)]
        assert [line[-1] for line in lines[:2]] == ["1", "2"]

        await stands_before(player, "last = z")
        assert "return y" not in player.pane("code").text


async def test_a_function_is_come_to_with_the_line_that_says_what_it_was_given(
    folder: Path,
) -> None:
    text = "# %%\ndef double(x):\n    y = 2 * x\n    return y\n" + "# far away\n" * 60
    async with opened(write_lesson(folder, f"{text}z = double(3)\n"), (120, 40)) as player:
        await stands_before(player, "z = double(3)")
        await stands_before(player, "y = 2 * x")

        await player.until(lambda: player.pane("code").scroll_offset.y == 0, "the def in sight")
        assert code_lines(player)[0].endswith("3")


async def test_a_loop_of_another_step_is_shown_while_it_is_paused_in(folder: Path) -> None:
    text = "# %%\ndef train():\n    for i in range(9):\n        x = i\n# %%\ntrain()\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("n", "c")
        await player.until(lambda: player.playback.session.done == 1, "the step before")
        await player.is_ready()
        await player.press("full_stop")
        await player.is_paused()
        await player.until(lambda: marks_its_statement(player), "its line to be marked")

        marked = player.pilot.app.look.glyphs.running
        lines = [line for line in code_lines(player) if line.startswith(marked)]
        assert [" ".join(line.split()[1:]) for line in lines] == ["for i in range(9): 0"]

        await player.press("space")
        await player.is_ready()
        assert "train()" in player.pane("code").text.splitlines()[0]


async def test_an_exercise_is_stepped_in_its_editor(folder: Path) -> None:
    text = """
        # ---
        # tutorch:
        #   title: Two lines
        # ---
        # %% tags=["exercise"]
        x = 1
        y = 2
        # %% tags=["solution"]
        x = y = 2
        # %% tags=["check"]
        assert x
    """
    async with opened(write_lesson(folder, text), (120, 40)) as player:
        await player.press("right_square_bracket")
        await player.is_paused()

        await player.press("right_square_bracket")

        await player.until(lambda: player.editor.cursor_location == (1, 0), "the second line")


async def test_space_runs_on_at_full_speed(folder: Path) -> None:
    text = "# %%\nimport sys\nx = 1\nfound = sys.gettrace()\nprint(found)\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("2", "right_square_bracket")
        await stands_before(player, "x = 1")

        await player.press("space", "4")

        await player.has_ended()
        assert player.output == "None"
        assert UNICODE.standing not in text_of(player.pilot)


async def test_an_iteration_can_follow_a_statement(folder: Path) -> None:
    text = "# %%\nfor epoch in range(9):\n    cost = 1.0\n    x = 1\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("2", "right_square_bracket")
        await stands_before(player, "x = 1")

        await player.press("full_stop")

        await player.is_at(1)
        await stands_before(player, "cost = 1.0")
        assert player.position == 1


async def test_a_stop_ends_a_step_that_stands_before_a_statement(folder: Path) -> None:
    async with opened(write_lesson(folder, "# %%\nx = 1\ny = 2\n")) as player:
        await player.press("right_square_bracket")
        await player.is_paused()

        await player.press("s")

        await player.reads("stopped")
        await player.until(lambda: player.playback.status is Status.READY, "room for a run")


async def test_a_line_that_has_run_says_at_its_end_what_it_made(folder: Path) -> None:
    text = "# %%\nrate = 0.5\nfor epoch in range(9):\n    cost = rate * epoch\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("2", "full_stop")
        await player.is_at(1)
        await player.press("full_stop")
        await player.is_at(2)

        lines = [line.split() for line in player.pane("code").text.splitlines()]
        assert [line[-1] for line in lines[:3]] == ["0.5", "1", "0.5"]
        await player.press("space")
        await player.has_ended()
        assert player.pane("code").text.splitlines()[2].endswith("epoch")


async def test_shift_enter_runs_the_step_and_turns_to_the_next(folder: Path) -> None:
    async with opened(write_lesson(folder, "# %% One\na = 1\n# %% Two\nb = 2\n")) as player:
        await player.press("shift+enter")

        await player.shows_step(1)
        await player.until(lambda: player.playback.outcomes[0] is Outcome.DONE, "the run")
        assert player.playback.outcomes[1] is None


async def test_shift_enter_comes_back_to_a_step_that_fails(folder: Path) -> None:
    async with opened(write_lesson(folder, "# %% One\n1 / 0\n# %% Two\nb = 2\n")) as player:
        await player.press("shift+enter")

        await player.until(lambda: player.playback.outcomes[0] is Outcome.FAILED, "the failure")
        await player.shows_step(0)


async def test_a_click_on_a_dot_goes_to_its_step(folder: Path) -> None:
    async with opened(write_lesson(folder, "# %% One\na = 1\n# %% Two\nb = 2\n")) as player:
        dots = player.status_line.index("○○")

        await player.pilot.click(offset=(dots + 1, 0))

        await player.shows_step(1)


async def test_the_steps_are_listed_and_enter_goes_to_one(folder: Path) -> None:
    async with opened(write_lesson(folder, "# %% One\na = 1\n# %% Two\nb = 2\n")) as player:
        await player.press("t")
        await player.reads("1  One", "2  Two")
        await player.press("down", "enter")

        await player.shows_step(1)


async def test_tab_goes_to_the_next_pane_and_back(folder: Path) -> None:
    lesson = "# %% [markdown]\n# # Words\n# %% One\na = 1\n"
    async with opened(write_lesson(folder, lesson)) as player:
        await player.press("tab")
        assert player.panes.active == "code"
        await player.press("shift+tab")

        assert player.panes.active == "prose"
