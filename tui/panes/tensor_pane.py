"""The pane with the tensors, what each is and looks like, and above them what is watched."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual.events import Click
from textual.message import Message
from textual.strip import Strip

from engine.protocol.tensors import Form, Opening, TensorRequest, TensorSnapshot
from tui.look import Look
from tui.panes.tensor_choice import TensorChoice
from tui.plots.tensors import draw_tensors
from tui.plots.watched import draw_watched
from tui.widgets.text_pane import TextPane
from tui.words.watched import WatchedRow

_FORMS = (Form.DRAWING, Form.HISTOGRAM, Form.NUMBERS)
_LOWEST, _HIGHEST = 6, 16
_HEAD = 3
_TWICE = 2


class TensorPane(TextPane):
    """Shows the tensors of one frame; with ``lists_names`` it asks which can be chosen, too."""

    class OpenWanted(Message):
        """A tensor is to fill the screen."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class WatchedClicked(Message):
        """What is watched was clicked."""

    def __init__(self) -> None:
        super().__init__("tensors")
        self._form = Form.DRAWING
        self._choice = TensorChoice()
        self._tensors: Sequence[TensorSnapshot] = ()
        self._watched_lines = 0
        self.lists_names = False
        self.opening: Opening | None = None

    @property
    def request(self) -> TensorRequest | None:
        """What to ask for, so that what is drawn fills the pane; None while it is out of sight."""
        if not self.display or not self.text_width:
            return None
        return TensorRequest(
            self.text_width,
            self._picture_height,
            self._form,
            self._choice.added,
            self._choice.hidden,
            lists_names=self.lists_names,
            opening=self.opening,
        )

    def name_at(self, line: int) -> str | None:
        """The tensor that stands at a line of the pane; None where there is none."""
        waiting = [tensor.name for tensor in self._tensors]
        name = next(iter(waiting), None)
        for strip in self._strips[self._watched_lines : self.scroll_offset.y + line + 1]:
            words = strip.text.split(maxsplit=2)[:2]
            found = [one for one in waiting if one in words]
            if found:
                name = found[0]
                waiting = waiting[waiting.index(name) + 1 :]
        return name

    def on_click(self, event: Click) -> None:
        """A second click on a tensor opens it, and selects nothing; what is watched is listed."""
        line = event.screen_y - self.content_region.y
        if line + self.scroll_offset.y < self._watched_lines:
            self.post_message(self.WatchedClicked())
            return
        name = self.name_at(line)
        if event.chain >= _TWICE:
            event.prevent_default()
        if event.chain == _TWICE and name is not None:
            self.post_message(self.OpenWanted(name))

    def choose(self, name: str, is_shown: bool) -> None:
        """Show a tensor that is not shown, or hide one that is, while the lesson is open."""
        choice = self._choice
        self._choice = choice.with_shown(name) if is_shown else choice.with_hidden(name)

    def action_cycle_form(self) -> None:
        self._form = _FORMS[(_FORMS.index(self._form) + 1) % len(_FORMS)]

    def show_tensors(
        self,
        tensors: Sequence[TensorSnapshot],
        changed: Collection[str],
        look: Look,
        why_none: str,
        watched: Sequence[WatchedRow] = (),
    ) -> None:
        """Show these tensors, those marked that are named in `changed`, or say `why_none` is.

        What is `watched` stands above them.
        """
        self._tensors = tensors
        head = self._draw_watched(watched, look)
        self._watched_lines = len(head)
        if not tensors:
            self.show(head or self.sentence(why_none, look))
            return
        strips = draw_tensors(
            tensors,
            self.text_width,
            look.palette,
            look.glyphs,
            look.translate,
            changed,
            self._picture_height,
            in_characters=look.in_characters,
        )
        self.show([*head, Strip.blank(0), *strips] if head else strips)

    def _draw_watched(self, watched: Sequence[WatchedRow], look: Look) -> list[Strip]:
        return draw_watched(
            watched,
            self.text_width,
            look.palette,
            look.glyphs,
            look.translate,
            in_ascii=look.in_ascii,
        )

    @property
    def _picture_height(self) -> int:
        """Room for one picture with its head, in a pane that is not too high to see several."""
        return max(_LOWEST, min(self.text_height - _HEAD, _HIGHEST))
