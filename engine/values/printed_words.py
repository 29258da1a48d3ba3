"""What a view cell prints, with the words that its lesson lists said in the reader's language.

plotext is told the words of its drawings (`lettering`). Whatever else is printed is looked at once
it is there, line by line, in pieces that two blanks or a colour end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from engine.values.lettering import cells_of

# What is said in place of a piece; None where that is the piece itself.
Find = Callable[[str], str | None]

_COLOUR = r"\x1b\[[\d;]*m"
_BETWEEN = re.compile(rf"((?:{_COLOUR}| {{2,}})+)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_BLANKS = re.compile(r" {2,}")


def printed_in_words(printed: str, parts: Iterable[str], find: Find) -> str:
    """The text, with what is found for a piece of a line in its place; what follows stays put.

    What is found has one of these parts. Most drawings have none, and coloured ones are long.
    """
    there = [part for part in parts if part in printed]
    if not there:
        return printed
    return "\n".join(
        _line_in_words(line, find) if any(part in line for part in there) else line
        for line in printed.split("\n")
    )


def _line_in_words(line: str, find: Find) -> str:
    pieces = _BETWEEN.split(line)
    for at in range(0, len(pieces), 2):
        piece = pieces[at]
        said = find(piece) if _WORD.search(piece) else None
        if said is None:
            continue
        pieces[at] = said
        if at + 2 < len(pieces):
            more = cells_of(piece) - cells_of(said)
            pieces[at + 1] = _resized(pieces[at + 1], more)
    return "".join(pieces)


def _resized(gap: str, more: int) -> str:
    """What stands between two pieces, with so many blanks more, or fewer: one at least is left.

    Where it has none to begin with, it is a colour in the midst of a sentence.
    """
    blanks = _BLANKS.search(gap)
    if blanks is None:
        return gap
    left = max(1, len(blanks[0]) + more)
    return f"{gap[: blanks.start()]}{' ' * left}{gap[blanks.end() :]}"
