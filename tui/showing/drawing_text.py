"""A lesson's drawing as plain text, in which characters tell what colours did; no widget."""

from __future__ import annotations

from tui.filters.told_by_characters import told_by_characters
from tui.scrollback.ansi import parse_drawing


def drawing_text(drawing: str) -> str:
    """The lines of a drawing without its colours."""
    strips = told_by_characters(parse_drawing(drawing.rstrip("\n")))
    return "\n".join(strip.text.rstrip() for strip in strips)
