from __future__ import annotations

import numpy as np
import pytest
from rich.color import Color
from rich.style import Style

from engine.protocol.pictures import Picture, packed_picture
from tui.scrollback.scrollback import Scrollback

RED = Style(color=Color.from_ansi(1))


def written(*chunks: str, max_lines: int = 100, max_columns: int = 100) -> Scrollback:
    scrollback = Scrollback(max_lines=max_lines, max_columns=max_columns)
    for chunk in chunks:
        scrollback.write(chunk)
    return scrollback


def styles(scrollback: Scrollback, index: int) -> list[tuple[str, Style | None]]:
    return [(segment.text, segment.style) for segment in scrollback.strip(index)]


def test_nothing_written_is_no_line() -> None:
    scrollback = written("")

    assert scrollback.line_count == 0
    assert scrollback.text() == ""


def test_lines_are_kept_in_order_and_an_unfinished_one_counts() -> None:
    scrollback = written("one\ntw", "o\nthree")

    assert list(scrollback.lines) == ["one", "two", "three"]
    assert scrollback.line_count == 3
    assert scrollback.text() == "one\ntwo\nthree"


def test_a_carriage_return_writes_over_the_line() -> None:
    scrollback = written(" 10%|#   |", "\r100%|####|", "\rdone")

    assert list(scrollback.lines) == ["done|####|"]


def test_a_carriage_return_and_newline_end_the_line_whole() -> None:
    scrollback = written("one\r", "\ntwo\r\n")

    assert list(scrollback.lines) == ["one", "two"]


def test_a_backspace_goes_back_one_cell() -> None:
    scrollback = written("abc\b\bX")

    assert list(scrollback.lines) == ["aXc"]


def test_a_tab_goes_to_the_next_eighth_cell_and_erases_nothing() -> None:
    scrollback = written("a\tb\n0123456789\r\tX")

    assert list(scrollback.lines) == ["a       b", "01234567X9"]


@pytest.mark.parametrize(
    ("extent", "line"), [("", "abc"), ("0", "abc"), ("1", "    ef"), ("2", "")]
)
def test_erasing_in_a_line_erases_what_it_names(extent: str, line: str) -> None:
    scrollback = written(f"abcdef\x1b[3D\x1b[{extent}K")

    assert scrollback.text() == line


def test_nested_bars_write_over_their_own_lines() -> None:
    inner = "\n\r batch {}/2\x1b[A"

    scrollback = written("\repoch 1/2", inner.format(1), inner.format(2), "\repoch 2/2")

    assert list(scrollback.lines) == ["epoch 2/2", " batch 2/2"]


def test_the_cursor_moves_down_to_the_right_and_to_the_left() -> None:
    scrollback = written("ab\x1b[B\x1b[2Dc\x1b[3Cd")

    assert list(scrollback.lines) == ["ab", "c   d"]


def test_clearing_the_display_forgets_what_stood_there() -> None:
    scrollback = written("frame 1\nmore\n", "\x1b[2J\x1b[Hframe 2\n")

    assert list(scrollback.lines) == ["frame 2"]


def test_home_leads_to_the_top_of_the_screen_and_not_of_the_history() -> None:
    scrollback = written("".join(f"{n}\n" for n in range(60)), "\x1b[Hhome")

    assert list(scrollback.lines).index("home") == 60 + 1 - 24


def test_erasing_below_the_cursor_leaves_what_is_above() -> None:
    scrollback = written("one\ntwo\nthree\x1b[A\r\x1b[J")

    assert scrollback.text() == "one\n"


def test_a_colour_lasts_over_chunks() -> None:
    scrollback = written("\x1b[31mred", " too\nand here")

    assert styles(scrollback, 0) == [("red too", RED)]
    assert styles(scrollback, 1) == [("and here", RED)]


def test_writing_over_a_part_keeps_the_colour_of_the_rest() -> None:
    scrollback = written("\x1b[31mabcd\x1b[0m\rX")

    assert styles(scrollback, 0) == [("X", Style()), ("bcd", RED)]


@pytest.mark.parametrize("cut", range(1, len("\x1b[38;5;1m")))
def test_a_sequence_cut_in_two_by_a_chunk_is_one_sequence(cut: int) -> None:
    sequence = "\x1b[38;5;1m"

    scrollback = written("a" + sequence[:cut], sequence[cut:] + "b")

    assert styles(scrollback, 0) == [("a", Style()), ("b", RED)]


@pytest.mark.parametrize("sequence", ["\x1b[?25l", "\x1b]0;title\x07", "\x1b(B", "\x1b[5n", "\x07"])
def test_any_other_sequence_is_ignored_also_when_cut_in_two(sequence: str) -> None:
    half = len(sequence) // 2

    scrollback = written("a" + sequence + "b", sequence[:half], sequence[half:] + "c")

    assert list(scrollback.lines) == ["abc"]


def test_half_of_a_korean_syllable_written_over_becomes_a_space() -> None:
    assert written("한글\rX").text() == "X 글"
    assert written("한글\r\x1b[CX").text() == " X글"
    assert written("abcd\r한").text() == "한cd"


def test_the_oldest_lines_are_dropped_and_counted() -> None:
    scrollback = written("1\n2\n3\n", "4\n5\n", max_lines=3)

    assert list(scrollback.lines) == ["3", "4", "5"]
    assert scrollback.dropped_lines == 2


@pytest.mark.parametrize("chunks", [1, 10, 1000])
def test_many_lines_are_bounded_however_they_come(chunks: int) -> None:
    lines = [f"line {n}\n" for n in range(1000)]
    size = len(lines) // chunks

    scrollback = written(
        *("".join(lines[start : start + size]) for start in range(0, len(lines), size)),
        max_lines=10,
    )

    assert list(scrollback.lines) == [f"line {n}" for n in range(990, 1000)]
    assert scrollback.dropped_lines == 990


@pytest.mark.parametrize("chunk", [1_000_000, 1000])
def test_a_line_without_end_is_cut_and_ends_in_dots(chunk: int) -> None:
    scrollback = written(*["x" * chunk] * (1_000_000 // chunk), "\nnext")

    first, last = scrollback.lines
    assert first == "x" * 100 + "…"
    assert last == "next"


def test_clearing_forgets_lines_colour_and_count() -> None:
    scrollback = written("\x1b[31m1\n2\n3\n\x1b[3", max_lines=2)

    scrollback.clear()
    scrollback.write("new")

    assert styles(scrollback, 0) == [("new", Style())]
    assert scrollback.line_count == 1
    assert scrollback.dropped_lines == 0


def test_a_line_that_is_not_written_to_is_drawn_once() -> None:
    scrollback = written("one\ntwo")
    before = scrollback.strip(0), scrollback.strip(1)

    scrollback.write("!")

    assert scrollback.strip(0) is before[0]
    assert scrollback.strip(1) is not before[1]


def test_a_copy_keeps_a_line_that_is_written_on() -> None:
    scrollback = Scrollback()
    scrollback.write("epoch 1")
    kept = scrollback.copy()

    scrollback.write(", cost 2")
    kept.write("!")

    assert (scrollback.text(), kept.text()) == ("epoch 1, cost 2", "epoch 1!")


def shown(number: int, *, size: int = 2, scrollback: Scrollback) -> Picture:
    picture = packed_picture(np.zeros((size, size, 3), np.uint8))
    scrollback.show_picture(number, picture, f"Figure {number}")
    return picture


def test_a_picture_stands_on_a_line_of_its_own_between_what_was_written() -> None:
    scrollback = Scrollback()
    scrollback.write("before")
    picture = shown(1, scrollback=scrollback)
    scrollback.write("after\n")

    assert scrollback.lines == ["before", "Figure 1", "after"]
    assert [scrollback.picture(line) for line in range(3)] == [None, picture, None]


def test_a_picture_takes_the_place_of_the_one_that_it_brings_up_to_date() -> None:
    scrollback = Scrollback()
    shown(1, scrollback=scrollback)
    scrollback.write("between\n")
    newer = packed_picture(np.zeros((3, 3, 3), np.uint8))

    scrollback.show_picture(1, newer, "Figure 1 · newer", is_update=True)

    assert scrollback.lines == ["Figure 1 · newer", "between"]
    assert scrollback.picture(0) is newer


def test_a_picture_of_a_copy_stays_where_the_other_is_brought_up_to_date() -> None:
    scrollback = Scrollback()
    picture = shown(1, scrollback=scrollback)
    copy = scrollback.copy()

    scrollback.show_picture(1, packed_picture(np.ones((2, 2, 3))), "newer", is_update=True)

    assert copy.picture(0) is picture


def test_a_screen_that_is_cleared_has_no_picture() -> None:
    scrollback = Scrollback()
    shown(1, scrollback=scrollback)

    scrollback.write("\x1b[2J\x1b[Hafter\n")

    assert scrollback.lines == ["after"]
    assert scrollback.picture(0) is None


def test_a_picture_that_is_written_over_is_gone() -> None:
    scrollback = Scrollback()
    shown(1, scrollback=scrollback)

    scrollback.write("\x1b[1A\x1b[2Kover\n")

    assert scrollback.lines == ["over"]
    assert scrollback.picture(0) is None


def test_of_too_many_pictures_the_oldest_leave_their_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scrollback = Scrollback()
    picture = packed_picture(np.zeros((2, 2, 3), np.uint8))
    monkeypatch.setattr("tui.scrollback.scrollback._MOST_OF_PICTURES", 2 * len(picture.packed))

    for number in range(3):
        shown(number, scrollback=scrollback)

    assert scrollback.lines == ["Figure 0", "Figure 1", "Figure 2"]
    assert [scrollback.picture(line) is not None for line in range(3)] == [False, True, True]
