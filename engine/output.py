"""Streams that stand in for `sys.stdout` and `sys.stderr` while a cell runs under an interface."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class LessonStream(io.TextIOBase):
    """A text stream that hands what is written to a function, and says it is a terminal.

    It says so for the colours and the progress bars that libraries leave out elsewhere.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        super().__init__()
        self._write = write

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """UTF-8: nothing is encoded on the way, so every character arrives."""
        return "utf-8"

    def write(self, text: str) -> int:
        """Hand the text on; raises TypeError for what is not text, as any text stream does."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            self._write(text)
        return len(text)

    def writable(self) -> bool:
        """It is written to."""
        return True

    def isatty(self) -> bool:
        """It ends on a terminal."""
        return True


class NoInput(io.TextIOBase):
    """A stand-in for `sys.stdin`: the keyboard is the player's, and a cell cannot read it."""

    def readable(self) -> bool:
        """It may be asked, and then says why there is nothing."""
        return True

    def readline(self, size: int = -1) -> str:  # type: ignore[override]
        """Raise EOFError."""
        del size
        raise EOFError("a cell cannot read the keyboard here: set the value in the code instead")

    def read(self, size: int | None = -1) -> str:
        """Raise EOFError."""
        del size
        return self.readline()


@contextmanager
def captured_output(write: Callable[[str], None]) -> Iterator[None]:
    """Send what Python code prints to `write`, whichever thread prints it.

    What it reads is never the keyboard. Streams that somebody else has put in their place
    meanwhile stay.
    """
    stream = LessonStream(write)
    no_input = NoInput()
    before = sys.stdout, sys.stderr, sys.stdin
    sys.stdout = sys.stderr = stream
    sys.stdin = no_input
    try:
        yield
    finally:
        if sys.stdout is stream:
            sys.stdout = before[0]
        if sys.stderr is stream:
            sys.stderr = before[1]
        if sys.stdin is no_input:
            sys.stdin = before[2]
