"""What a terminal shows of the bytes that were written to it: enough of one to read the player."""

from __future__ import annotations

import codecs
import re

from rich.cells import cell_len

# A place to write at; else a sequence that moves nothing (colours, modes, titles), or a character.
_TOKEN = re.compile(
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H"
    r"|\x1b\[[<-?]?[\d;]*[ -/]*[@-~]"
    r"|\x1b[\]P][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1b[^\[\]P]"
    r"|(?P<character>[^\x1b])"
)


class Screen:
    """A grid of characters, filled as the bytes come, in whatever pieces they come."""

    def __init__(self, columns: int, rows: int) -> None:
        self._grid = [[" "] * columns for _ in range(rows)]
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._unread = ""
        self._row = self._column = 0

    def feed(self, written: bytes) -> None:
        """Write; what is not whole yet waits for the rest of it."""
        text = self._unread + self._decoder.decode(written)
        end = 0
        while (token := _TOKEN.match(text, end)) is not None:
            end = token.end()
            if token["row"]:
                self._row, self._column = int(token["row"]) - 1, int(token["column"]) - 1
            elif token["character"]:
                self._write(token["character"])
        self._unread = text[end:]

    @property
    def lines(self) -> list[str]:
        """The rows from the top, without the spaces at their ends."""
        return ["".join(row).rstrip() for row in self._grid]

    @property
    def text(self) -> str:
        """All of the rows."""
        return "\n".join(self.lines)

    def _write(self, character: str) -> None:
        if character in "\r\n":
            self._column = 0
            self._row += character == "\n"
            return
        width = cell_len(character)
        if self._row < len(self._grid) and self._column + width <= len(self._grid[0]):
            # A wide character fills its second cell with nothing.
            cells = [character, *[""] * (width - 1)] if width else []
            self._grid[self._row][self._column : self._column + width] = cells
        self._column += width
