"""Which characters can be shown, as far as the locale and the streams say it."""

from __future__ import annotations

import os
import sys
from typing import TextIO

# What Python makes of LC_CTYPE by itself where LANG is C.
_COERCED = frozenset({"C.UTF-8", "C.utf8", "UTF-8"})
_PLAIN = frozenset({"C", "POSIX"})
_LETTERS = {"ko": "가"}


def shows_all(stream: TextIO) -> bool:
    """Whether every character may be drawn: `stream` takes it, and the locale names no less.

    Where no locale is named at all, as in many containers, the terminal is taken to show it. The
    console of Linux has a font of 512 characters, without braille.
    """
    if os.environ.get("TERM") == "linux":
        return False
    return is_utf(stream.encoding) and (os.environ.get("PYTHONUTF8") == "1" or _locale_has_all())


def is_utf(encoding: str | None) -> bool:
    """Whether an encoding has every character; a stream without one keeps text as it is."""
    return encoding is None or encoding.lower().startswith("utf")


def can_be_written(language: str) -> bool:
    """Whether standard output and error both take the letters of `language`."""
    letters = _LETTERS.get(language, "")
    return all(_takes(stream, letters) for stream in (sys.stdout, sys.stderr))


def _takes(stream: TextIO | None, text: str) -> bool:
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _locale_has_all() -> bool:
    whole, kinds, plain = (os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    name = whole or kinds or plain
    if not whole and kinds in _COERCED and plain in _PLAIN:
        name = plain
    codeset = name.partition(".")[2].partition("@")[0]
    return name not in _PLAIN and is_utf(codeset or None)
