"""The pane with the step's code: numbered as in its file, the line that runs or is next marked."""

from __future__ import annotations

from collections.abc import Sequence

from tui.look import Look
from tui.player.sight import Sight
from tui.rendering.code import Moment, draw_code, rows_of_code, rows_of_line
from tui.rendering.edited import with_signs, with_trouble, with_warnings
from tui.rendering.made import with_made
from tui.rendering.rows import Row
from tui.widgets.text_pane import TextPane


class CodePane(TextPane):
    """Shows a cell as the learner has it, and the line that is running in it, or that runs next."""

    def __init__(self) -> None:
        super().__init__("code")
        self._sight = Sight(None, None, Moment.RUNNING)

    def show_sight(self, sight: Sight, look: Look) -> None:
        """Show a cell with its line marked, and keep that line in sight."""
        cell, line = sight.cell, sight.line
        if cell is None:
            self.show_sentence(look.translate("This step has no code."), look)
            return
        width = self.text_width
        source, first = cell.source, cell.line
        palette, glyphs = look.palette, look.glyphs
        strips = draw_code(source, first, line, width, palette, glyphs, sight.moment)
        made = [
            (one, rows_of_line(source, first, one.line, width, palette, glyphs))
            for one in sight.made
        ]
        shown: Sequence[Row] = rows_of_code(source, first, width, palette, glyphs)
        strips = with_made(strips, made, width, palette, glyphs)
        strips = with_signs(strips, shown, sight.edited, palette, glyphs)
        strips = with_warnings(strips, shown, sight.warned, palette, glyphs)
        if line is not None and sight.trouble:
            at, said = line - first, sight.trouble
            strips, shown = with_trouble(strips, shown, at, said, width, palette, glyphs)
        self.show_text(strips, shown)
        before = self._sight.cell
        if before is None or before.line != first:
            self.scroll_home(animate=False)
        if line is not None and (cell, line) != (before, self._sight.line):
            rows = rows_of_line(source, first, line, width, palette, glyphs)
            self.keep_in_sight(rows)
        self._sight = sight
