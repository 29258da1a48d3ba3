"""The pane with the live curves: scale, smoothing, zoom, and a line that reads values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual import events

from engine.protocol.curves import Shape
from engine.protocol.frame import EVERY_VALUE, CurveRequest, Frame, ReducedCurve
from engine.protocol.outcomes import Outcome
from engine.protocol.reduction import reduce_series
from tui.look import Look
from tui.panes.run_lines import RunLines
from tui.plots.curve import NARROWEST_AXIS, CurveDrawing, draw_curve
from tui.plots.marks import CurveMark, with_marks
from tui.plots.reading_line import draw_readings
from tui.rendering.remarks import Remark, draw_remarks
from tui.runs.told_changes import ToldChange
from tui.showing.remarks import word_on_no_curve
from tui.showing.shown_runs import ShownRuns
from tui.widgets.strip_pane import StripPane

_SMOOTHINGS = (0.0, 0.6, 0.9)
_ZOOMS = (1.0, 0.5, 0.25, 0.1)


class CurvePane(StripPane):
    """Shows the curves of one frame, and keeps how the learner wants to see them.

    With ``wants_every_value`` it asks for them whole.
    """

    def __init__(self) -> None:
        super().__init__("curve")
        self.wants_every_value = False
        self._wanted = CurveRequest(EVERY_VALUE)
        self._frame: Frame | None = None
        self._runs = ShownRuns()
        self._lines = RunLines()
        self._marks: tuple[CurveMark, ...] = ()
        self._remarks: Sequence[Remark] = ()
        self._outcome: Outcome | None = None
        self._predicted: Mapping[str, Shape] = {}
        self._drawing = CurveDrawing([])
        self._look: Look | None = None
        self._made_of: object = None

    @property
    def request(self) -> CurveRequest | None:
        """How the next frame's curves are to be reduced: to the dots that the last ones had.

        None while every value is wanted.
        """
        if self.wants_every_value:
            return None
        axis = self._drawing.left or NARROWEST_AXIS
        return replace(self._wanted, columns=max(2 * (self.text_width - axis), 1))

    @property
    def cursor(self) -> int | None:
        """The position of the reading line; None while there is none."""
        return self._wanted.cursor

    def show_frame_curves(
        self,
        frame: Frame | None,
        runs: ShownRuns,
        remarks: Sequence[Remark],
        predicted: Mapping[str, Shape],
        outcome: Outcome | None,
        look: Look,
    ) -> None:
        """Show the curves of this frame, what was said of them, and behind them what was predicted.

        Other `runs` of the step stand beside them; `outcome` is how that of now has ended.

        Where they come reduced, another scale, smoothing or zoom is seen with the next frame.
        """
        self._frame, self._remarks, self._look = frame, remarks, look
        self._runs = runs
        self._predicted = predicted
        self._outcome = outcome
        self._draw()

    def mark_changes(self, changes: Sequence[ToldChange]) -> None:
        """Have the next drawing show where these changes of the run took effect."""
        self._marks = tuple(
            CurveMark(one.place.position, one.name, one.before, one.after)
            for one in changes
            # Before the first loop that records a value there is no curve to be marked.
            if one.place.has_recorded
        )

    def action_toggle_scale(self) -> None:
        self._change(replace(self._wanted, is_logarithmic=not self._wanted.is_logarithmic))

    def action_cycle_smoothing(self) -> None:
        smoothing = _after(self._wanted.smoothing, _SMOOTHINGS)
        self._change(replace(self._wanted, smoothing=smoothing))

    def action_cycle_zoom(self) -> None:
        """To the next part of the curve, always up to its end."""
        self._change(replace(self._wanted, zoom=_after(self._wanted.zoom, _ZOOMS)))

    def action_move_cursor(self, positions: int) -> None:
        """Move the reading line; it first stands at the newest position."""
        drawing, cursor = self._drawing, self._wanted.cursor
        if not drawing.width:
            return
        wanted = drawing.last if cursor is None else cursor + positions
        self._change(replace(self._wanted, cursor=min(max(wanted, drawing.first), drawing.last)))

    def action_move_cursor_far(self, direction: int) -> None:
        shown = self._drawing.last - self._drawing.first
        self.action_move_cursor(direction * max(shown // 10, 1))

    def put_cursor(self, cell: int) -> None:
        """Put the reading line where the pane has this cell, counted from its left."""
        position = self._drawing.position_at(cell)
        if position is not None:
            self._change(replace(self._wanted, cursor=position))

    def action_take_cursor_off(self) -> None:
        if self._wanted.cursor is None and self._look is not None:
            words = self._look.translate("The curve has no reading line.")
            self.notify(words, markup=False)
        self.take_cursor_off()

    def take_cursor_off(self) -> None:
        """Show the curve without its reading line."""
        self._change(replace(self._wanted, cursor=None))

    def on_click(self, event: events.Click) -> None:
        """Read the values where the mouse points."""
        self.put_cursor(event.get_content_offset_capture(self).x)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Take the reading line along while the button is held."""
        if event.button:
            self.put_cursor(event.get_content_offset_capture(self).x)

    def _change(self, wanted: CurveRequest) -> None:
        self._wanted = wanted
        self._draw()

    def _draw(self) -> None:
        if self._look is None or not self.text_width:
            return
        look = self._look
        width, height = self.text_width, self.text_height
        said = (tuple(self._remarks), self._predicted, self._outcome)
        made_of = (self._frame, self._runs, self._marks, said, self._wanted, look, width, height)
        if made_of == self._made_of:
            return
        self._made_of = made_of
        told = draw_remarks(self._remarks, width, look.palette, in_ascii=look.in_ascii)
        drawn = self._lines.drawn(self._curves(), self._runs.others, self._wanted, 2 * width)
        curves, runs = drawn.curves, drawn.runs
        if not any(one.count or one.rejected for one in curves) and not runs:
            self._drawing = CurveDrawing([])
            if told:
                self.show(told)
                return
            self.show_sentence(word_on_no_curve(self._outcome, look.translate), look)
            return
        readings = draw_readings(
            curves,
            width,
            look.palette,
            look.translate,
            runs=self._lines.readings(self._runs.others, self._wanted.cursor),
            in_ascii=look.in_ascii,
        )
        head = [*readings, *told]
        drawing = draw_curve(
            curves,
            width,
            height - len(head),
            look.palette,
            look.translate,
            cursor=self._wanted.cursor,
            predicted=self._predicted,
            runs=runs,
            run_name=self._runs.name,
            in_ascii=look.in_ascii,
        )
        self._drawing = with_marks(drawing, self._marks, look.palette, in_ascii=look.in_ascii)
        self.show([*head, *self._drawing.strips])

    def _curves(self) -> Sequence[ReducedCurve]:
        """As the session reduced them; from whole series with every value, as they are wanted."""
        if self._frame is None:
            return ()
        return self._frame.curves or reduce_series(self._frame.series, self._wanted)


def _after(value: float, values: Sequence[float]) -> float:
    return values[(values.index(value) + 1) % len(values)]
