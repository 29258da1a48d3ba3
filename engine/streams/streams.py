"""The streams of `sys` in a session's process: they lead to the host, which hears all that writes.

What C code and child processes write goes the same way, by descriptors 1 and 2 themselves.
"""

from __future__ import annotations

import ctypes
import getpass
import io
import os
import sys
from typing import Any

from engine.protocol.status import Asked
from engine.streams.descriptors import Descriptor, HeavyDescriptor
from engine.streams.keyboard import Keyboard
from engine.streams.shared_text import TextWriter
from engine.system.forks import call_in_forked_child

_STANDARD_INPUT, _STANDARD_OUTPUT, _STANDARD_ERROR = 0, 1, 2
_LINE_BUFFERED = 1


class LessonStream(io.TextIOWrapper):
    """Standard output or error as Python has it unbuffered: no end of the process loses any of it.

    It says that it is a terminal where it is shown on one, for the colours and the progress bars
    that libraries leave out elsewhere.
    """

    def __init__(self, descriptor: Descriptor, *, errors: str = "replace") -> None:
        self.mode = "w"  # type: ignore[misc]
        super().__init__(descriptor, encoding="utf-8", errors=errors, write_through=True)

    def close(self) -> None:
        """Stay open: what a lesson runs next prints as well."""


class LessonInput(io.TextIOBase):
    """A text stream of the lines that the learner writes; they are shown as on a terminal."""

    def __init__(self, keyboard: Keyboard, shown_on: LessonStream) -> None:
        super().__init__()
        self._keyboard = keyboard
        self._shown_on = shown_on

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
        self._shown_on.write(f"{line}\n")
        return f"{line}\n"

    def read(self, size: int | None = -1) -> str:
        """Wait for a line: of what a person writes there is no end to read to."""
        del size
        return self.readline()

    def close(self) -> None:
        """Stay open: what a lesson runs next may ask as well."""


def put_streams_in_place(
    keyboard: Keyboard, folder: str, *, has_own_streams: bool, is_terminal: bool
) -> TextWriter:
    """Have the process write to its descriptors, and read lines from the keyboard.

    With `has_own_streams` what is read is descriptor 0. In `folder` is the memory that the host
    reads, which is returned; see `engine/streams/shared_text.py`.
    """
    _make_c_output_line_buffered()
    # What Python says cannot be replaced is replaced too: it would hold back what it is given.
    python: Any = sys
    kept = python.__stdout__
    # All of a text reaches the host, which knows nothing of the encoding that a terminal has.
    errors = kept.errors if has_own_streams and kept else "replace"
    memory = TextWriter(folder, _STANDARD_OUTPUT)
    output = LessonStream(
        HeavyDescriptor("<stdout>", _STANDARD_OUTPUT, memory, is_terminal=is_terminal),
        errors=errors,
    )
    python.stdout = python.__stdout__ = output
    python.stderr = python.__stderr__ = LessonStream(
        Descriptor("<stderr>", _STANDARD_ERROR, memory, is_terminal=is_terminal),
        errors="backslashreplace",
    )
    os.register_at_fork(before=memory.close)
    call_in_forked_child(memory, TextWriter.give_up)
    if not has_own_streams:
        _read_from(keyboard, output)
    return memory


def _read_from(keyboard: Keyboard, output: LessonStream) -> None:
    python: Any = sys
    python.stdin = python.__stdin__ = LessonInput(keyboard, output)

    def read_secret(prompt: str = "Password: ", stream: object = None, **_: object) -> str:
        """Stand in for `getpass.getpass`, which would read a terminal."""
        del stream
        output.write(prompt)
        line = keyboard.read_line(Asked.SECRET)
        output.write("\n")
        return line

    getpass.getpass = read_secret


def _make_c_output_line_buffered() -> None:
    """Have C code write each line as it ends, as it does to a terminal."""
    library = ctypes.CDLL(None)
    name = "__stdoutp" if sys.platform == "darwin" else "stdout"
    stream = ctypes.c_void_p.in_dll(library, name)
    library.setvbuf(stream, None, _LINE_BUFFERED, 0)
