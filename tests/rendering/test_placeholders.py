"""Pictures that a terminal draws itself, and its answer to whether it does."""

from __future__ import annotations

import base64
import re

import numpy as np
import pytest
from rich.cells import cell_len
from textual.color import Color

from engine.protocol.pictures import packed_picture
from tui.filters.line_filters import Readable, WithoutControls
from tui.rendering.glyphs import UNICODE
from tui.rendering.palette import DARK
from tui.rendering.placeholders import (
    MOST_CELLS,
    PLACEHOLDER,
    answered,
    handed_over,
    placeholder_cells,
)
from tui.scrollback.shown_pictures import draw_shown_picture
from tui.terminal.graphics import Graphics, may_be_asked

PICTURE = packed_picture(np.zeros((40, 60, 3), np.uint8))
OTHER = packed_picture(np.full((40, 60, 3), 255, np.uint8))
KITTY = {"TERM": "xterm-kitty"}


def test_each_cell_says_which_part_it_shows_of_which_picture() -> None:
    strips = placeholder_cells(0x010203, MOST_CELLS, MOST_CELLS)

    assert {cell_len(strip.text) for strip in strips} == {MOST_CELLS}
    assert strips[1].text[:6] == f"{PLACEHOLDER}\u030d\u0305{PLACEHOLDER}\u030d\u030d"
    assert len(set(strips[0].text)) == MOST_CELLS + 1
    style = strips[0]._segments[0].style
    assert style is not None
    assert style.color is not None
    assert style.color.get_truecolor() == (1, 2, 3)


def test_no_filter_changes_what_counts() -> None:
    ground = Color(1, 2, 4)
    strip = placeholder_cells(0x010203, 9, 1)[0]

    readable = Readable().apply(list(strip), ground)

    assert WithoutControls().apply(readable, ground) == list(strip)


def test_a_large_picture_is_handed_over_in_messages_of_its_number() -> None:
    data = bytes(range(256)) * 40

    written = handed_over(7, data, 30, 10)

    messages = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", written)
    assert messages[0][0] == "a=T,U=1,q=2,f=100,i=7,c=30,r=10,m=1"
    assert [keys for keys, _ in messages[1:]] == ["m=1", "m=1", "m=0"]
    assert base64.b64decode("".join(chunk for _, chunk in messages)) == data


@pytest.mark.parametrize(
    ("heard", "said", "typed", "begun"),
    [
        ("a\x1b_Gi=31;OK\x1b\\b", True, "ab", ""),
        ("\x1b_Gi=31;EINVAL:no\x1b\\", False, "", ""),
        ("\x1b_Gi=7;ENOENT\x1b\\x", None, "x", ""),
        ("x\x1b_Gi=31;O", None, "x", "\x1b_Gi=31;O"),
        ("\x1b", None, "\x1b", ""),
        ("\x1b[A", None, "\x1b[A", ""),
    ],
)
def test_an_answer_is_told_from_keys(heard: str, said: bool | None, typed: str, begun: str) -> None:
    assert answered(heard) == (said, typed, begun)


def test_a_terminal_is_given_a_picture_once_for_each_size() -> None:
    written: list[str] = []
    graphics = Graphics(written.append)

    first = graphics.draw(PICTURE, 30, 10)
    again = graphics.draw(PICTURE, 30, 10)
    smaller = graphics.draw(PICTURE, 15, 10)
    graphics.draw(OTHER, 30, 10)
    graphics.take_all_back()

    assert first == again
    assert (len(first), first[0].cell_length) == (10, 30)
    assert smaller[0].cell_length == 15
    assert [re.findall(r"i=\d+", text) for text in written[:3]] == [["i=1"], ["i=2"], ["i=3"]]
    assert [re.findall(r"d=I,i=\d+", text) for text in written[3:]] == [
        ["d=I,i=1"],
        ["d=I,i=2"],
        ["d=I,i=3"],
    ]


def test_what_a_terminal_answers_decides_and_comes_to_no_widget() -> None:
    written: list[str] = []
    graphics = Graphics(written.append)
    graphics.ask()

    before = graphics.is_there
    typed = [graphics.heard(piece) for piece in ("q\x1b_Gi=3", "1;OK\x1b", "\\w")]

    assert not before
    assert graphics.is_there
    assert "".join(typed) == "qw"
    assert "a=q" in written[0]


def test_only_a_terminal_that_may_know_the_question_is_asked() -> None:
    assert may_be_asked(KITTY)
    assert may_be_asked({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"})
    assert not may_be_asked({"TERM": "xterm-256color"})
    assert not may_be_asked(KITTY | {"TMUX": "/tmp/tmux-0/default,1,0"})


def test_a_picture_is_of_half_blocks_where_the_terminal_draws_none() -> None:
    graphics = Graphics(lambda _: None)

    blocks = draw_shown_picture(PICTURE, 30, 10, DARK, UNICODE, has_colours=True)
    placeholders = draw_shown_picture(
        PICTURE, 30, 10, DARK, UNICODE, has_colours=True, draw_in_terminal=graphics.draw
    )

    assert not any(PLACEHOLDER in strip.text for strip in blocks)
    assert all(set(strip.text) & {PLACEHOLDER} for strip in placeholders)
    assert len(placeholders) < 10
