"""What the learner has changed in an exercise's starter, line by line."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from tui.app import TutorchApp

_STYLES = {"+": "$success", "-": "$error"}


class DifferenceScreen(ModalScreen[None]):
    """Shows an edit against its starter until a key or a click closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q,space,d", "dismiss", "Close")]
    CSS = """
    DifferenceScreen { align: center middle; }
    DifferenceScreen VerticalScroll {
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

    app: TutorchApp

    def __init__(self, starter: str, edit: str) -> None:
        super().__init__()
        self._lines = changed_lines(starter, edit)

    def compose(self) -> ComposeResult:
        """The lines that are gone in red after a minus, those that came in green after a plus."""
        translate = self.app.look.translate
        with VerticalScroll() as frame:
            frame.border_title = translate("Your edit against the starter")
            frame.border_subtitle = translate("esc closes")
            yield Static(
                Content("\n").join(
                    Content.styled(line, _STYLES.get(line[0], "")) for line in self._lines
                )
            )

    def on_click(self) -> None:
        """A click closes too."""
        self.dismiss()


def changed_lines(starter: str, edit: str) -> list[str]:
    """Every line of both, after `- ` where it is gone, `+ ` where it is new, else two spaces."""
    compared = difflib.ndiff(starter.split("\n"), edit.split("\n"))
    return [line.rstrip() or " " for line in compared if not line.startswith("?")]
