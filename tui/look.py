"""How things are drawn now: the palette of the theme, the terminal's characters, the language."""

from __future__ import annotations

from dataclasses import dataclass

from textual.theme import Theme

from tui.language.catalogue import Translate
from tui.rendering.glyphs import ASCII, UNICODE, Glyphs
from tui.rendering.palette import DARK, LIGHT, Palette


@dataclass(frozen=True, slots=True)
class Look:
    """A palette, a set of glyphs, and what turns the interface's words into a language."""

    palette: Palette
    glyphs: Glyphs
    translate: Translate

    @property
    def in_ascii(self) -> bool:
        """Whether only ASCII may be drawn."""
        return self.glyphs is ASCII


def look_of(theme: Theme, translate: Translate, *, in_ascii: bool) -> Look:
    """The look that goes with a theme and a language."""
    return Look(DARK if theme.dark else LIGHT, ASCII if in_ascii else UNICODE, translate)
