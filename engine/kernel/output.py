"""Streams that stand in for those of `sys` while a cell runs under an interface."""

from __future__ import annotations

import getpass
import io
import sys
import threading
from collections.abc import Callable
from typing import Any

from engine.kernel.audience import audience
from engine.kernel.descriptors import descriptors, write_whole
from engine.kernel.keyboard import Keyboard
from engine.protocol.status import Asked

_STANDARD_OUTPUT = 1


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

    def close(self) -> None:
        """Stay open: what a lesson runs next prints as well."""


class LessonInput(io.TextIOBase):
    """A text stream of the lines that the learner writes; they are shown as on a terminal."""

    def __init__(self, keyboard: Keyboard) -> None:
        super().__init__()
        self._keyboard = keyboard

    def readable(self) -> bool:
        """It is read from."""
        return True

    def isatty(self) -> bool:
        """A person writes it."""
        return True

    def readline(self, size: int = -1) -> str:  # type: ignore[override]
        """Wait for a line, and give it whole, whatever `size` is; raises as the keyboard does."""
        del size
        line = self._keyboard.read_line(Asked.LINE)
        _tell(f"{line}\n")
        return f"{line}\n"

    def read(self, size: int | None = -1) -> str:
        """Wait for a line: of what a person writes there is no end to read to."""
        del size
        return self.readline()

    def close(self) -> None:
        """Stay open: what a lesson runs next may ask as well."""


class LessonStreams:
    """`sys.stdout`, `sys.stderr` and `sys.stdin` as one lesson has them; in place inside a `with`.

    Whichever thread prints is heard by the `audience`. What a lesson puts in the place of a stream
    stays, from cell to cell, and is never the player's.
    """

    def __init__(self, keyboard: Keyboard) -> None:
        stream = LessonStream(_tell)
        self._lessons: tuple[Any, Any, Any] = (stream, stream, LessonInput(keyboard))
        self._players: tuple[Any, Any, Any] | None = None
        self._keyboard = keyboard
        self._ask_password = getpass.getpass
        self._is_abandoned = False
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            if not self._is_abandoned:
                self._players = sys.stdout, sys.stderr, sys.stdin
                sys.stdout, sys.stderr, sys.stdin = self._lessons
                getpass.getpass = self._read_secret

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            if self._players is not None:
                self._lessons = sys.stdout, sys.stderr, sys.stdin
            self._give_back()
        descriptors.flush()

    def abandon(self) -> None:
        """Give the player's streams back for good, also while the lesson's code runs."""
        with self._lock:
            self._is_abandoned = True
            self._give_back()

    def _give_back(self) -> None:
        if self._players is not None:
            sys.stdout, sys.stderr, sys.stdin = self._players
            self._players = None
            getpass.getpass = self._ask_password

    def _read_secret(self, prompt: str = "Password: ", stream: object = None, **_: object) -> str:
        """Stand in for `getpass.getpass`, which would read the terminal itself."""
        del stream
        _tell(prompt)
        line = self._keyboard.read_line(Asked.SECRET)
        _tell("\n")
        return line


def leave_writers_behind() -> None:
    """Hear no more of what a lesson has started, its threads and its processes."""
    descriptors.leave_writers_behind()
    audience.silence_threads()
    audience.listen(None)


def _tell(text: str) -> None:
    if descriptors.is_heard_by_parent:
        write_whole(_STANDARD_OUTPUT, text.encode(errors="replace"))
    else:
        descriptors.catch_up()
        audience.tell(text)
