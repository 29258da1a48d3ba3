"""A lesson's drawing told by its characters, where colours are not seen; no widget enters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.filters.contrast import RGB, luminance

_SHADES = " .:-=+*#%@"
_MARKS = "+ox#%"
# Where curves are drawn over a picture, each has one, and none that is a shade too.
_MARKS_ON_A_PICTURE = "oxvzwk"
_BRAILLE = re.compile(r"[\u2801-\u28ff]")
_HALVES = re.compile(r"[▀▄]")
_BLOCKS = re.compile(r"█")
# So many colours of whole blocks are a picture and no bars.
_COLOURS_OF_A_PICTURE = 5
# For bars of each colour but the first.
_BARS = "▒░x:"


def told_by_characters(strips: Sequence[Strip]) -> list[Strip]:
    """The lines with shades for pixels, and with marks for each curve or bar that needs one.

    Pixels are half blocks with two colours, and whole blocks of many colours; those of few are
    bars. Curves are braille dots, one colour each. The first colour of bars, and of curves where no
    picture is, needs no mark. The rest stays.
    """
    segments = [segment for strip in strips for segment in strip]
    curves = list(dict.fromkeys(_colours(segments, _BRAILLE)))
    filled = list(dict.fromkeys(_colours(segments, _BLOCKS)))
    is_of_blocks = len(filled) >= _COLOURS_OF_A_PICTURE
    is_picture = is_of_blocks or any(map(_is_pixels, segments))
    marked = (curves, _MARKS_ON_A_PICTURE) if is_picture else (curves[1:], _MARKS)
    marks = dict(zip(*marked, strict=False))
    if is_of_blocks:
        blocks = {colour: _shade(luminance(_rgb(colour))) for colour in filled}
    else:
        blocks = dict(zip(filled[1:], _BARS, strict=False))
    return [Strip([_told(segment, marks, blocks) for segment in strip]) for strip in strips]


def _colours(segments: Sequence[Segment], characters: re.Pattern[str]) -> list[Color]:
    return [
        segment.style.color
        for segment in segments
        if segment.style is not None and segment.style.color and characters.search(segment.text)
    ]


def _is_pixels(segment: Segment) -> bool:
    """Whether its half blocks have two colours."""
    style = segment.style
    return bool(style and style.color and style.bgcolor and _HALVES.search(segment.text))


def _told(segment: Segment, marks: dict[Color, str], blocks: dict[Color, str]) -> Segment:
    text, style, _ = segment
    if style is None or style.color is None:
        return segment
    if style.bgcolor is not None and _HALVES.search(text):
        upper, lower = luminance(_rgb(style.color)), luminance(_rgb(style.bgcolor))
        return Segment(_HALVES.sub(_shade((upper + lower) / 2), text), Style())
    if style.color in blocks and _BLOCKS.search(text):
        return Segment(_BLOCKS.sub(blocks[style.color], text), Style())
    if style.color in marks:
        return Segment(_BRAILLE.sub(marks[style.color], text), Style(color=style.color))
    return segment


def _shade(light: float) -> str:
    """A character with as much ink as there is light, which eyes see by its square root."""
    return _SHADES[round(light**0.5 * (len(_SHADES) - 1))]


def _rgb(colour: Color) -> RGB:
    red, green, blue = colour.get_truecolor()
    return red, green, blue
