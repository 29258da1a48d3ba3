"""The two streams that a run without a screen writes to, and the bar under what is written.

No lesson and no session may enter: what comes here is text, strips and drawings.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TextIO

from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style
from textual.strip import Strip

from engine.lesson.printable import printable
from tui.headless.streams import CANNOT_WRITE
from tui.language.characters import shows_all

WIDEST = 100

_ERASE_LINE = "\r\x1b[K"
_COLOURS = re.compile(r"\x1b\[[\d;]*m")


class Page:
    """Writes the lesson's drawings to stdout, and all else to stderr, in the order of the calls.

    On a terminal a bar may stand on the last line. It is taken away before anything is written,
    and it is not drawn behind a line that is not ended yet. Where the reader of a pipe has gone,
    all that writes raises BrokenPipeError. Where stderr takes no more, as on a full disk, what is
    for it is left out; where stdout takes none, that is raised.
    """

    def __init__(self, stdout: TextIO, stderr: TextIO) -> None:
        self._stdout = stdout
        self._stderr = stderr
        self._console = Console(file=stderr, highlight=False)
        self._line_is_ended = True
        self._bar_is_shown = False
        self.has_bar = stderr.isatty() and not self._console.is_dumb_terminal
        self.width = min(self._console.width, WIDEST)

    @property
    def is_unicode(self) -> bool:
        """Whether what is for stderr may be drawn in all characters."""
        return shows_all(self._stderr)

    @contextmanager
    def taking_turns(self) -> Iterator[None]:
        """While this lasts a bar may stand on the last line; afterwards there is none."""
        try:
            yield
        finally:
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

        What its encoding lacks becomes "?", so that nothing moves.
        """
        if os.environ.get("NO_COLOR") or not self._stdout.isatty():
            text = _COLOURS.sub("", text)
        self.pass_on(text, lacking="replace")

    def draw_bar(self, strip: Strip) -> None:
        """Draw the bar; the cursor waits at its first cell."""
        if self._line_is_ended:
            self._tell(f"{_ERASE_LINE}{self._rendered(strip)}\r")
            self._bar_is_shown = True

    def pass_on(
        self, text: str, *, is_error: bool = False, lacking: str = "backslashreplace"
    ) -> None:
        """Write what a lesson wrote to one of the two streams, above the bar.

        Bytes that are no text, which stand in `text` as surrogates, go out as they came. What the
        stream's encoding lacks is `lacking`, which names one of Python's handlers of errors.
        """
        stream = self._stderr if is_error else self._stdout
        self._erase_bar()
        with self._tolerating_full_errors() if is_error else nullcontext():
            self._pass_on(text, stream, lacking)
        if text and stream.isatty():
            self._line_is_ended = text.endswith("\n")

    def _pass_on(self, text: str, stream: TextIO, lacking: str) -> None:
        if hasattr(stream, "buffer"):
            stream.flush()
            stream.buffer.write(_encoded(text, stream, lacking))
        else:
            written = _encoded(text, stream, lacking)
            stream.write(written.decode(stream.encoding, "replace"))
        stream.flush()

    def _write(self, text: str) -> None:
        self._stdout.flush()
        self._erase_bar()
        if not self._line_is_ended:
            text = f"\n{text}"
        self._tell(text)
        if self._stderr.isatty():
            self._line_is_ended = True

    def _erase_bar(self) -> None:
        if self._bar_is_shown:
            self._tell(_ERASE_LINE)
            self._bar_is_shown = False

    def _tell(self, text: str) -> None:
        with self._tolerating_full_errors():
            self._stderr.write(text)
            self._stderr.flush()

    @contextmanager
    def _tolerating_full_errors(self) -> Iterator[None]:
        """Lose what stderr cannot take: that is no fault of the lesson's."""
        try:
            yield
        except OSError as error:
            if error.errno not in CANNOT_WRITE:
                raise
            nowhere = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
            self._stderr = self._console.file = nowhere

    def _rendered(self, strip: Strip) -> str:
        # Captured or not, it writes to its file, if only nothing.
        with self._tolerating_full_errors():
            with self._console.capture() as capture:
                self._console.print(Segments(strip), end="", soft_wrap=True)
            return capture.get()
        return ""


def _encoded(text: str, stream: TextIO, lacking: str) -> bytes:
    """The text in the stream's encoding."""
    try:
        return text.encode(stream.encoding, "surrogateescape")
    except UnicodeEncodeError:
        return text.encode(stream.encoding, lacking)
