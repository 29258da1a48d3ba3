"""sphinx-gallery's way of writing prose: a docstring first, comment blocks after, in reST.

It knows text only: neither cells nor steps enter here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

BLOCK = re.compile(r"^# ?#{19,}\s*$")

_DOCSTRING = re.compile(
    r"\A(?:[ \t]*(?:#(?! ?%%)[^\n]*)?\n)*"
    r"[rR]?(?P<quote>\"{3}|'{3})(?P<text>.*?)(?P=quote)[ \t]*\n?",
    re.DOTALL,
)
_UNDERLINE = re.compile(r"^([=\-~^\"'*+#`:._])\1{2,}\s*$")
_LEVELS = {"=": "#", "#": "#", "*": "#", "-": "##"}
_MATH_ROLE = re.compile(r":math:`([^`]+)`")
_LINK = re.compile(r"`([^`<]+?)\s*<([^`>]+)>`__?")
_ROLE = re.compile(r":[a-z:]+:`~?([^`]+)`")
_LABEL = re.compile(r"^\.\. _[^:]+:\s*$", re.MULTILINE)
_MATH_BLOCK = re.compile(r"^\.\. math::\s*(.*)$")


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


def has_heading(text: str) -> bool:
    """Whether a line of a reST text is underlined, as a page of the gallery has its title."""
    lines = text.split("\n")
    return any(above.strip() and _UNDERLINE.match(below) for above, below in pairwise(lines))


def to_markdown(text: str) -> str:
    """Headings, formulas, links and roles of a reST text as Markdown; the rest as it stands."""
    text = _LABEL.sub("", text).strip()
    text = "\n".join(_with_headings(text.split("\n")))
    text = "\n".join(_with_formulas(text.split("\n")))
    text = _MATH_ROLE.sub(r"$\1$", text)
    text = _LINK.sub(r"[\1](\2)", text)
    return _ROLE.sub(r"`\1`", text)


def _with_headings(lines: list[str]) -> Iterator[str]:
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else ""
        above = lines[at - 1] if at else ""
        if _UNDERLINE.match(line) and (above.strip() or below.strip()):
            continue
        underline = _UNDERLINE.match(below)
        if not underline or not line.strip():
            yield line
            continue
        yield f"{_LEVELS.get(underline[1], '###')} {line.strip()}"


def _with_formulas(lines: list[str]) -> Iterator[str]:
    inside = False
    for line in lines:
        opening = _MATH_BLOCK.match(line)
        if opening and opening[1]:
            yield f"$${opening[1]}$$"
        elif opening:
            inside = True
            yield "$$"
        elif inside and line and not line.startswith(" "):
            inside = False
            yield from ("$$", "", line)
        elif not inside or line.strip():
            yield line.strip() if inside else line
    if inside:
        yield "$$"
