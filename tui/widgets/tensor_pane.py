"""The pane with the pinned tensors: what each is, and a corner of its values."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from engine.protocol.frame import TensorSnapshot
from tui.look import Look
from tui.plots.tensors import draw_tensors
from tui.widgets.strip_pane import StripPane


class TensorPane(StripPane):
    """Shows the tensors of one frame."""

    def __init__(self) -> None:
        super().__init__("tensors")

    def show_tensors(
        self, tensors: Sequence[TensorSnapshot], changed: Collection[str], look: Look
    ) -> None:
        """Show these tensors, those marked that are named in `changed`."""
        if not tensors:
            waiting = look.translate("No tensors yet: they appear when the step runs.")
            self.show_sentence(waiting, look)
            return
        self.show(
            draw_tensors(
                tensors, self.text_width, look.palette, look.glyphs, look.translate, changed
            )
        )
