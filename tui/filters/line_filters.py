"""What every line passes on its way to the screen, whichever widget drew it; no widget may enter.

Textual's own widgets, a lesson's output and our drawings meet only there: what is to hold for each
character on the screen is made sure of here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rich.cells import cell_len
from rich.color import Color as TerminalColour
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from engine.lesson.printable import printable
from tui.filters.contrast import FOR_MARKS, FOR_TEXT, RGB, contrast, told_from
from tui.filters.in_ascii import cells_in_ascii
from tui.filters.sixteen import ground_in_sixteen, told_in_sixteen

# Of these a picture is made, whose colours are what it shows.
_PICTURE = re.compile(r"[\s\u2580-\u259f]*")
_HAS_WORDS = re.compile(r"\w")
# What breaks a text into lines and columns; a line on the screen is none of several.
_BREAKS = dict.fromkeys(map(ord, "\t\n"))


class Together(LineFilter):
    """Several filters, one after the other: Textual keeps what comes of each for every line."""

    def __init__(self, filters: Sequence[LineFilter]) -> None:
        super().__init__()
        self._filters = filters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line as they leave the last filter."""
        for one in self._filters:
            segments = one.apply(segments, background)
        return segments


@lru_cache(maxsize=16)
def together(*filters: LineFilter) -> LineFilter:
    """The filters as one, and for the same filters always the same one."""
    return Together(filters)


class WithoutControls(LineFilter):
    """Lets nothing onto the screen that the terminal would obey in place of showing it."""

    def apply(self, segments: list[Segment], _background: Color) -> list[Segment]:
        """The segments of a line, as wide as they were."""
        return [
            segment
            if segment.control or segment.text.isprintable()
            else Segment(_without_controls(segment.text), segment.style)
            for segment in segments
        ]


class Readable(LineFilter):
    """Lets no text and no mark onto the screen that is hardly told from its ground."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line in their colours, or lighter or darker ones."""
        ground = background.rgb
        return [
            segment
            if segment.style is None or not (least := _least_contrast(segment.text))
            else Segment(segment.text, _readable(segment.style, ground, least), segment.control)
            for segment in segments
        ]


class InSixteenColours(LineFilter):
    """Chooses among sixteen colours so that what is drawn can be told from its ground."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line in those colours."""
        ground = background.rgb
        return [
            segment
            if segment.style is None
            else Segment(
                segment.text,
                _in_sixteen(segment.style, ground, _least_of_sixteen(segment.text)),
                segment.control,
            )
            for segment in segments
        ]


class WithoutColours(LineFilter):
    """Takes the colours off, and leaves weight, lines and what is reversed."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line as the terminal writes; what its ground lights is reversed."""
        ground = background.rgb
        return [
            Segment(text, None if style is None else _colourless(style, ground), control)
            for text, style, control in segments
        ]


class InAscii(LineFilter):
    """Lets nothing but ASCII and letters onto the screen."""

    def apply(self, segments: list[Segment], _background: Color) -> list[Segment]:
        """The segments of a line, in ASCII."""
        return [
            segment
            if segment.text.isascii()
            else Segment(cells_in_ascii(segment.text), segment.style, segment.control)
            for segment in segments
        ]


def _without_controls(text: str) -> str:
    shown = printable(text).translate(_BREAKS)
    return shown + " " * (cell_len(text) - cell_len(shown))


@lru_cache(maxsize=4096)
def _least_contrast(text: str) -> float:
    """What contrast a text needs with its ground; 0 for parts of pictures."""
    if _PICTURE.fullmatch(text):
        return 0.0
    return FOR_TEXT if _HAS_WORDS.search(text) else FOR_MARKS


def _least_of_sixteen(text: str) -> float:
    """The same; blanks are coloured like the words beside them, which takes fewer bytes."""
    return FOR_TEXT if text.isspace() else _least_contrast(text)


@lru_cache(maxsize=8192)
def _readable(style: Style, background: RGB, least: float) -> Style:
    if style.color is None or style.color.is_default:
        return style
    ground = background if style.bgcolor is None else _rgb(style.bgcolor, background)
    colour = _rgb(style.color, background)
    told = told_from(colour, (ground,), least)
    return style if told == colour else style + Style(color=TerminalColour.from_rgb(*told))


@lru_cache(maxsize=8192)
def _in_sixteen(style: Style, background: RGB, least: float) -> Style:
    ground = background if style.bgcolor is None else _rgb(style.bgcolor, background)
    below = ground_in_sixteen(ground)
    drawn = Style(bgcolor=TerminalColour.from_ansi(below))
    if style.color is not None and not style.color.is_default:
        number = told_in_sixteen(_rgb(style.color, background), below, least)
        drawn += Style(color=TerminalColour.from_ansi(number))
    return style + drawn


@lru_cache(maxsize=8192)
def _colourless(style: Style, background: RGB) -> Style:
    ground = background if style.bgcolor is None else _rgb(style.bgcolor, background)
    is_lit = contrast(ground, background) >= FOR_TEXT
    is_reversed = bool(style.reverse) is not is_lit
    default = TerminalColour.default()
    return style + Style(color=default, bgcolor=default, reverse=is_reversed)


def _rgb(colour: TerminalColour, default: RGB) -> RGB:
    if colour.is_default:
        return default
    red, green, blue = colour.get_truecolor()
    return red, green, blue
