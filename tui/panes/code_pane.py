"""The pane with the step's code: numbered as in its file, the line that runs or is next marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style
from textual.events import Click
from textual.message import Message
from textual.strip import Strip

from tui.look import Look
from tui.rendering.code import (
    LineTime,
    column_of_shown,
    draw_code,
    rows_of_code,
    rows_of_line,
    shown_column,
)
from tui.rendering.edited import with_signs, with_trouble, with_warnings
from tui.rendering.made import with_made
from tui.rendering.rows import Row, StyledSpan, rows_to, with_spans
from tui.showing.sight import Sight
from tui.widgets.text_pane import TextPane
from tui.words.syntax import syntax_words

_ROWS_BEFORE = 2


class CodePane(TextPane):
    """Shows a cell as the learner has it, and the line that is running in it, or that runs next."""

    @dataclass
    class Pointed(Message):
        """A character of the code was clicked, which it has at this place; lines count from 0."""

        line: int
        column: int

    def __init__(self) -> None:
        super().__init__("code")
        self._sight = Sight(None, None, LineTime.RUNNING)
        self._in_hand = range(0)

    def show_sight(self, sight: Sight, look: Look) -> None:
        """Show a cell with its line marked, and keep that line in sight."""
        cell, line = sight.cell, sight.line
        if cell is None:
            self.show_sentence(look.translate("This step has no code."), look)
            return
        width = self.text_width
        source, first = cell.source, cell.line
        palette, glyphs, telling = look.palette, look.glyphs, sight.telling
        strips = draw_code(source, first, line, width, palette, glyphs, sight.moment, telling)
        made = [
            (one, rows_of_line(source, first, one.line, width, palette, glyphs, telling))
            for one in sight.made
        ]
        shown: Sequence[Row] = rows_of_code(source, first, width, palette, glyphs, telling)
        # A cell left free: a scrollbar's half block would read as one more bar of a histogram.
        strips = with_made(strips, made, width - 1, palette, glyphs)
        strips = with_signs(strips, shown, sight.edited, palette, glyphs)
        strips = with_warnings(strips, shown, sight.warned, palette, glyphs)
        if line is not None and sight.trouble:
            at, said = line - first, syntax_words(sight.trouble, look.translate)
            strips, shown = with_trouble(strips, shown, at, said, width, palette, glyphs)
        lit = self._dial_span(sight)
        if lit is not None:
            strips = _with_lit(strips, shown, *lit, look)
        self.show_text(strips, shown)
        before = self._sight.cell
        if before is None or before.line != first:
            self.scroll_home(animate=False)
        if line is not None and (cell, line) != (before, self._sight.line):
            rows = rows_of_line(source, first, line, width, palette, glyphs, telling)
            self.keep_in_sight(self._with_rows_before(rows))
        self._in_hand = range(0) if lit is None else rows_to(shown, *lit, most=self.text_height)
        self._sight = sight

    def _with_rows_before(self, rows: range) -> range:
        """These rows, and before them, where there is room, that which leads to them.

        Of a function that a run has come to it is the line that says what it was given.
        """
        more = _ROWS_BEFORE if self.text_height > len(rows) + _ROWS_BEFORE else 0
        return range(max(rows.start - more, 0), rows.stop)

    def keep_number_in_sight(self) -> None:
        """Scroll to the number in hand."""
        self.keep_in_sight(self._in_hand)

    def on_resize(self) -> None:
        """Keep the number in hand in sight, as where the line that tells of it has taken a row."""
        self.keep_number_in_sight()

    @property
    def first_line_in_sight(self) -> int:
        """The first line of the cell that is in sight, counted from 0."""
        rows, top = self.rows, self.scroll_offset.y
        return rows[top].line if top < len(rows) else 0

    def on_click(self, event: Click) -> None:
        """Tell where the mouse points; a second click selects a word, as in other text."""
        cell = self._sight.cell
        if event.chain > 1 or cell is None or self.screen.selections:
            return
        place = self.place_at(event.screen_x, event.screen_y)
        lines = cell.source.split("\n")
        if place.y < len(lines):
            self.post_message(self.Pointed(place.y, column_of_shown(lines[place.y], place.x)))

    def _dial_span(self, sight: Sight) -> tuple[int, int, int] | None:
        """The line of the number in hand, and from where to where it is shown there."""
        dial, cell = sight.dial, sight.cell
        if dial is None or cell is None:
            return None
        line = cell.source.split("\n")[dial.line]
        return dial.line, shown_column(line, dial.start), shown_column(line, dial.end)


def _with_lit(
    strips: Sequence[Strip], rows: Sequence[Row], line: int, start: int, end: int, look: Look
) -> list[Strip]:
    """The strips with a part of a line lit."""
    colour = look.palette.accent if look.has_colours else None
    span = StyledSpan(start, end, Style(color=colour, reverse=True, bold=True))
    return [
        with_spans(strip, row, [span]) if row.line == line and row.length else strip
        for strip, row in zip(strips, rows, strict=True)
    ]
