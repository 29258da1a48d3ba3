"""The two screens above the tensor pane: what they want of frames, and what frames tell them."""

from __future__ import annotations

from collections.abc import Sequence

from engine.protocol.frame import Frame
from engine.protocol.tensors import Opening
from tui.dialogs.tensor import TensorScreen
from tui.dialogs.tensor_chooser import TensorChooser
from tui.look import Appearance
from tui.panes.player_panes import PlayerPanes
from tui.player.playback import Playback
from tui.showing.remarks import word_on_no_names, word_on_no_tensors


class TensorDesk:
    """Opens the screens, has the pane ask for what they need, and hands over what comes."""

    def __init__(self, panes: PlayerPanes, playback: Playback, appearance: Appearance) -> None:
        self._panes = panes
        self._pane = panes.tensors
        self._playback = playback
        self._appearance = appearance
        self._chooser: TensorChooser | None = None
        self._opened: TensorScreen | None = None

    def action_choose_tensors(self) -> None:
        self._panes.show_pane("tensors")
        why_none = word_on_no_names(self._playback.record, self._appearance.look.translate)
        self._pane.lists_names = True
        self._chooser = TensorChooser(self._pane.choose, self._appearance.look, why_none)
        self._pane.app.push_screen(self._chooser, self._end_choosing)

    def open_first(self) -> None:
        """Let the first tensor in sight fill the screen."""
        is_in_sight = "tensors" in self._panes.in_sight
        self.open(self._pane.name_at(0) if is_in_sight else None)

    def open(self, wanted: str | None) -> None:
        """Let a tensor fill the screen, None: the first there is; or say why there is none."""
        translate, record = self._appearance.look.translate, self._playback.record
        names = [tensor.name for tensor in record.frame.tensors] if record.frame else []
        newest = self._playback.session.frame
        if not names:
            self._pane.notify(word_on_no_tensors(record.outcome, translate), markup=False)
        elif newest is None or newest.step != self._playback.shown:
            words = translate(
                "The names are no longer as this step left them: run it again to open its tensors."
            )
            self._pane.notify(words, markup=False)
        else:
            self._panes.show_pane("tensors")
            self._fill_screen(wanted if wanted in names else names[0], names)

    def _fill_screen(self, name: str, names: Sequence[str]) -> None:
        """Show one tensor, and from there each other of `names`."""
        self._opened = TensorScreen(names, name, self._want, self._appearance)
        self._pane.app.push_screen(self._opened, self._close)

    def take_in(self, frame: Frame | None) -> None:
        """Give what a frame says to the screen that waits for it."""
        if frame is None:
            return
        if self._chooser is not None:
            self._chooser.show_names(frame.names, [tensor.name for tensor in frame.tensors])
        if self._opened is None:
            return
        if frame.opened is not None:
            self._opened.show_opened(frame.opened)
        elif frame.tensors_for is not None and frame.tensors_for.opening is not None:
            self._opened.show_gone(frame.tensors_for.opening.name)

    def _want(self, opening: Opening) -> None:
        self._pane.opening = opening

    def _end_choosing(self, _: None) -> None:
        self._pane.lists_names = False
        self._chooser = None

    def _close(self, _: None) -> None:
        self._pane.opening = None
        self._opened = None
