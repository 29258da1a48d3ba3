"""The same picture in fewer bytes: styles are changed, and not taken off and put on again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_STYLE = re.compile(r"\x1b\[([\d;]*)m")
_MOVES = re.compile(r"(?:[\r\n]|\x1b\[\d+;\d+H)*")
_RESET = "\x1b[0m"
# How many numbers a colour takes, by the one that follows 38 or 48.
_COLOUR_LENGTHS = {"5": 3, "2": 5}


def thrifty(drawn: str) -> str:
    """What shows the same as `drawn`; both begin and end without any style."""
    if _RESET not in drawn:
        return drawn
    written: list[str] = []
    wanted = shown = ""
    # Texts stand at even places, and the styles between them at odd ones.
    for place, piece in enumerate(_STYLE.split(drawn)):
        if place % 2:
            wanted = "" if piece in ("", "0") else f"{wanted};{piece}".lstrip(";")
        elif piece:
            if wanted != shown and not _MOVES.fullmatch(piece):
                written.append(_change(shown, wanted))
                shown = wanted
            written.append(piece)
    if shown:
        written.append(_RESET)
    return "".join(written)


@dataclass(frozen=True, slots=True)
class _Style:
    foreground: str
    background: str
    attributes: frozenset[str]


@lru_cache(maxsize=8192)
def _change(before: str, after: str) -> str:
    """What makes one style of the other; both are the numbers of such sequences."""
    if not after:
        return _RESET
    old, new = _parsed(before), _parsed(after)
    loses = (
        old.attributes - new.attributes
        or (old.foreground and not new.foreground)
        or (old.background and not new.background)
    )
    if loses:
        return f"\x1b[0;{after}m"
    numbers = sorted(new.attributes - old.attributes, key=int)
    if new.foreground != old.foreground:
        numbers.append(new.foreground)
    if new.background != old.background:
        numbers.append(new.background)
    return f"\x1b[{';'.join(numbers)}m" if numbers else ""


def _parsed(style: str) -> _Style:
    foreground = background = ""
    attributes = set()
    numbers = style.split(";") if style else []
    while numbers:
        length = 1
        if numbers[0] in ("38", "48"):
            length = _COLOUR_LENGTHS.get(numbers[1], 1) if len(numbers) > 1 else 1
        one, numbers = ";".join(numbers[:length]), numbers[length:]
        code = int(one.split(";")[0] or 0)
        if 30 <= code <= 39 or 90 <= code <= 97:
            foreground = "" if code == 39 else one
        elif 40 <= code <= 49 or 100 <= code <= 107:
            background = "" if code == 49 else one
        else:
            attributes.add(one)
    return _Style(foreground, background, frozenset(attributes))
