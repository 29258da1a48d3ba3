"""Which themes are offered, what our drawings take from them, and how colours reach the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto

from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

from tui.filters.contrast import FOR_TEXT, RGB, told_from
from tui.filters.line_filters import (
    InAscii,
    InSixteenColours,
    Readable,
    WithoutColours,
    WithoutControls,
)
from tui.rendering.palette import DARK, LIGHT, Palette

NOT_OFFERED = ("ansi-dark", "ansi-light")
"""They draw in the terminal's own colours and on its own ground, which nobody can ask it for."""

# How much of a colour is in the ground of a line that is marked with it.
_TINT = 0.2


class Colours(Enum):
    """How many colours the terminal shows."""

    NONE = auto()
    SIXTEEN = auto()
    MANY = auto()


def colours_of(color_system: str | None, *, no_color: bool) -> Colours:
    """The colours of a terminal by rich's name for what it has; none under `NO_COLOR`."""
    if no_color or color_system is None:
        return Colours.NONE
    return Colours.SIXTEEN if color_system == "standard" else Colours.MANY


def line_filters(
    colours: Colours, of_textual: Sequence[LineFilter], *, in_ascii: bool
) -> tuple[LineFilter, ...]:
    """What lines pass on their way to the screen, `of_textual` where there are colours."""
    characters = (WithoutControls(), *((InAscii(),) if in_ascii else ()))
    match colours:
        case Colours.NONE:
            return WithoutColours(), *characters
        case Colours.SIXTEEN:
            return *of_textual, InSixteenColours(), *characters
        case Colours.MANY:
            return *of_textual, Readable(), *characters


def variables_of(colours: Colours, theme: Mapping[str, str]) -> dict[str, str]:
    """The variables of the style sheet: the theme's, and where colours are few, strong marks.

    What is chosen, selected or moved then has the text's colour as its ground. `active-frame` is
    the border of the pane that takes the keys.
    """
    if colours is Colours.MANY:
        return {**theme, "active-frame": "round"}
    text, ground = theme["foreground"], theme["background"]
    lit = ("block-cursor", "block-cursor-blurred", "input-selection", "input-cursor")
    grounds = dict.fromkeys([*(f"{name}-background" for name in lit), *_SCROLLBARS], text)
    texts = dict.fromkeys([f"{name}-foreground" for name in lit], ground)
    return {**theme, **grounds, **texts, "active-frame": "double"}


_SCROLLBARS = ("scrollbar", "scrollbar-hover", "scrollbar-active")
_PALETTES: dict[str, Palette] = {}


def palette_of(theme: Theme) -> Palette:
    """The colours of our drawings, each told from every ground that it may stand on."""
    if theme.name not in _PALETTES:
        _PALETTES[theme.name] = _palette(theme)
    return _PALETTES[theme.name]


def _palette(theme: Theme) -> Palette:
    base = DARK if theme.dark else LIGHT
    shades = theme.to_color_system().generate()
    background, surface, panel = (
        Color.parse(shades[name]) for name in ("background", "surface", "panel")
    )
    running = background.blend(Color.parse(base.warning), _TINT)
    following = background.blend(Color.parse(base.accent), _TINT)
    grounds = tuple(one.rgb for one in (background, surface, panel, running, following))
    return replace(
        base,
        text=_told(base.text, grounds),
        dim=_told(base.dim, grounds),
        accent=_told(base.accent, grounds),
        good=_told(base.good, grounds),
        warning=_told(base.warning, grounds),
        bad=_told(base.bad, grounds),
        negative=_told(base.negative, grounds),
        positive=_told(base.positive, grounds),
        running_line=running.hex6.lower(),
        next_line=following.hex6.lower(),
        ground=background.hex6.lower(),
        series=tuple(_told(colour, grounds) for colour in base.series),
    )


def _told(colour: str, grounds: tuple[RGB, ...]) -> str:
    return Color(*told_from(Color.parse(colour).rgb, grounds, FOR_TEXT)).hex6.lower()
