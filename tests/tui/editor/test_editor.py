"""The editor of an exercise: what its keys do to Python, and what it shows of an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import SIZES, Player, opened, settle, text_of, write_lesson
from rich.style import Style
from textual.events import Hide
from textual.widgets.text_area import Selection

from engine.protocol.outcomes import Outcome
from tui.actions.pane_actions import EDITOR_ACTIONS

LESSON = """
    # ---
    # tutorch:
    #   title: Written
    # ---

    # %% Written tags=["exercise"]
    cost = 1

    # %% [markdown] tags=["hint"]
    # None.

    # %% tags=["solution"]
    cost = 2

    # %% tags=["check"]
    assert cost
"""


@pytest.fixture
def lesson(folder: Path) -> Path:
    return write_lesson(folder, LESSON)


async def begin(player: Player, source: str = "") -> None:
    """Write in the editor, with `source` in it and the cursor at its end."""
    await player.press("e")
    player.editor.put_source(source)
    player.editor.move_cursor(player.editor.document.end)
    await settle(player.pilot)


async def test_a_function_is_typed_as_it_is_thought(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player)

        await player.press(*"def f(x):", "enter", *"for i in range(3):", "enter", *"x += [i][0]")
        await player.press("enter", *"return x", "enter", *"비용 = f(1)")

        assert player.playback.source == (
            "def f(x):\n    for i in range(3):\n        x += [i][0]\n"
            "        return x\n    비용 = f(1)"
        )


async def test_enter_in_a_pair_opens_it(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player)

        await player.press(*"  a = [", "enter", *"1,")

        assert player.playback.source == "  a = [\n      1,\n  ]"


async def test_backspace_takes_both_halves_of_an_empty_pair(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player)

        await player.press(*"x = (", "backspace")

        assert player.playback.source == "x = "


async def test_tab_goes_on_and_shift_tab_back(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player)

        await player.press("tab", "tab", *"x", "shift+tab")

        assert player.playback.source == "    x"
        assert player.pilot.app.focused is player.editor


async def test_a_selection_goes_in_and_out_and_stays_selected(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player, "하나 = 1\n둘 = 2\n셋 = 3")
        player.editor.selection = Selection((0, 1), (2, 0))

        await player.press("tab", "tab", "shift+tab")

        assert player.playback.source == "    하나 = 1\n    둘 = 2\n셋 = 3"
        assert player.editor.selected_text == "나 = 1\n    둘 = 2\n"


@pytest.mark.parametrize("key", ["ctrl+slash", "ctrl+underscore"])
async def test_lines_become_comments_and_code_again(lesson: Path, key: str) -> None:
    async with opened(lesson) as player:
        await begin(player, "a = 1\n  b = 2")
        player.editor.select_all()

        await player.press(key)
        commented = player.playback.source
        await player.press(key)

        assert commented == "# a = 1\n#   b = 2"
        assert player.playback.source == "a = 1\n  b = 2"


# What the editor's own keys make of `TWO_LINES` with the cursor behind the `b`, one after another.
TWO_LINES = "a = 1\nb = 2"
BY_KEY = [
    ("ctrl+slash", "a = 1\n# b = 2", (1, 3)),
    ("ctrl+underscore", TWO_LINES, (1, 1)),
    ("ctrl+home", TWO_LINES, (0, 0)),
    ("tab", "    a = 1\nb = 2", (0, 4)),
    ("shift+tab", TWO_LINES, (0, 0)),
    ("ctrl+z", "    a = 1\nb = 2", (0, 4)),
    ("ctrl+y", TWO_LINES, (0, 5)),
    ("ctrl+home", TWO_LINES, (0, 0)),
    ("ctrl+delete", " = 1\nb = 2", (0, 0)),
    ("ctrl+z", TWO_LINES, (0, 0)),
    ("ctrl+shift+end", TWO_LINES, (1, 5)),
    ("ctrl+end", TWO_LINES, (1, 5)),
    ("ctrl+shift+home", TWO_LINES, (0, 0)),
    ("delete", "", (0, 0)),
]


async def test_each_key_of_the_editor_does_what_the_help_says(lesson: Path) -> None:
    named = {key for action in EDITOR_ACTIONS for key in action.keys.split(",")}
    assert named <= {key for key, _, _ in BY_KEY}
    async with opened(lesson) as player:
        await begin(player, TWO_LINES)
        player.editor.move_cursor((1, 1))

        for key, source, cursor in BY_KEY:
            await player.press(key)

            assert (player.playback.source, player.editor.cursor_location) == (source, cursor), key


async def test_one_undo_takes_back_what_tab_did_to_many_lines(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player, "a = 1\nb = 2")
        player.editor.select_all()

        await player.press("tab", "ctrl+z")

        assert player.playback.source == "a = 1\nb = 2"


async def test_the_partner_of_the_bracket_just_typed_is_lit(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player, "f(\n  '(',\n)")

        assert player.editor.matching_bracket_location == (0, 1)
        lit = [segment for segment in player.editor.render_line(0) if segment.text == "("]
        assert isinstance(lit[0].style, Style)
        assert lit[0].style.underline


async def test_only_a_lines_end_ends_a_line(lesson: Path) -> None:
    async with opened(lesson) as player:
        for character in ("\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"):
            await begin(player, f"a = '{character}'\nb = 2")

            await player.press(*"3")

            assert player.editor.document.line_count == 2, repr(character)
            assert player.playback.source == f"a = '{character}'\nb = 23"


async def test_lines_pasted_from_elsewhere_end_as_ours_do(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player, "a = 1\r\nb = 2\rc = 3")

        assert player.playback.source == "a = 1\nb = 2\nc = 3"


async def test_a_row_that_goes_on_with_its_line_is_marked(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player, "first = 1\nlong = '" + "word " * 30 + "end'\nlast = 3")

        await player.until(lambda: player.editor.wrapped_document.height > 3, "the line to break")

        rows = [player.editor.render_line(row).text for row in range(5)]
        # The gutter's last cell, then the four by which the row is indented deeper.
        marks = ["↪     w" in row[:12] for row in rows]
        assert marks == [False, False, True, True, False]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_no_part_of_a_long_line_is_out_of_sight(lesson: Path, size: tuple[int, int]) -> None:
    async with opened(lesson, size) as player:
        await begin(player, "first = 1\nlong = '" + "길다 " * 40 + "end'\nlast = 3")

        shown = text_of(player.pilot)

        assert "first = 1" in shown
        assert "end'" in shown
        assert "last = 3" in shown
        assert shown.count("길다") == 40


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_an_error_stands_under_its_line(lesson: Path, size: tuple[int, int]) -> None:
    async with opened(lesson, size) as player:
        await begin(player, "하나 = 1\n틀림\n셋 = 3")
        await player.press("f5")
        await player.has_ended(Outcome.FAILED)
        await player.reads("NameError", "The editor has the keys")

        rows = [player.editor.render_line(row).text for row in range(4)]

        assert "틀림" in rows[1]
        assert rows[2].strip() == "NameError: name '틀림' is not defined"
        assert "셋 = 3" in rows[3]


async def test_the_error_goes_when_the_code_is_changed(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player, "틀림\nx = 2")
        await player.press("f5")
        await player.has_ended(Outcome.FAILED)
        await player.reads("NameError", "The editor has the keys")

        await player.press("end", "0")

        await player.until(lambda: player.editor.wrapped_document.height == 2, "the error to go")
        rows = [player.editor.render_line(row).text for row in range(3)]
        assert "NameError" not in "".join(rows)


async def test_the_cursor_passes_an_error_as_if_it_were_not_there(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player, "틀림\nx = 2")
        await player.press("f5")
        await player.has_ended(Outcome.FAILED)
        await player.reads("The editor has the keys")
        player.editor.move_cursor((0, 1))

        await player.press("down")
        below = player.editor.cursor_location
        offset = player.editor.cursor_screen_offset
        await player.press("up")

        assert below[0] == 1
        assert player.editor.cursor_location == (0, 1)
        assert offset.y - player.editor.cursor_screen_offset.y == 2


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_half_the_screen_is_the_editors_while_it_has_the_keys(
    lesson: Path, size: tuple[int, int]
) -> None:
    async with opened(lesson, size) as player:
        await begin(player)

        width, height = player.panes.exercise.outer_size
        assert 2 * width * height >= size[0] * size[1]


async def test_the_keys_are_the_players_when_all_checks_pass(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player, "cost = 1")

        await player.press("f5")

        await player.reads("Every check passes. v shows")
        await player.until(lambda: player.pilot.app.focused is None, "the keys")
        await player.reads("e edit")
        assert player.pilot.app.focused is None

        await begin(player, "cost = 2")
        await player.press("ctrl+f", "c", "f5")
        finder = player.panes.exercise.finder.children[0]
        await player.until(lambda: not finder.display, "the finder to close")
        assert player.pilot.app.focused is None

        await begin(player, "cost = 3")
        await player.press("f5")
        app = player.pilot.app
        app.app_focus = False
        await player.until(lambda: player.record.source == "cost = 3", "the run")
        await player.is_ready()
        app.app_focus = True
        await player.until(lambda: app.focused is None, "the keys, back from another window")


async def test_the_keys_are_the_editors_when_a_check_does_not_hold(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player, "cost = 0")

        await player.press("f5")

        await player.reads("The editor has the keys: write on.", "assert cost")
        assert player.pilot.app.focused is player.editor
        await player.press("backspace", "5")
        assert player.playback.source == "cost = 5"


async def test_who_writes_on_while_the_checks_run_keeps_the_keys(lesson: Path) -> None:
    typed = lesson.parent / "typed"
    waits = f"from pathlib import Path\nwhile not Path({str(typed)!r}).exists(): pass"
    async with opened(lesson, (120, 40)) as player:
        await begin(player, f"{waits}\ncost = 1")

        await player.press("f5", "2")
        typed.touch()

        await player.until(lambda: player.record.attempt is not None, "a verdict")
        await player.is_ready()
        assert player.playback.source.endswith("cost = 12")
        assert player.pilot.app.focused is player.editor


async def test_the_editor_keeps_the_keys_when_it_was_out_of_sight_for_a_moment(
    lesson: Path,
) -> None:
    async with opened(lesson) as player:
        await begin(player)

        player.editor.post_message(Hide())
        await settle(player.pilot)

        assert player.pilot.app.focused is player.editor


async def test_an_editor_that_is_out_of_sight_has_no_keys(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player)

        player.panes.show_pane("output")

        await player.until(lambda: player.pilot.app.focused is None, "the keys to go")
