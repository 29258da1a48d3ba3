"""The two screens above the tensor pane: what they want of frames, and what frames tell them."""

from __future__ import annotations

from collections.abc import Sequence

from engine.protocol.frame import Frame
from engine.protocol.tensors import Opening
from tui.dialogs.tensor import TensorScreen
from tui.dialogs.tensor_chooser import TensorChooser
from tui.look import Appearance
from tui.panes.tensor_pane import TensorPane


class TensorDesk:
    """Opens the screens, has the pane ask for what they need, and hands over what comes."""

    def __init__(self, pane: TensorPane, appearance: Appearance) -> None:
        self._pane = pane
        self._appearance = appearance
        self._chooser: TensorChooser | None = None
        self._opened: TensorScreen | None = None

    def choose(self, why_none: str) -> None:
        """Have the learner choose which tensors are shown; `why_none` is said where none is."""
        self._pane.lists_names = True
        self._chooser = TensorChooser(self._pane.choose, self._appearance.look, why_none)
        self._pane.app.push_screen(self._chooser, self._end_choosing)

    def open(self, name: str, names: Sequence[str]) -> None:
        """Let a tensor fill the screen, and from there each other of `names`."""
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
