"""The pane in which the learner paints a tensor of the lesson's, with the mouse or with keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from engine.protocol.frame import CanvasSnapshot, Floats
from tui.actions.named import bindings
from tui.actions.pane_actions import CANVAS_ACTIONS, DRAW
from tui.look import Look
from tui.panes.brush import Point, erased, painted
from tui.plots.pixels import PixelGrid, draw_pixels, fitting_grid
from tui.scrollback.wrapping import wrap_strip
from tui.widgets.strip_pane import StripPane

_RIGHT_BUTTON = 3
_GAP = Segment("  ")
_MOVES = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}

Brush = Callable[[Floats, Point, Point], Floats]


class CanvasPane(StripPane):
    """Shows the pixels as the learner has painted them, without waiting for the lesson.

    Each stroke is told with a number, and the frame that has it in it comes back with that number:
    of one run of a step, pixels older than what is shown are not taken. Keys paint while the pane
    has the focus.
    """

    BINDINGS = bindings(CANVAS_ACTIONS)

    @dataclass
    class Painted(Message):
        """The canvas of a step has one stroke more; `pixels` is all of it, shape [H, W]."""

        step: int
        pixels: Floats
        stroke: int

    def __init__(self) -> None:
        super().__init__("canvas")
        # Only while it is drawn on by keys: focus that wanders here would take them unasked.
        self.can_focus = False
        self._step: int | None = None
        self._run: object = None
        self._seen: CanvasSnapshot | None = None
        self._pixels: Floats | None = None
        self._strokes = 0
        self._newest_of_run = 0
        self._is_open = False
        self._look: Look | None = None
        self._grid = PixelGrid(0, 0, 1)
        self._pen = (0, 0)
        self._pen_is_down = False
        self._brush: Brush = painted
        self._mouse: tuple[Brush, Point] | None = None

    @property
    def pixels(self) -> Floats | None:
        """What is shown, shape [H, W]; None where there is no canvas yet."""
        return self._pixels

    def show_canvas(
        self, step: int, run: object, snapshot: CanvasSnapshot | None, look: Look, *, is_open: bool
    ) -> None:
        """Show the canvas that a run of a step has made; only one that `is_open` takes strokes.

        `run` is the same object for all that one run has made, and for nothing else.
        """
        self._look, self._is_open = look, is_open
        if run is not self._run:
            self._run, self._newest_of_run = run, 0
        if snapshot is not self._seen:
            self._take(step, snapshot)
        self._draw()

    def _take(self, step: int, snapshot: CanvasSnapshot | None) -> None:
        self._seen = snapshot
        if snapshot is None or snapshot.pixels.size == 0:
            self._pixels = None
            return
        if step == self._step and snapshot.stroke < self._newest_of_run:
            return
        if self._pixels is None or step != self._step:
            self._pen = (snapshot.pixels.shape[0] // 2, snapshot.pixels.shape[1] // 2)
        self._step, self._pixels = step, snapshot.pixels

    # Keys

    def begin_drawing(self) -> None:
        """Take the keys, until escape or another pane takes them."""
        self.can_focus = True
        self.screen.set_focus(self)

    def action_move_pen(self, direction: str) -> None:
        """Move the pen by a pixel; it paints where it is down."""
        if self._pixels is None:
            return
        before = self._pen
        moved = np.add(before, _MOVES[direction])
        row, column = np.clip(moved, 0, np.subtract(self._pixels.shape, 1)).tolist()
        self._pen = (row, column)
        if self._pen_is_down:
            self._stroke(self._brush, before, self._pen)
        self._draw()
        line = self._grid.cell_of(self._pen)[0]
        self.keep_in_sight(range(line, line + 1))

    def action_pen(self) -> None:
        """Put the pen down, which makes a dot; or lift it."""
        self._pen_is_down = not self._pen_is_down
        if self._pen_is_down:
            self._stroke(self._brush, self._pen, self._pen)
        self._draw()

    def action_eraser(self) -> None:
        self._brush = painted if self._brush is erased else erased
        self._draw()

    def action_wipe(self) -> None:
        if self._pixels is not None:
            self._put(np.zeros_like(self._pixels))

    def action_end_drawing(self) -> None:
        self.screen.set_focus(None)

    def on_focus(self) -> None:
        """Show the pen, once the pane knows that it has the focus."""
        self.call_next(self._draw)

    def on_blur(self) -> None:
        """Lift the pen, which the keys no longer move."""
        self.can_focus = False
        self._pen_is_down = False
        self._brush = painted
        self.call_next(self._draw)

    # Mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a stroke: of the eraser by the right button, or with shift."""
        if self._pixels is None or not self._is_open or event.get_content_offset(self) is None:
            return
        brush = erased if event.shift or event.button == _RIGHT_BUTTON else painted
        point = self._point(event)
        self._mouse = (brush, point)
        self.capture_mouse()
        self._stroke(brush, point, point)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go on with the stroke."""
        if self._mouse is not None:
            brush, before = self._mouse
            point = self._point(event)
            self._mouse = (brush, point)
            self._stroke(brush, before, point)

    def on_mouse_up(self) -> None:
        """End the stroke."""
        self._mouse = None
        self.release_mouse()

    def _point(self, event: events.MouseEvent) -> Point:
        offset = event.get_content_offset_capture(self)
        return self._grid.point_at(offset.x, offset.y + self.scroll_offset.y)

    # Painting and drawing

    def _stroke(self, brush: Brush, start: Point, end: Point) -> None:
        if self._pixels is not None:
            self._put(brush(self._pixels, start, end))

    def _put(self, pixels: Floats) -> None:
        if self._step is None or self._pixels is None or not self._is_open:
            return
        if np.array_equal(pixels, self._pixels):
            return
        self._pixels = pixels
        self._strokes += 1
        self._newest_of_run = self._strokes
        self.post_message(self.Painted(self._step, pixels, self._strokes))
        self._draw()

    def _draw(self) -> None:
        if self._look is None or not self.text_width:
            return
        look = self._look
        if self._seen is not None and self._seen.problem is not None:
            self.show_sentence(self._seen.problem, look)
            return
        if self._pixels is None:
            self.show_sentence(look.translate("The canvas appears when the step has run."), look)
            return
        below = self._below(look)
        height = self.text_height - len(below)
        self._grid = fitting_grid(self._pixels.shape, self.text_width, height)
        if self._grid.width > self.text_width:
            narrow = look.translate("This canvas needs {columns} columns: widen the terminal.")
            self.show_sentence(narrow.format(columns=self._grid.width), look)
            return
        pen = self._pen if self.has_focus else None
        strips = draw_pixels(
            self._pixels, self._grid, pen, look.palette, in_ascii=look.in_characters
        )
        self.show([*strips, *below])

    def _below(self, look: Look) -> list[Strip]:
        """What can be done now, in as many lines as that needs; some of it by a click."""
        palette = look.palette
        if not self._is_open:
            waiting = look.translate("Here you can draw once the run has ended.")
            return wrap_strip(Strip([Segment(waiting, Style(color=palette.dim))]), self.text_width)
        items = [Segment(self._words(look), Style(color=palette.dim))]
        if not self.has_focus:
            items.append(_link(f"{DRAW.shown_key} {look.translate('by keys')}", DRAW.target, look))
        items.append(_link(look.translate("clear"), "wipe", look))
        lines: list[list[Segment]] = [[]]
        for item in items:
            used = sum(segment.cell_length for segment in lines[-1])
            if used and used + _GAP.cell_length + item.cell_length > self.text_width:
                lines.append([])
            lines[-1] += [_GAP, item] if lines[-1] else [item]
        return [Strip(line) for line in lines]

    def _words(self, look: Look) -> str:
        """How to draw now."""
        if not self.has_focus:
            return look.translate("Drag to draw.")
        match self._pen_is_down, self._brush is erased:
            case False, False:
                return look.translate("Pen up: space lowers it.")
            case False, True:
                return look.translate("Eraser up: space lowers it.")
            case True, False:
                return look.translate("Pen down: arrows draw.")
            case _:
                return look.translate("Eraser down: arrows erase.")


def _link(text: str, action: str, look: Look) -> Segment:
    """Words that take an action when they are clicked."""
    style = Style(color=look.palette.accent, bold=True, meta={"@click": action})
    return Segment(text, style)
