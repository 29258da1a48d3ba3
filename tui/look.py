"""How things are drawn now: the palette of the theme, and the characters the terminal can show."""

from __future__ import annotations

from dataclasses import dataclass

from textual.theme import Theme

from tui.rendering.glyphs import ASCII, UNICODE, Glyphs
from tui.rendering.palette import DARK, LIGHT, Palette


@dataclass(frozen=True, slots=True)
class Look:
    """A palette and a set of glyphs."""

    palette: Palette
    glyphs: Glyphs

    @property
    def in_ascii(self) -> bool:
        """Whether only ASCII may be drawn."""
        return self.glyphs is ASCII


def look_of(theme: Theme, *, in_ascii: bool) -> Look:
    """The look that goes with a theme."""
    return Look(DARK if theme.dark else LIGHT, ASCII if in_ascii else UNICODE)
