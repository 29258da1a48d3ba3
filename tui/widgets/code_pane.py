"""The pane with the step's code: numbered as in its file, the running line marked."""

from __future__ import annotations

from engine.lesson import Cell
from tui.look import Look
from tui.rendering.code import draw_code, rows_of_line
from tui.widgets.strip_pane import StripPane


class CodePane(StripPane):
    """Shows a cell, and the line that is running in it."""

    def __init__(self) -> None:
        super().__init__("code")
        self._cell: Cell | None = None
        self._line: int | None = None

    def show_cell(self, cell: Cell | None, line: int | None, look: Look) -> None:
        """Show a cell with `line` (of the file) marked, and keep that line in sight."""
        if cell is None:
            self.show_sentence(look.translate("This step has no code."), look)
            return
        width = self.text_width
        self.show(draw_code(cell.source, cell.line, line, width, look.palette, look.glyphs))
        if line is not None and (cell, line) != (self._cell, self._line):
            rows = rows_of_line(cell.source, cell.line, line, width, look.palette, look.glyphs)
            self.keep_in_sight(rows)
        if cell is not self._cell:
            self.scroll_home(animate=False)
        self._cell, self._line = cell, line
