"""How things are drawn now: the palette of the theme, the terminal's characters, the language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from textual.signal import Signal

from tui.formulas.formulas import formulas_in_line, formulas_to_ascii, formulas_to_unicode
from tui.formulas.spelling import spelled_words
from tui.language.catalogue import Translate, translator
from tui.rendering.glyphs import ASCII, UNICODE, Glyphs
from tui.rendering.palette import Palette

if TYPE_CHECKING:  # numpy would come before the list is painted
    from tui.rendering.placeholders import DrawInTerminal


@dataclass(frozen=True, slots=True)
class Look:
    """A palette, a set of glyphs, a language, and what turns the interface's words into it."""

    palette: Palette
    glyphs: Glyphs
    language: str
    translate: Translate
    has_colours: bool = True
    draw_in_terminal: DrawInTerminal | None = None

    @property
    def in_characters(self) -> bool:
        """Whether pixels are told by characters, as there are too few colours to tell them."""
        return self.in_ascii or not self.has_colours

    @property
    def in_ascii(self) -> bool:
        """Whether only ASCII may be drawn."""
        return self.glyphs is ASCII

    def write_formulas(self, markdown: str) -> str:
        """The Markdown with its formulas as characters that may be drawn."""
        write = formulas_to_ascii if self.in_ascii else formulas_to_unicode
        return write(markdown)

    def write_title(self, title: str) -> str:
        """A title, which is no Markdown, with its formulas as characters that may be drawn."""
        return formulas_in_line(title, in_ascii=self.in_ascii)


def look_of(
    palette: Palette,
    language: str,
    *,
    in_ascii: bool,
    has_colours: bool,
    draw_in_terminal: DrawInTerminal | None = None,
) -> Look:
    """The look that goes with a palette and a language."""
    glyphs = ASCII if in_ascii else UNICODE
    translate = spelled_translator(language) if in_ascii else translator(language)
    return Look(palette, glyphs, language, translate, has_colours, draw_in_terminal)


@lru_cache
def spelled_translator(language: str) -> Translate:
    """The translator of `language` whose words, and the names of keys, are in ASCII or letters."""
    translate = translator(language)
    return lambda text: spelled_words(translate(text))


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where a screen learns the look of the moment, and that the language has changed."""

    current_look: Callable[[], Look]
    language_changed: Signal[Look]

    @property
    def look(self) -> Look:
        """How things are drawn now."""
        return self.current_look()
