"""What a step writes, shown in the output pane as a terminal shows it."""

from __future__ import annotations

from pathlib import Path

from driving import opened, text_of, write_lesson
from textual.events import MouseScrollUp

from engine.protocol.outcomes import Outcome

LONG_OUTPUT = """
    # %% Many lines
    for line in range(1, 101):
        print(f"line {line}")
"""


# What a cell may write, and what of it is read.
WRITTEN = {
    "answer = 6 * 7\nanswer": "42",
    "for percent in range(0, 101, 10):\n    print(f'\\r{percent}% done', end='')": "100% done",
    "from IPython.display import HTML, clear_output, display\nprint('before')\n"
    "clear_output(wait=True)\ndisplay(HTML('<b>after</b>'))": "after",
    "print('가나다라마바사' * 20)": "가나다라마바사" * 20,
}


async def test_what_a_cell_writes_is_shown_as_a_terminal_shows_it(folder: Path) -> None:
    steps = "".join(f"# %% {number}\n{cell}\n" for number, cell in enumerate(WRITTEN))
    coloured = "# %% Colours\nprint('\\x1b[32mgreen\\x1b[0m and plain')\n"
    async with opened(write_lesson(folder, steps + coloured)) as player:
        await player.press("4")
        for number, read in enumerate(WRITTEN.values()):
            await player.shows_step(number)
            await player.run_step()
            assert "".join(player.output.split()) == "".join(read.split())
            await player.press("n")

        await player.run_step()

        assert player.output == "green and plain"
        green, plain = player.pane("output").render_line(0), "green"
        colours = {s.text: s.style.color for s in green if s.style is not None}
        assert colours[plain] is not None
        assert colours[plain] != colours.get(" and plain")


async def test_a_line_of_two_million_characters_shows_its_beginning(folder: Path) -> None:
    text = "# %%\nprint('begins ' + 'x' * 2_000_000)\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("4")

        await player.run_step()

        assert player.output.startswith("begins xxx")
        assert player.output.endswith("xxx…\nThe rest of this line is too long to keep.")
        await player.press("ctrl+o")
        await player.until(lambda: "나머지를 버렸습니다" in player.output, "the words in Korean")


async def test_output_stays_at_its_end_until_keys_or_the_mouse_wheel_scroll_it(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, LONG_OUTPUT)) as player:
        await player.press("4")
        await player.run_step()
        await player.reads("line 100")
        end = player.pane("output").scroll_offset.y
        assert end

        await player.press("pageup")
        await player.until(lambda: "line 100" not in text_of(player.pilot), "an earlier page")
        await player.press("pagedown")
        await player.reads("line 100")

        await player.press("up", "k")
        assert player.pane("output").scroll_offset.y == end - 2
        await player.press("down", "j")
        assert player.pane("output").scroll_offset.y == end

        reached = []
        for key in ("g", "G", "home", "end", "ctrl+u", "ctrl+d"):
            await player.press(key)
            reached.append(player.pane("output").scroll_offset.y)
        assert reached == [0, end, 0, end, end - player.pane("output").text_height // 2, end]

        output = player.pane("output")
        await player.pilot._post_mouse_events([MouseScrollUp], output, button=0)
        await player.until(lambda: output.scroll_offset.y < end, "the pane to scroll")


async def test_a_lesson_that_prints_without_end_is_bounded_and_can_be_stopped(
    folder: Path,
) -> None:
    text = "# %%\nwhile True:\n    print(*range(500), sep='\\n')\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("4", "space")
        await player.until(lambda: player.record.output.dropped_lines, "old lines to be let go")

        await player.press("s")

        await player.has_ended(Outcome.STOPPED)
        assert player.output.startswith(
            f"Older lines let go: {player.record.output.dropped_lines:,}."
        )
        assert player.record.output.line_count <= player.record.output.max_lines


SHOWING = """
    # %%
    from PIL import Image
    print("before")
    image = Image.new("RGB", (40, 20), (255, 0, 0))
    image
"""


async def test_a_picture_is_drawn_under_what_was_written(folder: Path) -> None:
    async with opened(write_lesson(folder, SHOWING)) as player:
        await player.press("4")

        await player.run_step()

        pane = player.pane("output")
        first, *drawn, words = player.output.split("\n")
        assert (first, words) == ("before", "Figure 1")
        assert set("".join(drawn)) <= {" "}
        grounds = {one.style.bgcolor for one in pane.render_line(1) if one.style is not None}
        assert any(ground and ground.get_truecolor() == (255, 0, 0) for ground in grounds)


async def test_a_picture_is_drawn_again_for_another_size_of_the_pane(folder: Path) -> None:
    text = SHOWING.replace("(40, 20)", "(400, 800)")
    async with opened(write_lesson(folder, text), size=(120, 40)) as player:
        await player.press("4")
        await player.run_step()
        before = len(player.output.split("\n"))

        await player.pilot.resize_terminal(80, 24)

        await player.until(
            lambda: len(player.output.split("\n")) < before, "the picture to be lower"
        )
        room = player.pane("output").text_height
        assert len(player.output.split("\n")) <= room + 1


async def test_a_picture_is_told_by_characters_in_ascii(folder: Path) -> None:
    text = SHOWING.replace("(255, 0, 0)", "(255, 255, 255)").replace(
        "    image\n", "    image.paste((0, 0, 0), (18, 0, 22, 20))\n    image\n"
    )
    async with opened(write_lesson(folder, text), in_ascii=True) as player:
        await player.press("4")

        await player.run_step()

        assert player.output.isascii()
        assert "@" in player.output
