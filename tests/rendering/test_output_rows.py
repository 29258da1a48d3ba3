"""The rows of an output: what each shows, and that those out of sight are not drawn."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from textual.strip import Strip

from tui.rendering.rows import Row
from tui.scrollback import output_rows
from tui.scrollback.output_rows import OutputRows, WrappedLine
from tui.scrollback.scrollback import Scrollback

WIDTH = 10


def rows_of(scrollback: Scrollback) -> OutputRows:
    rows = OutputRows()
    for index in range(scrollback.line_count):
        rows.add_line(WrappedLine(scrollback.line(index), index, WIDTH))
    return rows


def written(text: str) -> Scrollback:
    scrollback = Scrollback()
    scrollback.write(text)
    return scrollback


def test_each_row_shows_its_part_of_its_line() -> None:
    rows = rows_of(written("one\n\nwords that go on\n"))

    assert [strip.text for strip in rows] == ["one", "", "words that ", "go on"]
    assert [rows.lines[row.line][row.column :][: row.length] for row in rows.rows] == [
        strip.text for strip in rows
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"{'#' * 25}\r{' ' * 25}\rdone\n", ["done      "]),
        (f"{'#' * 25}\r{' ' * 25}\rtwelve cells\n", ["twelve ", "cells     "]),
        (f"{' ' * 25}\n", [" " * 10]),
        (f"\x1b[7m{' ' * 25}\x1b[0m\n", [" " * 10, " " * 10, " " * 5]),
    ],
    ids=["shorter", "longer", "blank", "reversed"],
)
def test_blanks_that_took_a_bar_away_make_no_empty_rows(text: str, shown: list[str]) -> None:
    rows = rows_of(written(text))

    assert [strip.text for strip in rows] == shown


def test_what_is_drawn_already_stands_between_the_lines() -> None:
    rows, note = OutputRows(), Strip([Segment("a note")])

    rows.add_strips([note], [Row(0, 0, 0, 0)])
    rows.add_line(WrappedLine(written("twelve cells").line(0), 0, WIDTH))

    assert [strip.text for strip in rows] == ["a note", "twelve ", "cells"]


def test_a_flood_of_lines_is_drawn_only_where_it_is_in_sight(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[str] = []

    def note(strip: Strip, ends: list[int]) -> list[Strip]:
        drawn.append(strip.text)
        return [strip] * len(ends)

    monkeypatch.setattr(output_rows, "strips_at", note)
    rows = rows_of(written("\n".join(str(number) for number in range(10_000))))

    assert [strip.text for strip in rows[-2:]] == ["9998", "9999"]
    assert drawn == ["9998", "9999"]


def test_a_line_that_was_written_to_is_no_longer_what_was_wrapped() -> None:
    scrollback = written("first\nsecond")
    first, second = (WrappedLine(scrollback.line(index), index, WIDTH) for index in range(2))

    scrollback.write(" and more")

    assert first.is_of(scrollback.line(0), WIDTH)
    assert not second.is_of(scrollback.line(1), WIDTH)
    assert not first.is_of(scrollback.line(0), WIDTH + 1)
