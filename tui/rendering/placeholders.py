"""A picture that the terminal itself draws: the cells that stand for it, and what it is told.

In kitty's protocol a cell with this character shows the part of a picture that its two marks count,
of the picture whose number its colour is. So it moves and is covered as text is; no widget, and no
terminal, may enter.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:  # numpy would come before the list is painted
    from engine.protocol.pictures import Picture

DrawInTerminal = Callable[["Picture", int, int], list[Strip]]
"""Has the terminal draw a picture in at most so many columns and rows: the cells that show it."""

PLACEHOLDER = "\U0010eeee"
MOST_CELLS = 129
"""How many columns, and how many rows, can be counted."""

LARGEST_NUMBER = 0xFFFFFF

ASKS = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
"""Asks a terminal whether it draws pictures."""

_ANSWER = re.compile(r"\x1b_Gi=31;([^\x1b]*)\x1b\\")
_OTHER_ANSWERS = re.compile(r"\x1b_G[^\x1b]*\x1b\\")
_BEGUN = re.compile(r"\x1b_G[^\x1b]*\x1b?\Z")
# Of one message, in bytes.
_CHUNK = 4096
# Later versions of Unicode have marks from here on which terminals do not count by.
_END_OF_MARKS = 0x898
_END_OF_LETTERS = 0x2000


def placeholder_cells(number: int, columns: int, rows: int) -> list[Strip]:
    """The cells that show picture `number`, of at most `MOST_CELLS` in both directions."""
    style = Style(color=Color.from_rgb(number >> 16, number >> 8 & 255, number & 255))
    marks = _marks()
    return [
        Strip(
            [Segment("".join(f"{PLACEHOLDER}{marks[row]}{one}" for one in marks[:columns]), style)]
        )
        for row in range(rows)
    ]


def handed_over(number: int, png: bytes, columns: int, rows: int) -> str:
    """What gives a terminal a picture in place of any of that number; it answers nothing."""
    data = base64.b64encode(png).decode("ascii")
    chunks = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    keys = [f"a=T,U=1,q=2,f=100,i={number},c={columns},r={rows},", *("" for _ in chunks[1:])]
    more = [*("1" for _ in chunks[1:]), "0"]
    parts = zip(keys, more, chunks, strict=True)
    return "".join(f"\x1b_G{key}m={is_more};{chunk}\x1b\\" for key, is_more, chunk in parts)


def taken_back(number: int) -> str:
    """What has a terminal forget a picture."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"


def answered(heard: str) -> tuple[bool | None, str, str]:
    """What a terminal has answered, what else it has sent, and what may be an answer's beginning.

    None where it has not answered yet.
    """
    answer = _ANSWER.search(heard)
    rest = _OTHER_ANSWERS.sub("", heard)
    begun = _BEGUN.search(rest)
    end = len(rest) if begun is None else begun.start()
    return None if answer is None else answer[1] == "OK", rest[:end], rest[end:]


@lru_cache(maxsize=1)
def _marks() -> tuple[str, ...]:
    """The marks that count: those above a letter of which no letter is composed, in their order."""
    composed = {
        part
        for code in range(_END_OF_LETTERS)
        for part in unicodedata.decomposition(chr(code)).split()
    }
    return tuple(
        chr(code)
        for code in range(0x300, _END_OF_MARKS)
        if unicodedata.combining(chr(code)) == 230
        and not unicodedata.decomposition(chr(code))
        and f"{code:04X}" not in composed
    )
