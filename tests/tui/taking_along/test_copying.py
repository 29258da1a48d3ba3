"""Selecting with the mouse, and what is copied: of a selection, and of a pane."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import HALVING, Player, opened, settle, text_of, write_lesson
from textual.geometry import Offset
from textual.pilot import Pilot

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.rendering.widths import cell_width
from tui.screens.player import PlayerScreen
from tui.terminal.clipboard import MOST_BYTES

WRITING = """
    # %% [markdown]
    # ## 제목
    # The cost falls to $w^2$,
    # and again.
    #
    # - one point
    # %% Writing watch="cost" show="w"
    import torch
    w = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    cost = 64.0  # 비용은 에폭마다 절반으로 줄고 그 값이 출력 창에 한 줄씩 나온다
    for epoch in range(3):
        cost = cost / 2
        print(f"\\x1b[32mepoch {epoch}\\x1b[0m", "단어 " * 12 + f"end {epoch}")
"""


def place_of(player: Player, text: str) -> tuple[int, int]:
    """The cell in which a text begins that can be read on the screen once."""
    rows = text_of(player.pilot).split("\n")
    places = [(cell_width(row[: row.index(text)]), y) for y, row in enumerate(rows) if text in row]
    assert len(places) == 1, f"{text!r} is on {len(places)} lines\n{text_of(player.pilot)}"
    return places[0]


async def drag(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    await pilot.mouse_down(offset=start)
    await settle(pilot)
    await pilot.hover(offset=end)
    await settle(pilot)
    await pilot.mouse_up(offset=end)
    await settle(pilot)


async def select(player: Player, first: str, last: str) -> None:
    """Drag from the first letter of one text to the last of another."""
    x, y = place_of(player, last)
    await drag(player.pilot, place_of(player, first), (x + cell_width(last) - 1, y))


def clipboard(player: Player) -> str:
    return player.pilot.app.clipboard


async def ended(player: Player) -> None:
    await player.press("space")
    await player.has_ended()


async def test_selected_code_is_copied_without_its_numbers(folder: Path) -> None:
    async with opened(write_lesson(folder, WRITING), (120, 40)) as player:
        await select(player, "torch.tensor", "for epoch in")
        await player.reads("^c copy")

        await player.press("ctrl+c")

        await player.reads("3 lines copied")
        assert clipboard(player).split("\n") == [
            "torch.tensor([[1.0, 2.0], [3.0, 4.0]])",
            "cost = 64.0  # 비용은 에폭마다 절반으로 줄고 그 값이 출력 창에 한 줄씩 나온다",
            "for epoch in",
        ]


async def test_selected_output_has_its_lines_as_they_were_written(folder: Path) -> None:
    async with opened(write_lesson(folder, WRITING), (120, 40)) as player:
        await ended(player)
        await select(player, "epoch 1", "end 2")

        await player.press("ctrl+c")

        words = "단어 " * 12
        assert clipboard(player) == f"epoch 1 {words}end 1\nepoch 2 {words}end 2"


async def test_selecting_backwards_takes_half_a_korean_letter_whole(folder: Path) -> None:
    async with opened(write_lesson(folder, WRITING), (120, 40)) as player:
        x, y = place_of(player, "절반으로")

        await drag(player.pilot, (x + 6, y), (x + 1, y))
        await player.press("ctrl+c")

        await player.reads("Copied: 절반으로")
        assert clipboard(player) == "절반으로"


async def test_selected_prose_has_a_paragraph_a_line(folder: Path) -> None:
    async with opened(write_lesson(folder, WRITING), (120, 40)) as player:
        await select(player, "falls to", "one point")

        await player.press("ctrl+c")

        lines = [line for line in clipboard(player).split("\n") if line]
        assert lines == ["falls to w², and again.", "•  one point"]


async def test_what_is_selected_stays_in_its_pane(folder: Path) -> None:
    async with opened(write_lesson(folder, WRITING), (120, 40)) as player:
        await ended(player)
        x, y = place_of(player, "print(f")

        await drag(player.pilot, (x, y), (119, y + 1))
        await player.press("ctrl+c")

        assert clipboard(player).startswith("print(f")
        assert "epoch 2" not in clipboard(player)


async def test_a_selection_that_begins_on_the_border_begins_with_the_line(folder: Path) -> None:
    async with opened(write_lesson(folder, WRITING), (120, 40)) as player:
        await ended(player)
        border, _ = place_of(player, "╭─ 2 Code")
        _, y = place_of(player, "import torch")
        x, end = place_of(player, "w = torch")

        await drag(player.pilot, (border, y), (x, end))
        await player.press("ctrl+c")

        assert clipboard(player) == "import torch\nw"


async def test_what_is_selected_stays_while_the_output_grows(folder: Path) -> None:
    text = """
        # %% Counting
        print("line", "1.")
        import time
        while True:
            print("and on\\n" * 500)
            time.sleep(0.02)
    """
    async with opened(write_lesson(folder, text), (120, 40)) as player:
        await player.press("4", "right_square_bracket", "right_square_bracket")
        await player.reads("line 1.")
        await select(player, "line 1.", "line 1.")

        await player.press("space")
        await player.until(lambda: player.record.output.dropped_lines > 0, "lines to be let go")
        await player.press("s")
        await player.has_ended(Outcome.STOPPED)

        assert player.screen.get_selected_text() == ""


async def test_without_a_selection_the_same_key_stops(folder: Path) -> None:
    text = "# %%\nwhile True:\n    pass\n"
    async with opened(write_lesson(folder, text), (120, 40)) as player:
        await player.press("space")
        await player.until(lambda: player.playback.status is Status.RUNNING, "the step to run")
        await select(player, "while True:", "while True:")

        await player.press("ctrl+c")
        assert player.playback.status is Status.RUNNING
        await player.press("ctrl+c")

        await player.has_ended(Outcome.STOPPED)
        assert clipboard(player) == "while True:"


async def test_escape_takes_a_selection_back_and_leaves_only_then(folder: Path) -> None:
    async with opened(write_lesson(folder, WRITING), (120, 40)) as player:
        await select(player, "import", "torch.tensor")
        await player.reads("^c copy")

        await player.press("escape")

        assert isinstance(player.pilot.app.screen, PlayerScreen)
        assert "^c copy" not in text_of(player.pilot)
        await player.press("escape")
        assert not isinstance(player.pilot.app.screen, PlayerScreen)


async def test_a_dragged_border_selects_nothing(folder: Path) -> None:
    async with opened(write_lesson(folder, WRITING), (120, 40)) as player:
        await drag(player.pilot, (59, 10), (70, 12))

        assert player.screen.get_selected_text() is None


@pytest.mark.parametrize(("times", "text"), [(2, "epoch"), (3, "for epoch in range(3):")])
async def test_a_second_click_selects_a_word_and_a_third_its_line(
    folder: Path, times: int, text: str
) -> None:
    async with opened(write_lesson(folder, WRITING), (120, 40)) as player:
        code = player.panes.code
        place = Offset(*place_of(player, "epoch in")) - code.region.offset

        await player.pilot.click(code, offset=place, times=times)
        await player.press("ctrl+c")

        assert clipboard(player) == text


EXERCISE = """
    # ---
    # tutorch:
    #   title: Written
    # ---
    # %% Written tags=["exercise"]
    cost = 1
    # %% tags=["solution"]
    cost = 2
    # %% tags=["check"]
    assert cost
"""


async def test_the_editor_copies_what_is_selected_in_it(folder: Path) -> None:
    async with opened(write_lesson(folder, EXERCISE)) as player:
        await player.press("e", "shift+end", "ctrl+c")

        await player.reads("Copied: cost = 1")
        assert clipboard(player) == "cost = 1"


async def test_code_is_copied_as_the_learner_has_it(folder: Path) -> None:
    async with opened(write_lesson(folder, EXERCISE)) as player:
        await player.press("e", "end", *"23", "escape", "2", "y")

        assert clipboard(player) == "cost = 123"


# What each pane holds, by its key.
HELD = {
    "1": "제목\n\nThe cost falls to w², and again.\n\n- one point",
    "3": "iteration\tcost\n1\t32.0\n2\t16.0\n3\t8.0\n",
    "4": "".join(f"epoch {n} {'단어 ' * 12}end {n}\n" for n in range(3)),
    "5": "w  [2, 2]  float32\n1\t2\n3\t4",
}


async def test_each_pane_is_copied_as_what_it_holds(folder: Path) -> None:
    async with opened(write_lesson(folder, WRITING)) as player:
        await ended(player)

        for pane, text in HELD.items():
            await player.press(pane, "y")

            assert clipboard(player) == text


async def test_a_curve_is_copied_whole_while_it_trains(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        for position in (1, 2, 3):
            await player.press("full_stop")
            await player.is_at(position)

        await player.press("3", "y")

        await player.until(lambda: clipboard(player), "the values to come")
        assert clipboard(player) == "iteration\tcost\n1\t32.0\n2\t16.0\n3\t8.0\n"


async def test_there_is_nothing_to_copy_of_a_pane_that_waits(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("3", "y")

        await player.reads("There is nothing to copy here yet.")
        assert clipboard(player) == ""


async def test_a_text_that_no_clipboard_takes_is_said(folder: Path) -> None:
    text = f"# %%\nprint('x' * 9_000 + '\\n' + ('y' * 9_000 + '\\n') * {MOST_BYTES // 9_000})\n"
    async with opened(write_lesson(folder, text)) as player:
        await ended(player)

        await player.press("4", "y")

        await player.reads("81 kB are too much")
