"""The three streams of a process as a shell may hand them on.

They may be closed, full, read by nobody, or in an encoding that lacks characters.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from io import TextIOWrapper

import click

from tui.language.characters import is_utf

CANNOT_WRITE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What an error says where a stream can take no more."""


def open_closed_streams() -> None:
    """Have what was closed lead nowhere (`>&-`), as in a program that writes there without a word.

    Left closed, its descriptor would be the next file's that is opened, or a socket's.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free descriptor is this one: those before it are open.
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = open(0, closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115


def write_what_is_lacking() -> None:
    """Have characters that an encoding lacks written by their numbers, where it would refuse."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not is_utf(stream.encoding):
            stream.reconfigure(errors="backslashreplace")


def say(line: str) -> None:
    """Write a line to stdout; click by itself would open that again, and refuse what it lacks."""
    click.echo(line, file=sys.stdout)


def say_cannot_write(error: OSError) -> None:
    """Say in one line, where that can be said, that the output could not be written."""
    from tui.language.catalogue import translator
    from tui.language.preferred import preferred_language

    translate = translator(preferred_language())
    words = translate("the output cannot be written: {why}").format(why=error.strerror)
    with suppress(OSError):
        print(words, file=sys.stderr, flush=True)
