"""One line of a scrollback, written over as in a terminal; it knows nothing of other lines."""

from __future__ import annotations

from itertools import groupby

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from engine.protocol.pictures import Picture
from tui.rendering.widths import clusters
from tui.scrollback.ansi import PLAIN, Pen, apply_sgr, style_of


class Line:
    """One line, as runs of text in one pen; what lies beyond its limit it forgets, and ends in "…".

    ``cut`` says whether it has; ``version`` counts how often the line has been written to.
    """

    __slots__ = ("_limit", "_strip", "cut", "runs", "version")

    def __init__(self, text: str, pen: Pen, limit: int) -> None:
        self._limit = limit
        self._strip: Strip | None = None
        self.version = 0
        self.cut = len(text) > limit
        self.runs: list[tuple[str, Pen]] = [(text[:limit], pen)] if text else []

    def copy(self) -> Line:
        """Another line of the same text, which is written to by itself."""
        other = Line("", PLAIN, self._limit)
        other._strip, other.cut, other.runs = self._strip, self.cut, [*self.runs]
        return other

    @property
    def text(self) -> str:
        """The line without colours."""
        written = "".join(text for text, _ in self.runs)
        return written + _CUT if self.cut else written

    @property
    def strip(self) -> Strip:
        """The line to be drawn; the same object until the line is written to."""
        if self._strip is None:
            segments = [Segment(text, style_of(pen)) for text, pen in self.runs]
            if self.cut:
                segments.append(Segment(_CUT, style_of(apply_sgr(PLAIN, "2"))))
            self._strip = Strip(segments)
        return self._strip

    def put(self, column: int, text: str, pen: Pen) -> int:
        """Writes over what stands at `column`; returns the column behind what was written."""
        self._touch()
        if len(text) > self._limit - column:
            self.cut = True
            text = text[: max(self._limit - column, 0)]
            if not text:
                return column
        width, length = cell_len(text), self._length
        if column >= length:
            self.pad(column)
            self._append(text, pen)
        elif column == 0 and width >= length:
            self.runs = [(text, pen)]
        else:
            cells = self._cells()
            cells[column : column + width] = _cells_of(text, pen)
            self._set_cells(cells)
        return column + width

    def pad(self, column: int) -> None:
        """Makes the line at least `column` cells long, with spaces."""
        missing = column - self._length
        if missing > 0:
            self._touch()
            self._append(" " * missing, PLAIN)

    def erase(self, column: int, extent: int) -> None:
        """Erases as ESC [ `extent` K does at `column`: 0 to the end, 1 to the start, 2 all."""
        self._touch()
        cells = self._cells()
        match extent:
            case 0:
                del cells[column:]
            case 1:
                blank = min(column + 1, len(cells))
                cells[:blank] = [(" ", PLAIN)] * blank
            case 2:
                cells = []
        self.cut = self.cut and extent == 1
        self._set_cells(cells)

    def _touch(self) -> None:
        self._strip = None
        self.version += 1

    @property
    def _length(self) -> int:
        return sum(cell_len(text) for text, _ in self.runs)

    def _append(self, text: str, pen: Pen) -> None:
        if not text:
            return
        if self.runs and self.runs[-1][1] == pen:
            self.runs[-1] = (self.runs[-1][0] + text, pen)
        else:
            self.runs.append((text, pen))

    def _cells(self) -> list[tuple[str, Pen]]:
        return [cell for text, pen in self.runs for cell in _cells_of(text, pen)]

    def _set_cells(self, cells: list[tuple[str, Pen]]) -> None:
        """Takes cells back; half of a character that was overwritten becomes a space."""
        whole = [
            (" ", pen) if _is_half(cells, index) else (text, pen)
            for index, (text, pen) in enumerate(cells)
        ]
        self.runs = [
            ("".join(text for text, _ in run), pen)
            for pen, run in groupby(whole, key=lambda cell: cell[1])
        ]


class PictureLine(Line):
    """A line of words that stand under a picture; where they are written over, it is gone."""

    __slots__ = ("number", "picture")

    def __init__(self, number: int, picture: Picture | None, words: str, limit: int) -> None:
        super().__init__(words, _DIM, limit)
        self.number = number
        self.picture = picture

    def copy(self) -> PictureLine:
        """Another line of the same words and picture."""
        other = PictureLine(self.number, self.picture, "", self._limit)
        other._strip, other.cut, other.runs = self._strip, self.cut, [*self.runs]
        return other

    def put(self, column: int, text: str, pen: Pen) -> int:
        """Writes over the words."""
        self.picture = None
        return super().put(column, text, pen)

    def erase(self, column: int, extent: int) -> None:
        """Erases the words, or a part of them."""
        self.picture = None
        super().erase(column, extent)


def _is_half(cells: list[tuple[str, Pen]], index: int) -> bool:
    text = cells[index][0]
    if not text:
        return cell_len(cells[index - 1][0]) != 2
    if text.isascii():
        return False
    is_alone = index + 1 == len(cells) or cells[index + 1][0] != ""
    return is_alone and cell_len(text) == 2


def _cells_of(text: str, pen: Pen) -> list[tuple[str, Pen]]:
    """One entry for each cell: a character of two cells is followed by an empty one."""
    if text.isascii():
        return [(character, pen) for character in text]
    cells: list[tuple[str, Pen]] = []
    for cluster, width in clusters(text):
        cells.append((cluster, pen))
        cells += [("", pen)] * (width - 1)
    return cells


_DIM = apply_sgr(PLAIN, "2")
_CUT = "…"
