"""A line that a program leaves open: a prompt is shown, and no piece of a line that goes on."""

from __future__ import annotations

import io

import pytest

from tui.headless.open_line import OpenLine
from tui.headless.page import Page


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        (["Your name: "], "Your name: "),
        (["Your ", "name: "], "Your name: "),
        (["hello\n", "Your name: "], "Your name: "),
        (["Epoch 1", "\n"], ""),
        (["Epoch 1", " cost 2\n"], ""),
    ],
)
def test_what_stands_at_the_end_without_a_line_feed_is_shown_once(
    pieces: list[str], shown: str
) -> None:
    written, clock = io.BytesIO(), Clock()
    page = Page(io.StringIO(), io.TextIOWrapper(written, encoding="utf-8"))
    line = OpenLine(page, clock)
    for piece in pieces:
        line.take(piece)
        line.show_if_it_stands()
    assert written.getvalue() == b""

    for _ in range(2):
        clock.now += 1
        line.show_if_it_stands()

    assert written.getvalue().decode() == shown
