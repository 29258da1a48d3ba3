"""A frame in the middle of the screen, above the screen below it: what stands in it is composed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from tui.widgets.underneath import UnderneathScreen

Result = TypeVar("Result")


class FramedScreen(ModalScreen[Result], UnderneathScreen[Result]):
    """A screen whose one child is a frame; `-low` where the rows are too few for empty ones."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012 (as Textual declares it)
    DEFAULT_CSS = """
    FramedScreen { align: center middle; }
    FramedScreen > VerticalScroll {
        width: 76;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        padding: 0 1;
        border: round $accent;
        border-title-color: $accent;
        background: $surface;
    }
    """

    def on_mount(self) -> None:
        """Be laid out for the size there is, and not for an unknown one first."""
        width, height = self.app.size
        self.add_class(
            *_class_at(width, self.HORIZONTAL_BREAKPOINTS or ()),
            *_class_at(height, self.VERTICAL_BREAKPOINTS),
        )

    def action_scroll(self, direction: str) -> None:
        frame = self.query_one(VerticalScroll)
        page, end = max(frame.scrollable_content_region.height, 1), frame.virtual_size.height
        rows = {
            "up": -1,
            "down": 1,
            "page_up": -page,
            "page_down": page,
            "half_up": -max(page // 2, 1),
            "half_down": max(page // 2, 1),
            "beginning": -end,
            "end": end,
        }[direction]
        frame.scroll_relative(y=rows, animate=False, immediate=True)


def _class_at(cells: int, breakpoints: Sequence[tuple[int, str]]) -> list[str]:
    """The class of the last of the breakpoints that so many cells reach."""
    return [name for least, name in breakpoints if cells >= least][-1:]
