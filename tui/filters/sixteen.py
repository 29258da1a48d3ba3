"""Which of sixteen colours, by their numbers, come near to others; nothing here draws."""

from __future__ import annotations

from colorsys import rgb_to_hls
from functools import lru_cache

from rich.terminal_theme import DEFAULT_TERMINAL_THEME

from tui.filters.contrast import RGB, contrast

_CONSOLE: tuple[RGB, ...] = (
    (0, 0, 0),
    (170, 0, 0),
    (0, 170, 0),
    (170, 85, 0),
    (0, 0, 170),
    (170, 0, 170),
    (0, 170, 170),
    (170, 170, 170),
    (85, 85, 85),
    (255, 85, 85),
    (85, 255, 85),
    (255, 255, 85),
    (85, 85, 255),
    (255, 85, 255),
    (85, 255, 255),
    (255, 255, 255),
)
_XTERM: tuple[RGB, ...] = (
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
)
_OLDEST = tuple(DEFAULT_TERMINAL_THEME.ansi_colors[number] for number in range(16))
_TERMINALS = (_CONSOLE, _XTERM, _OLDEST)
"""What terminals show for the numbers: the Linux console, xterm, and those with dark halves."""

# Black, red, blue and white: on these text can be read on every terminal, and terminals of eight
# colours have no bright grounds.
_GROUNDS = (0, 1, 4, 7)
_GREYS = (0, 7, 8, 15)
# The parts of a colour differ by less in what looks grey.
_GREYISH = 40


@lru_cache(maxsize=1024)
def ground_in_sixteen(colour: RGB) -> int:
    """The number of the colour that is nearest, among those for grounds."""
    numbers = [number for number in _GROUNDS if number in _GREYS] if _is_grey(colour) else _GROUNDS
    return min(numbers, key=lambda number: _distance(colour, _CONSOLE[number]))


@lru_cache(maxsize=4096)
def told_in_sixteen(colour: RGB, ground: int, least: float) -> int:
    """The number of the colour that is likest, of those with that contrast on every terminal.

    What looks grey stays grey; of the others the hue counts most.
    """
    told = [
        number
        for number in range(16)
        if all(contrast(shown[number], shown[ground]) >= least for shown in _TERMINALS)
    ]
    greys = [number for number in told if number in _GREYS]
    if _is_grey(colour):
        return min(greys or told, key=lambda number: _distance(colour, _CONSOLE[number]))
    return min(told, key=lambda number: _difference(colour, _CONSOLE[number]))


def _is_grey(colour: RGB) -> bool:
    return max(colour) - min(colour) < _GREYISH


def _distance(one: RGB, other: RGB) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _difference(one: RGB, other: RGB) -> float:
    hue, light, _ = rgb_to_hls(*(part / 255 for part in one))
    other_hue, other_light, saturation = rgb_to_hls(*(part / 255 for part in other))
    apart = abs(hue - other_hue)
    turned = min(apart, 1 - apart) if saturation else 1.0
    return turned + abs(light - other_light) / 2
