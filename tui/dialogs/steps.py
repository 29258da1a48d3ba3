"""The steps of a lesson by their titles, to go to one of them; typing filters them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.actions.action import Action
from tui.actions.app_actions import HELP
from tui.actions.dialog_actions import STEPS_ACTIONS
from tui.actions.named import bindings
from tui.dialogs.choosing_input import ChoosingInput
from tui.dialogs.framed import FramedScreen
from tui.dialogs.moving import move_mark
from tui.look import Look
from tui.player.playback import Playback
from tui.rendering.status_line import step_marks


class StepsScreen(FramedScreen[int | None]):
    """Ends with the index of the step that was chosen; None where none was."""

    BINDINGS = bindings((*STEPS_ACTIONS, HELP.while_typing))
    keys: ClassVar[Sequence[Action]] = (*STEPS_ACTIONS, HELP)
    DEFAULT_CSS = """
    StepsScreen {
        & Input { border: none; height: 1; padding: 0; background: $surface; }
        & OptionList { height: auto; max-height: 100%; border: none; padding: 0; }
    }
    """

    def __init__(self, playback: Playback, titles: Sequence[str], look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown = playback.shown
        self._titles = titles
        self._lines = _lines(playback, titles, look)
        self._filter = ChoosingInput(
            self.action_choose,
            look.translate("type to filter"),
            # A title has spaces, but begins with none.
            lambda: bool(self._filter.value),
        )
        self._rows = OptionList()
        self._rows.can_focus = False

    def compose(self) -> ComposeResult:
        """The filter above the titles, in a frame."""
        with VerticalScroll(can_focus=False) as frame:
            frame.border_title = self._look.translate("Steps")
            frame.border_subtitle = self._look.translate("enter goes there, esc closes")
            yield self._filter
            yield self._rows

    def on_mount(self) -> None:
        """Begin at the step that is shown."""
        self._filter.focus()
        self._draw()

    def on_input_changed(self) -> None:
        """Offer what has the typed words in its title, or their number before it."""
        self._draw()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click goes to the step."""
        if event.option.id is not None:
            self.dismiss(int(event.option.id))

    def action_choose(self) -> None:
        # What was typed just now may not have filtered yet.
        self._draw()
        option = self._rows.highlighted_option
        if option is not None and option.id is not None:
            self.dismiss(int(option.id))

    def action_move(self, direction: str) -> None:
        move_mark(self._rows, direction)

    def _draw(self) -> None:
        """List what is found; the step that was marked stays marked where it is among it."""
        option = self._rows.highlighted_option
        marked = str(self._shown) if option is None or option.id is None else option.id
        words = self._filter.value.casefold().split()
        found = [
            str(index)
            for index, title in enumerate(self._titles)
            if all(word in f"{index + 1} {title}".casefold() for word in words)
        ]
        self._rows.clear_options()
        if not found:
            nothing = self._look.translate("No step has this in its title.")
            self._rows.add_option(Option(nothing, disabled=True))
            return
        self._rows.add_options([Option(self._lines[int(index)], id=index) for index in found])
        self._rows.highlighted = found.index(marked) if marked in found else 0


def _lines(playback: Playback, titles: Sequence[str], look: Look) -> list[Content]:
    """Each step's mark, number and title."""
    marks = step_marks(
        playback.shown,
        playback.outcomes,
        playback.bookmark.done,
        playback.works.unsolved,
        playback.works.edited,
        look.palette,
        under_way=playback.running,
        in_ascii=look.in_ascii,
    )
    lines = []
    for index, (title, mark) in enumerate(zip(titles, marks, strict=True)):
        colour = mark.style.color.name if mark.style and mark.style.color else ""
        lines.append(Content.assemble((mark.text, colour), f" {index + 1:2}  {title}"))
    return lines
