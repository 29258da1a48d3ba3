"""Text with ANSI colours turned into strips; nothing that moves a cursor, no widget, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.lesson.printable import printable

TAB_WIDTH = 8


class Pen(NamedTuple):
    """What SGR sequences have set so far; a named tuple because it is hashed once per sequence.

    A colour is "" (the terminal's own), "5;n" (one of 256) or "2;r;g;b"; an attribute is named
    as `rich.style.Style` names it.
    """

    foreground: str
    background: str
    attributes: frozenset[str]


PLAIN = Pen("", "", frozenset())


def parse_drawing(text: str) -> list[Strip]:
    """One strip per line of `text`, coloured by its SGR sequences; other sequences are dropped.

    What plotext draws on, its default paper (background 5;15) and ink (foreground 5;0 of its
    "default" theme), become the theme's own.

    Source of the sequences: ECMA-48, 5th edition, section 8.3.117, and ITU-T T.416 for 38 and 48.
    """
    strips: list[Strip] = []
    segments: list[Segment] = []
    pen = PLAIN
    for index, part in enumerate(_ESCAPE.split(text)):
        if index % 2:
            pen = pen if part is None else _apply_sequences(pen, part)
            continue
        if not part:
            continue
        style = _style_without_paper(pen)
        first, *others = part.split("\n")
        _append(segments, first, style)
        for line in others:
            strips.append(Strip(segments))
            segments = []
            _append(segments, line, style)
    return [*strips, Strip(segments)] if segments else strips


@lru_cache(maxsize=4096)
def apply_sgr(pen: Pen, parameters: str) -> Pen:
    """The pen after the sequence ESC [ `parameters` m; codes that are unknown change nothing."""
    codes = _codes(parameters)
    for code in codes:
        if code in _ATTRIBUTES_SET:
            pen = pen._replace(attributes=pen.attributes | {_ATTRIBUTES_SET[code]})
        elif code in _ATTRIBUTES_RESET:
            pen = pen._replace(attributes=pen.attributes - _ATTRIBUTES_RESET[code])
        elif code == 0:
            pen = PLAIN
        elif code in (38, 48):
            colour = _extended_colour(codes)
            pen = pen._replace(foreground=colour) if code == 38 else pen._replace(background=colour)
        elif 30 <= code <= 37:
            pen = pen._replace(foreground=f"5;{code - 30}")
        elif 90 <= code <= 97:
            pen = pen._replace(foreground=f"5;{code - 82}")
        elif 40 <= code <= 47:
            pen = pen._replace(background=f"5;{code - 40}")
        elif 100 <= code <= 107:
            pen = pen._replace(background=f"5;{code - 92}")
        elif code == 39:
            pen = pen._replace(foreground="")
        elif code == 49:
            pen = pen._replace(background="")
    return pen


@lru_cache(maxsize=4096)
def style_of(pen: Pen) -> Style:
    """The rich style that a pen writes with."""
    flags: dict[str, Any] = dict.fromkeys(pen.attributes, True)
    return Style(color=_colour(pen.foreground), bgcolor=_colour(pen.background), **flags)


ESCAPE_STRING = r"\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?"
ESCAPE_PAIR = r"\x1b[ -/]*[0-~]|\x1b"

_ESCAPE = re.compile(
    rf"((?:\x1b\[[0-9;:]{{0,64}}m)+)|\x1b\[[0-?]*[ -/]*[@-~]|{ESCAPE_STRING}|{ESCAPE_PAIR}"
)
_ATTRIBUTES_SET = {
    1: "bold",
    2: "dim",
    3: "italic",
    4: "underline",
    5: "blink",
    7: "reverse",
    9: "strike",
}
_ATTRIBUTES_RESET = {
    22: {"bold", "dim"},
    23: {"italic"},
    24: {"underline"},
    25: {"blink"},
    27: {"reverse"},
    29: {"strike"},
}


@lru_cache(maxsize=4096)
def _apply_sequences(pen: Pen, sequences: str) -> Pen:
    """The pen after several SGR sequences, one right behind the other."""
    for parameters in sequences[2:-1].split("m\x1b["):
        pen = apply_sgr(pen, parameters)
    return pen


def _append(segments: list[Segment], text: str, style: Style) -> None:
    """Adds `text` to a line, as part of its last segment where the style is the same."""
    text = printable(text)
    if "\t" in text:
        text = _without_tabs(text, sum(cell_len(segment.text) for segment in segments))
    if not text:
        return
    if segments and segments[-1].style is style:
        segments[-1] = Segment(segments[-1].text + text, style)
        return
    segments.append(Segment(text, style))


def _without_tabs(text: str, column: int) -> str:
    first, *others = text.split("\t")
    expanded = first
    for part in others:
        end = column + cell_len(expanded)
        expanded += " " * (TAB_WIDTH - end % TAB_WIDTH) + part
    return expanded


@lru_cache(maxsize=4096)
def _style_without_paper(pen: Pen) -> Style:
    background = "" if pen.background == "5;15" else pen.background
    foreground = "" if pen.foreground == "5;0" else pen.foreground
    return style_of(pen._replace(foreground=foreground, background=background))


def _codes(parameters: str) -> Iterator[int]:
    for parameter in parameters.split(";"):
        if ":" not in parameter:
            yield int(parameter or 0)
            continue
        first, *others = [int(part) for part in parameter.split(":") if part] or [0]
        if first in (38, 48):
            yield from (first, *others)
        elif first == 4:
            yield 24 if others == [0] else 4


def _extended_colour(codes: Iterator[int]) -> str:
    """The colour after 38 or 48, taken from `codes`; "" where it is not one."""
    kind = next(codes, None)
    count = {5: 1, 2: 3}.get(kind or 0, 0)
    numbers = [number for _, number in zip(range(count), codes, strict=False)]
    if not count or len(numbers) < count or max(numbers) > 255:
        return ""
    return ";".join(map(str, (kind, *numbers)))


def _colour(text: str) -> Color | None:
    match [int(part) for part in text.split(";") if part]:
        case [5, number]:
            return Color.from_ansi(number)
        case [2, red, green, blue]:
            return Color.from_rgb(red, green, blue)
        case _:
            return None
