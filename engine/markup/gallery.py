"""sphinx-gallery's way of writing prose: a docstring first, comment blocks after, in reST.

It knows text only: neither cells nor steps enter here.
"""

from __future__ import annotations

import re

BLOCK = re.compile(r"^# ?#{19,}\s*$")

_DOCSTRING = re.compile(
    r"\A(?:[ \t]*(?:#(?! ?%%)[^\n]*)?\n)*"
    r"[rR]?(?P<quote>\"{3}|'{3})(?P<text>.*?)(?P=quote)[ \t]*\n?",
    re.DOTALL,
)


def split_docstring(source: str) -> tuple[str, str] | None:
    """A module's docstring and the code after it; None where it does not start with one."""
    match = _DOCSTRING.match(source)
    return (match["text"], source[match.end() :]) if match else None


def split_comments(source: str) -> tuple[str, str]:
    """The comment lines that a block starts with, uncommented, and the code after them."""
    lines = source.split("\n")
    count = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    prose = [line.removeprefix("#").removeprefix(" ") for line in lines[:count]]
    return "\n".join(prose), "\n".join(lines[count:])
