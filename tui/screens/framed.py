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
from tui.screens.underneath import UnderneathScreen

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

    def action_scroll(self, direction: str) -> None:
        getattr(self._frame, f"action_{direction}" if "_" in direction else f"scroll_{direction}")()

    def _show(self) -> None:
        self._text.update(self._draw(max(self._frame.scrollable_content_region.width, 1)))
