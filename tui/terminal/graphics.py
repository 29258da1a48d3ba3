"""Pictures that the terminal draws itself, where it has said that it can."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.strip import Strip

from tui.rendering.placeholders import (
    ASKS,
    LARGEST_NUMBER,
    MOST_CELLS,
    answered,
    handed_over,
    placeholder_cells,
    taken_back,
)

if TYPE_CHECKING:
    from engine.protocol.pictures import Picture

# The terminal keeps no more of them than this, the newest ones.
_MOST_KEPT = 32
_TERMINALS = ("xterm-kitty", "xterm-ghostty")


def may_be_asked(environment: Mapping[str, str]) -> bool:
    """Whether a terminal may know the question: others would show it, and tmux hands none on."""
    if "TMUX" in environment or "STY" in environment:
        return False
    return environment.get("TERM") in _TERMINALS or "KITTY_WINDOW_ID" in environment


class Graphics:
    """The pictures that one terminal has; ``is_there`` once it has answered that it draws them.

    What is for the terminal goes to `write`.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        self.is_there = False
        self._write = write
        self._begun = ""
        self._number = 0
        self._kept: dict[int, tuple[Picture, int, int]] = {}

    def ask(self) -> None:
        """Ask the terminal; the answer comes among its keys."""
        self._write(ASKS)

    def heard(self, text: str) -> str:
        """What was typed, of all that has come from the terminal."""
        said, typed, self._begun = answered(self._begun + text)
        if said is not None:
            self.is_there = said
        return typed

    def draw(self, picture: Picture, width: int, height: int) -> list[Strip]:
        """Cells that show the picture, at most so many; the terminal is given it where it has not.

        Call on the interface's thread.
        """
        # They bring numpy, which the list of lessons does not wait for.
        from engine.protocol.pictures import png_of
        from tui.scrollback.blocks import cells_for

        most = min(width, MOST_CELLS), min(height, MOST_CELLS)
        columns, rows = cells_for(picture.pixels.shape[:2], *most)
        for number, kept in self._kept.items():
            if kept[0] is picture and kept[1:] == (columns, rows):
                return placeholder_cells(number, columns, rows)
        self._number = self._number % LARGEST_NUMBER + 1
        self._kept[self._number] = picture, columns, rows
        self._write(handed_over(self._number, png_of(picture), columns, rows))
        while len(self._kept) > _MOST_KEPT:
            self._take_back(next(iter(self._kept)))
        return placeholder_cells(self._number, columns, rows)

    def take_all_back(self) -> None:
        """Have the terminal forget them."""
        for number in list(self._kept):
            self._take_back(number)

    def _take_back(self, number: int) -> None:
        del self._kept[number]
        self._write(taken_back(number))
