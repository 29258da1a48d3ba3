"""What stands beside code that the learner has changed, and what they changed in it."""

from __future__ import annotations

from textual.strip import Strip

from tui.rendering.code import draw_code, rows_of_code
from tui.rendering.difference import changed_lines, lines_of_edit, rows_of_change
from tui.rendering.edited import with_signs, with_trouble
from tui.rendering.glyphs import ASCII, UNICODE
from tui.rendering.palette import DARK
from tui.rendering.rows import text_lines

SOURCE = "first = 1\nsecond = first + first + first + first\nthird = 3"
WIDTH = 24


def code(marked: int | None = None) -> list[Strip]:
    return draw_code(SOURCE, 9, marked, WIDTH, DARK)


ROWS = rows_of_code(SOURCE, 9, WIDTH, DARK)


def test_a_changed_line_has_a_sign_in_each_of_its_rows() -> None:
    drawn = [strip.text for strip in with_signs(code(), ROWS, {1}, DARK, UNICODE)]

    assert drawn[0] == "  9 first = 1"
    assert drawn[1].startswith(" 10▎second")
    assert drawn[2].startswith("  ↪▎")
    assert drawn[-1] == " 11 third = 3"


def test_a_sign_takes_no_room_and_keeps_the_ground_of_its_line() -> None:
    plain, signed = code(10), with_signs(code(10), ROWS, {1}, DARK, UNICODE)

    assert [strip.cell_length for strip in signed] == [strip.cell_length for strip in plain]
    grounds = {part.style.bgcolor for part in signed[1] if part.style is not None}
    assert grounds == {part.style.bgcolor for part in plain[1] if part.style is not None}


def test_the_sign_is_ascii_where_all_is() -> None:
    assert all(
        strip.text.isascii()
        for strip in with_signs(
            draw_code(SOURCE, 9, None, 80, DARK, ASCII),
            rows_of_code(SOURCE, 9, 80, DARK, ASCII),
            {0, 1, 2},
            DARK,
            ASCII,
        )
    )


def test_trouble_stands_under_the_last_row_of_its_line() -> None:
    strips, _ = with_trouble(code(), ROWS, 1, "NameError: a", WIDTH, DARK, UNICODE)

    texts = [strip.text for strip in strips]
    assert texts[-2:] == ["    NameError: a", " 11 third = 3"]
    assert len(texts) == len(ROWS) + 1


def test_trouble_is_cut_to_its_row_and_is_none_of_the_code() -> None:
    strips, rows = with_trouble(code(), ROWS, 1, "NameError: " + "a" * 90, WIDTH, DARK, UNICODE)

    assert max(strip.cell_length for strip in strips) <= WIDTH
    assert text_lines(strips, rows) == SOURCE.split("\n")


def test_a_line_that_the_source_lacks_has_no_trouble() -> None:
    assert with_trouble(code(), ROWS, 7, "NameError", WIDTH, DARK, UNICODE) == (code(), list(ROWS))


def test_lines_that_were_changed_or_put_in_are_the_learners() -> None:
    assert lines_of_edit("a\nb\nc", "a\nB\nc\nd") == {1, 3}


def test_of_lines_that_were_taken_away_or_left_none_is_the_learners() -> None:
    assert lines_of_edit("a\nb\nc", "a\nc") == frozenset()
    assert lines_of_edit("a\nb", "a\nb") == frozenset()


def test_the_difference_has_gone_new_and_other_lines() -> None:
    assert changed_lines("one\n  둘\n", "one\n  셋\n") == ["  one", "-   둘", "+   셋", " "]


def test_a_long_line_of_a_change_goes_on_as_it_does_in_the_code() -> None:
    assert [*rows_of_change("+     solved = found.matmul(with_ones, targets)", 30)] == [
        "+     solved = found.matmul(",
        "        ↪ with_ones, targets)",
    ]
    assert [*rows_of_change("- short = 1", 30)] == ["- short = 1"]
