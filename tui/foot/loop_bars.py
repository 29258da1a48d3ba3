"""The bars of the running loops, one under the other."""

from __future__ import annotations

from collections.abc import Sequence

from engine.protocol.frame import LoopProgress
from tui.look import Look
from tui.rendering.loop_bars import draw_loop_bars
from tui.showing.offers import MOST_LOOPS
from tui.widgets.strip_pane import StripPane


class LoopBars(StripPane):
    """Shows how far each loop is, each in a line.

    Lines are kept also where no loop runs, so that nothing jumps when one begins; `shows_nothing`
    says that they are empty.
    """

    DEFAULT_CSS = """
    LoopBars {
        height: auto;
        max-height: 3;
        overflow: hidden hidden;
    }
    """

    def __init__(self) -> None:
        super().__init__("loops")
        self.shows_nothing = True
        self._rows = 1
        self._heartbeat = 0

    def keep_rows(self, rows: int) -> None:
        """Keep so many lines for the loops of a step; it takes more where more loops run."""
        self._rows = rows

    def show_loops(
        self,
        loops: Sequence[LoopProgress],
        previous: Sequence[LoopProgress],
        look: Look,
        *,
        seconds_since_frame: float = 0.0,
        at_most: float = 0.0,
        is_paused: bool = False,
    ) -> None:
        """Show these loops, which may make `at_most` iterations per second; 0: they stand still.

        They do where their training `is_paused`, and where it has ended.
        """
        self._heartbeat += at_most > 0
        strips = draw_loop_bars(
            loops[:MOST_LOOPS],
            self.text_width,
            look.palette,
            look.glyphs,
            previous=previous,
            heartbeat=self._heartbeat,
            seconds_since_frame=seconds_since_frame,
            at_most=at_most,
            is_paused=is_paused,
            translate=look.translate,
        )
        self.shows_nothing = not strips
        self._rows = max(self._rows, len(strips))
        self.styles.height = self._rows
        self.show(strips)
