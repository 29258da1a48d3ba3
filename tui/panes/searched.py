"""What the finder asks of a pane whose words are searched."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from rich.style import Style


@runtime_checkable
class Searched(Protocol):
    """A pane in which places can be lit, one of them in sight."""

    def search(self, words: str, lit: Style, found: Style) -> None:
        """Light the places of `words`, and bring the first from where the reader is into sight.

        That one looks as `found`, the others as `lit`.
        """

    def search_on(self, by: int) -> None:
        """Go on to the next place (1), or to the one before (-1)."""

    def end_search(self) -> None:
        """Put all lights out, and stay where the reader is."""

    @property
    def found(self) -> tuple[int, int]:
        """Which place is shown, counted from 1, and of how many; (0, 0) where there is none."""
