"""Moves the mark in a list of rows, as the keys of a dialog say."""

from __future__ import annotations

from textual.widgets import OptionList


def move_mark(rows: OptionList, direction: str) -> None:
    """Move the mark of `rows`: up, down, page_up, page_down, first or last."""
    name = f"cursor_{direction}" if direction in ("up", "down") else direction
    getattr(rows, f"action_{name}")()
