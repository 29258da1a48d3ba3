"""The two streams that a run without a screen writes to, and the bar under what is written.

No lesson and no session may enter: what comes here is text, strips and drawings.
"""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO, cast

from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style
from textual.strip import Strip

from engine.lesson.printable import printable

WIDEST = 100

_ERASE_LINE = "\r\x1b[K"
_COLOURS = re.compile(r"\x1b\[[\d;]*m")


class Page:
    """Writes the lesson's drawings to stdout, and all else to stderr, in the order of the calls.

    On a terminal a bar may stand on the last line. It is taken away before anything is written,
    by whichever thread, and it is not drawn behind a line that is not ended yet. Where the reader
    of a pipe has gone, all that writes lines raises BrokenPipeError.
    """

    def __init__(self, stdout: TextIO, stderr: TextIO) -> None:
        self._stdout = stdout
        self._stderr = stderr
        self._console = Console(file=stderr, highlight=False)
        self._lock = threading.RLock()
        self._line_is_ended = True
        self._bar_is_shown = False
        self._broken_pipe: BrokenPipeError | None = None
        self.has_bar = stderr.isatty() and not self._console.is_dumb_terminal
        self.width = min(self._console.width, WIDEST)

    @property
    def is_unicode(self) -> bool:
        """Whether stderr takes every character."""
        return self._stderr.encoding.lower().replace("-", "").startswith("utf")

    @contextmanager
    def standing_in(self) -> Iterator[None]:
        """Take what Python code prints, and pass it on as it is."""
        before = sys.stdout, sys.stderr
        sys.stdout = cast("TextIO", _LessonStream(self, self._stdout))
        sys.stderr = cast("TextIO", _LessonStream(self, self._stderr))
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before
            with self._lock:
                self._erase_bar()

    def say(self, text: str, style: Style | None = None) -> None:
        """Write a line to stderr."""
        self.write_lines([Strip([Segment(text, style)])])

    def write_lines(self, strips: Iterable[Strip]) -> None:
        """Write strips to stderr as lines, in the colours that it shows."""
        self._write("".join(f"{self._rendered(strip).rstrip(' ')}\n" for strip in strips))

    def write_plain(self, lines: Sequence[str]) -> None:
        """Write lines of plain text to stderr, without what a terminal would obey."""
        self._write("".join(f"{printable(line)}\n" for line in lines))

    def write_drawing(self, text: str) -> None:
        """Write to stdout what a view cell drew, in colour on a terminal alone.

        What its encoding lacks becomes "?".
        """
        if os.environ.get("NO_COLOR") or not self._stdout.isatty():
            text = _COLOURS.sub("", text)
        encoding = self._stdout.encoding
        self.pass_on(self._stdout, text.encode(encoding, "replace").decode(encoding))

    def draw_bar(self, strip: Strip) -> None:
        """Draw the bar; the cursor waits at its first cell."""
        with self._lock:
            if self._line_is_ended:
                self._stderr.write(f"{_ERASE_LINE}{self._rendered(strip)}\r")
                self._stderr.flush()
                self._bar_is_shown = True

    def pass_on(self, stream: TextIO, text: str) -> int:
        """Write `text` to one of the two streams, above the bar; return what `write` returns."""
        with self._lock, self._noticing_a_gone_reader():
            self._erase_bar()
            written = stream.write(text)
            if text and stream.isatty():
                self._line_is_ended = text.endswith("\n")
            return written

    def flush(self, stream: TextIO) -> None:
        """Flush one of the two streams."""
        with self._lock, self._noticing_a_gone_reader():
            stream.flush()

    def _write(self, text: str) -> None:
        with self._lock:
            if self._broken_pipe is not None:
                raise self._broken_pipe
            self._stdout.flush()
            self._erase_bar()
            if not self._line_is_ended:
                text = f"\n{text}"
            self.pass_on(self._stderr, text)
            self._stderr.flush()

    @contextmanager
    def _noticing_a_gone_reader(self) -> Iterator[None]:
        """Remember a broken pipe that is raised into the lesson, which takes it for an error."""
        try:
            yield
        except BrokenPipeError as error:
            self._broken_pipe = error
            raise

    def _erase_bar(self) -> None:
        if self._bar_is_shown:
            self._stderr.write(_ERASE_LINE)
            self._stderr.flush()
            self._bar_is_shown = False

    def _rendered(self, strip: Strip) -> str:
        with self._console.capture() as capture:
            self._console.print(Segments(strip), end="", soft_wrap=True)
        return capture.get()


class _LessonStream:
    """A stream as a lesson sees it: the real one, but that all writing goes by the page."""

    def __init__(self, page: Page, stream: TextIO) -> None:
        self._page = page
        self._stream = stream

    def write(self, text: str) -> int:
        return self._page.pass_on(self._stream, text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        self._page.flush(self._stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
