"""The pane with the live curves: scale, smoothing, zoom, and a line that reads values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import events

from engine.protocol.frame import SeriesSnapshot
from tui.look import Look
from tui.plots.curve import CurveDrawing, CurveOptions, Scale, draw_curve
from tui.plots.reading_line import draw_readings
from tui.rendering.verdicts import Remark, draw_remarks
from tui.widgets.strip_pane import StripPane

_SMOOTHINGS = (0.0, 0.6, 0.9)
_ZOOMS = (1.0, 0.5, 0.25, 0.1)


class CurvePane(StripPane):
    """Shows the series of one frame, and keeps how the learner wants to see them."""

    def __init__(self) -> None:
        super().__init__("curve")
        self._options = CurveOptions()
        self._series: Sequence[SeriesSnapshot] = ()
        self._remarks: Sequence[Remark] = ()
        self._drawing = CurveDrawing([])
        self._look: Look | None = None

    @property
    def options(self) -> CurveOptions:
        """How the curves are shown now."""
        return self._options

    def show_series(
        self, series: Sequence[SeriesSnapshot], remarks: Sequence[Remark], look: Look
    ) -> None:
        """Show these series, and above them what was predicted of them."""
        self._series, self._remarks, self._look = series, remarks, look
        self._draw()

    def action_toggle_scale(self) -> None:
        """From the linear to the logarithmic scale, and back."""
        scale = Scale.LINEAR if self._options.scale is Scale.LOG else Scale.LOG
        self._change(replace(self._options, scale=scale))

    def action_cycle_smoothing(self) -> None:
        """To the next amount of smoothing."""
        smoothing = _after(self._options.smoothing, _SMOOTHINGS)
        self._change(replace(self._options, smoothing=smoothing))

    def action_cycle_zoom(self) -> None:
        """To the next part of the curve, always up to its end."""
        self._change(replace(self._options, zoom=_after(self._options.zoom, _ZOOMS)))

    def action_move_cursor(self, positions: int) -> None:
        """Move the reading line; it first stands at the newest position."""
        drawing, cursor = self._drawing, self._options.cursor
        if not drawing.columns:
            return
        wanted = drawing.last if cursor is None else cursor + positions
        self._change(replace(self._options, cursor=min(max(wanted, drawing.first), drawing.last)))

    def action_move_cursor_far(self, direction: int) -> None:
        """Move the reading line by a tenth of what is shown."""
        shown = self._drawing.last - self._drawing.first
        self.action_move_cursor(direction * max(shown // 10, 1))

    def put_cursor(self, column: int) -> None:
        """Put the reading line at a column of the pane."""
        position = self._drawing.position_at(column)
        if position is not None:
            self._change(replace(self._options, cursor=position))

    def action_take_cursor_off(self) -> None:
        """Show no reading line."""
        self._change(replace(self._options, cursor=None))

    def on_click(self, event: events.Click) -> None:
        """Read the values where the mouse points."""
        self.put_cursor(event.get_content_offset_capture(self).x)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Take the reading line along while the button is held."""
        if event.button:
            self.put_cursor(event.get_content_offset_capture(self).x)

    def _change(self, options: CurveOptions) -> None:
        self._options = options
        self._draw()

    def _draw(self) -> None:
        if self._look is None or not self.text_width:
            return
        look = self._look
        width, height = self.text_width, self.text_height
        told = draw_remarks(self._remarks, width, look.palette, in_ascii=look.in_ascii)
        if not any(series.count or series.rejected for series in self._series):
            self._drawing = CurveDrawing([])
            if told:
                self.show(told)
                return
            waiting = look.translate("No curve yet: it begins with the first cost.")
            self.show_sentence(waiting, look)
            return
        options = replace(self._options, ascii=look.in_ascii)
        readings = draw_readings(self._series, options.cursor, width, look.palette, look.translate)
        head = [*readings, *told]
        self._drawing = draw_curve(
            self._series, width, height - len(head), options, look.palette, look.translate
        )
        self.show([*head, *self._drawing.strips])


def _after(value: float, values: Sequence[float]) -> float:
    return values[(values.index(value) + 1) % len(values)]
