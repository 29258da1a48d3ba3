"""The line in which typing filters the list."""

from __future__ import annotations

from textual.widgets import Input


class FilterInput(Input):
    """Takes what is typed while it has the keys."""

    DEFAULT_CSS = """
    FilterInput, FilterInput:focus, FilterInput.-textual-compact {
        border: none;
        height: 1;
        padding: 0 1;
        background: $surface;
    }
    """

    def __init__(self) -> None:
        super().__init__(compact=True)
