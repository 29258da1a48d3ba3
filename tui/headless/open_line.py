"""A line that a program leaves open, shown where a person may be asked to write behind it."""

from __future__ import annotations

import time
from collections.abc import Callable

from tui.headless.page import Page

# A print of several values writes them one by one: only what stands longer is waited behind.
_STANDS_AFTER = 0.3


class OpenLine:
    """The newest line of what a program has written, while no end of it has come."""

    def __init__(self, page: Page, clock: Callable[[], float] = time.monotonic) -> None:
        self._page = page
        self._clock = clock
        self._text = ""
        self._came = 0.0

    def take(self, text: str) -> None:
        """Take what the program has written next."""
        _, ended, last = text.rpartition("\n")
        self._text = last if ended else self._text + last
        self._came = self._clock()

    def show_if_it_stands(self) -> None:
        """Show the line where nothing has come behind it for a moment."""
        if self._text and self._clock() - self._came >= _STANDS_AFTER:
            self._page.pass_on(self._text, is_error=True)
            self._text = ""

    def forget(self) -> None:
        """Begin another step."""
        self._text = ""
