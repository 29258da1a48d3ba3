"""What of Python source is code, text in quotes or comment, and which brackets belong together."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from enum import Enum, auto

Location = tuple[int, int]

OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = {closing: opening for opening, closing in OPENING.items()}
QUOTES = "\"'"


class Part(Enum):
    """What a character is a part of."""

    CODE = auto()
    STRING = auto()
    COMMENT = auto()


def part_after(source: str) -> Part:
    """What a character would be a part of that came after `source`."""
    last = deque(_scanned(source), maxlen=1)
    quote = last[0][2] if last else ""
    return {"": Part.CODE, "#": Part.COMMENT}.get(quote, Part.STRING)


def partner(source: str, place: Location) -> Location | None:
    """The bracket that belongs to the one at `place`, a line and a column from 0; None if none."""
    open_ones: list[tuple[Location, str]] = []
    for at, character, quote in _scanned(source):
        if quote:
            continue
        if character in OPENING:
            open_ones.append((at, character))
        elif character in CLOSING:
            if not open_ones or open_ones[-1][1] != CLOSING[character]:
                # What closes something else is a slip; nothing before it can be told apart.
                open_ones.clear()
                continue
            opened, _ = open_ones.pop()
            if place == opened:
                return at
            if place == at:
                return opened
    return None


def without_comment(line: str) -> str:
    """One line of source up to where its comment begins, without spaces at its end."""
    for (_, column), _, quote in _scanned(line):
        if quote == "#":
            return line[:column].rstrip()
    return line.rstrip()


def _scanned(source: str) -> Iterator[tuple[Location, str, str]]:
    """Each character, its place, and what it leaves open: "", "#" or a string's quotes.

    The quotes that end a string count as open, so that only code has none.
    """
    quote = ""
    row = column = at = 0
    while at < len(source):
        taken = 1
        closes = False
        if quote == "#":
            if source[at] == "\n":
                quote = ""
        elif quote:
            if source[at] == "\\":
                taken = 2
            elif source.startswith(quote, at):
                taken, closes = len(quote), True
            elif source[at] == "\n" and len(quote) == 1:
                quote = ""
        elif source[at] == "#":
            quote = "#"
        elif source[at] in QUOTES:
            is_triple = source.startswith(source[at] * 3, at)
            quote = source[at] * (3 if is_triple else 1)
            taken = len(quote)
        for index in range(at, min(at + taken, len(source))):
            is_last = index == at + taken - 1
            yield (row, column), source[index], "" if closes and is_last else quote
            row, column = (row + 1, 0) if source[index] == "\n" else (row, column + 1)
        at += taken
        if closes:
            quote = ""
