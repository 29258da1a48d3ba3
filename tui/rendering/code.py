"""Python source as numbered, highlighted and wrapped lines; what runs is told, never asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from itertools import accumulate

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.rendering.code_rows import GOES_ON, rows_of
from tui.rendering.glyphs import UNICODE, Glyphs
from tui.rendering.palette import Palette
from tui.rendering.rows import Row
from tui.rendering.widths import cell_width

TAB_SIZE = 4
NARROWEST_TEXT = 8
ROOM_FOR_NUMBER = 11
"""The cells of a rounded number and of the gap before it."""

TokenPath = tuple[str, ...]


class LineTime(Enum):
    """When the marked line runs: now, or next."""

    RUNNING = auto()
    NEXT = auto()


@lru_cache(maxsize=64)
def highlight(source: str, palette: Palette) -> tuple[Strip, ...]:
    """The lines of `source` in colour, one strip each, neither numbered nor wrapped."""
    styles = _token_styles(palette)
    lines: list[list[Segment]] = [[]]
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    for kind, text in lexer.get_tokens(source.expandtabs(TAB_SIZE)):
        style = _style_of(kind, styles)
        first, *others = text.split("\n")
        lines[-1].append(Segment(first, style))
        lines.extend([Segment(other, style)] for other in others)
    return tuple(Strip(_visible(line)) for line in lines)


def draw_code(
    source: str,
    first_line: int,
    marked: int | None,
    width: int,
    palette: Palette,
    glyphs: Glyphs = UNICODE,
    moment: LineTime = LineTime.RUNNING,
    telling: frozenset[int] = frozenset(),
) -> list[Strip]:
    """`source` as numbered lines of at most `width` cells, the line `marked` marked.

    `first_line` is the number in its file of the first line of `source`, and `marked` is such a
    number too. Lines that are too long go on in further rows, each with a mark before it; those of
    `telling`, which count from 0, leave room for a number at their end. All but the marked line is
    kept from one call to the next, so that a call in which only `marked` moved costs next to
    nothing.
    """
    layout = _lay_out(source, first_line, width, palette, glyphs, telling)
    strips = list(layout.strips)
    if marked is None or not layout.first_line <= marked <= layout.last_line:
        return strips
    rows = layout.rows(marked)
    strips[rows.start : rows.stop] = _mark(layout, marked, width, palette, glyphs, moment)
    return strips


def rows_of_line(
    source: str,
    first_line: int,
    line: int,
    width: int,
    palette: Palette,
    glyphs: Glyphs = UNICODE,
    telling: frozenset[int] = frozenset(),
) -> range:
    """The rows of `draw_code` that hold the file's line `line`; none where `source` lacks it."""
    layout = _lay_out(source, first_line, width, palette, glyphs, telling)
    if not layout.first_line <= line <= layout.last_line:
        return range(0)
    return layout.rows(line)


def rows_of_code(
    source: str,
    first_line: int,
    width: int,
    palette: Palette,
    glyphs: Glyphs = UNICODE,
    telling: frozenset[int] = frozenset(),
) -> tuple[Row, ...]:
    """What each row of `draw_code` shows of `source`, whose lines count from 0 here."""
    return _lay_out(source, first_line, width, palette, glyphs, telling).shown


def ground_of(moment: LineTime, palette: Palette) -> Style:
    """The colour behind a line that is marked, and the weight that it has without colours too."""
    colour = {LineTime.RUNNING: palette.running_line, LineTime.NEXT: palette.next_line}[moment]
    return Style(bgcolor=colour, bold=True)


def mark_of_line(moment: LineTime, palette: Palette, glyphs: Glyphs) -> Segment:
    """What is put before a line that is marked."""
    glyph = {LineTime.RUNNING: glyphs.running, LineTime.NEXT: glyphs.standing}[moment]
    return Segment(glyph, Style(color=palette.accent, bold=True))


def shown_column(line: str, column: int) -> int:
    """Where a character of a line is shown, whose tabs are spaces there."""
    return len(line[:column].expandtabs(TAB_SIZE))


def column_of_shown(line: str, shown: int) -> int:
    """The character of a line that is shown at a column."""
    if "\t" not in line:
        return shown
    columns = range(len(line))
    return next((at for at in columns if shown_column(line, at + 1) > shown), len(line))


def visible(source: str) -> str:
    """`source` with a dot in place of each character that shows nothing; lines and tabs stay."""
    if source.isprintable():
        return source
    return "".join(c if c.isprintable() or c in "\n\t" else "·" for c in source)


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """The rows of a cell of code, what they show, and the row at which each line begins."""

    first_line: int
    strips: tuple[Strip, ...]
    shown: tuple[Row, ...]
    starts: tuple[int, ...]

    @property
    def last_line(self) -> int:
        return self.first_line + len(self.starts) - 1

    def rows(self, line: int) -> range:
        index = line - self.first_line
        after = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.strips)
        return range(self.starts[index], after)


@lru_cache(maxsize=32)
def _lay_out(
    source: str,
    first_line: int,
    width: int,
    palette: Palette,
    glyphs: Glyphs,
    telling: frozenset[int],
) -> _Layout:
    lines = highlight(source, palette)
    digits = len(str(first_line + len(lines) - 1))
    number_style = Style(color=palette.dim)
    gutter = cell_width(glyphs.running) + digits + 1
    room = max(NARROWEST_TEXT, width - gutter)
    strips: list[Strip] = []
    shown: list[Row] = []
    starts: list[int] = []
    for number, line in enumerate(lines):
        starts.append(len(strips))
        label, column = f"{first_line + number:>{gutter - 1}} ", 0
        for margin, row in _wrap(line, room, ROOM_FOR_NUMBER if number in telling else 0):
            strip = Strip([Segment(label + margin, number_style), *row])
            length = sum(len(segment.text) for segment in row)
            shown.append(Row(number, column, len(label + margin), length))
            strips.append(strip.crop(0, width))
            label, column = f"{GOES_ON:>{gutter - 1}} ", column + length
    return _Layout(first_line, tuple(strips), tuple(shown), tuple(starts))


@lru_cache(maxsize=256)
def _mark(
    layout: _Layout, line: int, width: int, palette: Palette, glyphs: Glyphs, moment: LineTime
) -> tuple[Strip, ...]:
    """The rows of one line with the mark of its moment, and its ground over the full width."""
    ground, mark = ground_of(moment, palette), mark_of_line(moment, palette, glyphs)
    marked: list[Strip] = []
    for row in layout.rows(line):
        strip = layout.strips[row]
        if not marked:
            rest = strip.crop(cell_width(glyphs.running))
            strip = Strip([mark, *rest]).crop(0, width)
        marked.append(strip.adjust_cell_length(width).apply_style(ground))
    return tuple(marked)


def _wrap(line: Strip, width: int, spare: int) -> Iterator[tuple[str, list[Segment]]]:
    """The rows of one line of code: further ones are indented deeper than the line itself.

    What is only the indentation of a row stands apart.
    """
    text = line.text
    rows = [*rows_of(text, width, spare)]
    ends = accumulate(cell_width(text[begin:end]) for _, begin, end in rows)
    # All at once: a line of code can have thousands of rows.
    for (margin, _, _), row in zip(rows, line.divide([*ends]), strict=True):
        yield " " * margin, list(row)


def _visible(line: list[Segment]) -> list[Segment]:
    """The segments of a line without those that show nothing, and control characters as a dot."""
    return [Segment(visible(segment.text), segment.style) for segment in line if segment.text]


@lru_cache(maxsize=8)
def _token_styles(palette: Palette) -> dict[TokenPath, Style]:
    """A style for each kind of token that has one of its own; others take that of their parent."""
    name = Style(color=palette.series[0])
    return {
        Comment: Style(color=palette.dim, italic=True),
        Keyword: Style(color=palette.series[3]),
        Keyword.Constant: Style(color=palette.warning),
        Operator.Word: Style(color=palette.series[3]),
        String: Style(color=palette.good),
        String.Interpol: Style(color=palette.warning),
        Number: Style(color=palette.warning),
        Name.Builtin: name,
        Name.Decorator: name,
        Name.Function: name,
        Name.Class: name + Style(bold=True),
        Name.Exception: name,
    }


def _style_of(kind: TokenPath, styles: dict[TokenPath, Style]) -> Style | None:
    for length in range(len(kind), 0, -1):
        if style := styles.get(kind[:length]):
            return style
    return None
