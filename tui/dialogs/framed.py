"""A frame in the middle of the screen, above the screen below it: to ask in, or to read in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.action import Action
from tui.actions import HELP, bindings
from tui.dialog_actions import READING_ACTIONS
from tui.look import Look
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
        page = max(frame.scrollable_content_region.height, 1)
        rows = {"up": -1, "down": 1, "page_up": -page, "page_down": page}[direction]
        frame.scroll_relative(y=rows, animate=False, immediate=True)


class ReadingScreen(FramedScreen[None]):
    """Shows a text until a key or a click closes it.

    ``draw`` makes the text for a width in cells, and is called again when that changes.
    """

    BINDINGS = bindings((*READING_ACTIONS, HELP))
    keys: ClassVar[Sequence[Action]] = (*READING_ACTIONS, HELP)

    def __init__(self, title: str, draw: Callable[[int], Content], look: Look) -> None:
        super().__init__()
        self._draw = draw
        self._text = Static()
        self._frame = VerticalScroll(self._text)
        self._frame.border_title = title
        self._frame.border_subtitle = look.translate("esc closes")

    def compose(self) -> ComposeResult:
        """The text in a frame."""
        yield self._frame

    def on_resize(self) -> None:
        """Break the lines again, once the frame has its new width."""
        self.call_after_refresh(self._show)

    def on_click(self) -> None:
        """A click closes too."""
        self.dismiss()

    def _show(self) -> None:
        self._text.update(self._draw(max(self._frame.scrollable_content_region.width, 1)))


def _class_at(cells: int, breakpoints: Sequence[tuple[int, str]]) -> list[str]:
    """The class of the last of the breakpoints that so many cells reach."""
    return [name for least, name in breakpoints if cells >= least][-1:]
