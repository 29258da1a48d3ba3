"""What the panes that are in sight show of the step that is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from textual.widget import Widget

from engine.protocol.frame import FrameRequest
from tui.actions.named import key_of
from tui.look import Appearance
from tui.panes.canvas_pane import CanvasPane
from tui.panes.curve_pane import CurvePane
from tui.panes.output_line import OutputLine
from tui.panes.output_pane import OutputPane
from tui.panes.pane_drawing import (
    draw_canvas,
    draw_curve,
    draw_output,
    draw_tensors,
    draw_text,
    draw_view,
)
from tui.panes.pane_tabs import PANES
from tui.panes.step_code import StepCode
from tui.panes.tensor_pane import TensorPane
from tui.panes.view_pane import ViewPane
from tui.player.playback import Playback
from tui.player.update import Update
from tui.prose.prose_pane import ProsePane
from tui.rendering.remarks import Remark
from tui.showing.remarks import remarks_on_predictions


class Panes(Protocol):
    """The panes to draw in, and which of them are in sight."""

    in_sight: tuple[str, ...]
    prose: ProsePane
    curve: CurvePane
    output: OutputPane
    tensors: TensorPane
    view: ViewPane
    canvas: CanvasPane
    last_line: OutputLine
    step_code: StepCode

    def every_pane(self) -> tuple[Widget, ...]:
        """All of them, whichever are in sight."""

    def name_of(self, pane: Widget) -> str:
        """The name of a pane, which the two that show code share."""

    def offer_panes(self) -> None:
        """Offer the panes that the step has something for."""

    def look_for_news(self) -> None:
        """See which panes out of sight have news now."""


class StepDrawing:
    """Draws of a playback what the panes in sight have to show, where it has changed."""

    def __init__(self, panes: Panes, playback: Playback, appearance: Appearance) -> None:
        self._panes = panes
        self._playback = playback
        self._appearance = appearance

    def request(self) -> FrameRequest:
        """The frame to ask for: its drawings should fill their panes, and speak as they do."""
        request = self._panes.view.request(len(self._playback.step.views))
        return replace(
            request,
            curve=self._panes.curve.request,
            tensors=self._panes.tensors.request,
            language=self._appearance.look.language,
        )

    async def draw_step(self) -> None:
        """Draw everything of the step that is shown."""
        look = self._appearance.look
        for pane in self._panes.every_pane():
            pane.border_title = look.translate(PANES[self._panes.name_of(pane)])
        self._panes.offer_panes()
        await self.draw_text()
        self.draw_code()
        self.draw(Update.OUTPUT | Update.FRAME)

    def draw(self, updates: Update, *, draws_tensors: bool = True) -> None:
        """Draw what has changed, in the panes that are in sight; of tensors if that is wanted."""
        panes, playback, look = self._panes, self._playback, self._appearance.look
        panes.offer_panes()
        panes.look_for_news()
        if Update.OUTPUT in updates and panes.last_line.display:
            panes.last_line.show_last_line(playback.record.output, look)
        if updates & (Update.OUTPUT | Update.STATUS) and "output" in panes.in_sight:
            draw_output(panes.output, playback, look, self._told())
        if not updates & (Update.FRAME | Update.STATUS):
            return
        if "canvas" in panes.in_sight:
            draw_canvas(panes.canvas, playback, look)
        if "curve" in panes.in_sight:
            draw_curve(panes.curve, playback, look, panes.in_sight)
        if draws_tensors and "tensors" in panes.in_sight:
            draw_tensors(panes.tensors, playback, look)
        if "view" in panes.in_sight:
            draw_view(panes.view, playback, look)
        self.draw_code()

    def _told(self) -> list[Remark]:
        """What the text and the code in sight say of the run: the output need not."""
        told: list[Remark] = []
        if "prose" in self._panes.in_sight:
            told += remarks_on_predictions(self._playback, self._appearance.look)
        if "code" in self._panes.in_sight:
            told += self._panes.step_code.told
        return told

    def draw_code(self) -> None:
        """Draw the code, where it is in sight."""
        if "code" in self._panes.in_sight:
            self._panes.step_code.draw()

    async def draw_text(self) -> None:
        """Draw the text; where it is out of sight, say that an answer is told in it."""
        prose = self._panes.prose
        has_told = await draw_text(prose, self._playback, self._appearance)
        if has_told and "prose" not in self._panes.in_sight:
            told = self._appearance.look.translate("Your answer is told: {key} shows why.")
            prose.notify(told.format(key=key_of("show_pane('prose')")), markup=False)
