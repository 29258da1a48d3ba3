"""The steps of a lesson by their titles, to go to one of them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.look import Look
from tui.player.playback import Playback
from tui.rendering.status_line import step_marks
from tui.screens.framed import FramedScreen


class StepsScreen(FramedScreen[int | None]):
    """Ends with the index of the step that was chosen; None where none was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,t,q", "dismiss", "Close"),
        Binding("j", "move('down')", "Down"),
        Binding("k", "move('up')", "Up"),
        Binding("space", "choose", "Choose"),
    ]
    DEFAULT_CSS = """
    StepsScreen OptionList, StepsScreen OptionList:focus {
        height: auto;
        max-height: 100%;
        border: none;
        padding: 0;
    }
    """

    def __init__(self, playback: Playback, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown = playback.shown
        self._rows = OptionList(*_rows(playback, look))

    def compose(self) -> ComposeResult:
        """The titles in a frame, the one that is shown marked."""
        with VerticalScroll(can_focus=False) as frame:
            frame.border_title = self._look.translate("Steps")
            frame.border_subtitle = self._look.translate("enter goes there, esc closes")
            yield self._rows

    def on_mount(self) -> None:
        """Begin at the step that is shown."""
        self._rows.highlighted = self._shown
        self._rows.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click goes to the step."""
        self.dismiss(event.option_index)

    def action_choose(self) -> None:
        self._rows.action_select()

    def action_move(self, direction: str) -> None:
        if direction == "down":
            self._rows.action_cursor_down()
        else:
            self._rows.action_cursor_up()


def _rows(playback: Playback, look: Look) -> list[Option]:
    marks = step_marks(
        playback.shown,
        playback.outcomes,
        playback.bookmark.done,
        playback.works.unsolved,
        playback.works.edited,
        look.palette,
        in_ascii=look.in_ascii,
    )
    rows = []
    for step, mark in zip(playback.lesson.steps, marks, strict=True):
        colour = mark.style.color.name if mark.style and mark.style.color else ""
        title = step.title_in(look.language)
        rows.append(Option(Content.assemble((mark.text, colour), f" {step.index + 1:2}  {title}")))
    return rows
