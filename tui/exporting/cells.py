"""A drawing of a terminal's cells as SVG: every cell in its place, whichever fonts there are.

Dots of braille, parts of blocks and lines are drawn as what they show, all others as letters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from rich.style import Style
from textual.strip import Strip

from tui.exporting.colours import PageColours
from tui.rendering.widths import clusters

_WIDTH, _HEIGHT = 8.0, 17.0
_BASELINE = 12.8
_MARGIN = 8.0
_BRAILLE = range(0x2800, 0x2900)
# The column and the row of each dot of braille, in the order of its bits.
_DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
_RADIUS = 1.3

_Box = tuple[float, float, float, float]
_QUARTERS = ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5))
# Which quarters of a cell are filled: upper left 1, upper right 2, lower left 4, lower right 8.
_BY_QUARTERS = {
    "▖": 4, "▗": 8, "▘": 1, "▙": 13, "▚": 9, "▛": 7, "▜": 11, "▝": 2, "▞": 6, "▟": 14,
    "▀": 3, "▄": 12, "█": 15, "▌": 5, "▐": 10,
}  # fmt: skip
# Which of its four arms a line has: up 1, right 2, down 4, left 8.
_ARMS = {
    "│": 5, "─": 10, "┌": 6, "┐": 12, "└": 3, "┘": 9, "├": 7, "┤": 13, "┬": 14, "┴": 11, "┼": 15,
    "╭": 6, "╮": 12, "╰": 3, "╯": 9,
}  # fmt: skip
_THICK_X, _THICK_Y = 1.1 / _WIDTH, 1.1 / _HEIGHT
_BY_ARM: tuple[_Box, ...] = (
    (0.5 - _THICK_X / 2, 0, _THICK_X, 0.5),
    (0.5, 0.5 - _THICK_Y / 2, 0.5, _THICK_Y),
    (0.5 - _THICK_X / 2, 0.5, _THICK_X, 0.5),
    (0, 0.5 - _THICK_Y / 2, 0.5, _THICK_Y),
)
_SHADES = "░▒▓"
_LOWER_EIGHTHS = "▁▂▃▄▅▆▇"
_LEFT_EIGHTHS = "▉▊▋▌▍▎▏"


def drawing_svg(
    strips: Sequence[Strip], colours: PageColours, title: str, description: str = ""
) -> str:
    """Rows of cells as one SVG image with a title; its style sheet is that of the page."""
    columns = max((strip.cell_length for strip in strips), default=1)
    size = [_n(2 * _MARGIN + length) for length in (columns * _WIDTH, len(strips) * _HEIGHT)]
    corner = _n(-_MARGIN)
    papers, marks = _Paths(), _Paths()
    letters: list[str] = []
    for row, strip in enumerate(strips):
        top = row * _HEIGHT
        for column, text, style in _runs(strip):
            paper = colours.paper(style)
            if paper:
                cells = sum(cells for _, cells in clusters(text))
                papers.add(paper, _box(column * _WIDTH, top, (0, 0, cells, 1)))
            letters += _letters(column, top, text, style, colours, marks)
    return "\n".join(
        [
            f'<svg class="cells" role="img" viewBox="{corner} {corner} {size[0]} {size[1]}" '
            f'width="{size[0]}" height="{size[1]}" xmlns="http://www.w3.org/2000/svg">',
            f"<title>{escape(title)}</title>",
            *([f"<desc>{escape(description)}</desc>"] if description else []),
            *papers.written(),
            *marks.written(),
            *letters,
            "</svg>",
        ]
    )


class _Paths:
    """Shapes by the classes that they have, each class as one path."""

    def __init__(self) -> None:
        self._shapes: dict[str, list[str]] = defaultdict(list)

    def add(self, classes: str, shape: str) -> None:
        self._shapes[classes].append(shape)

    def written(self) -> Iterator[str]:
        for classes, shapes in self._shapes.items():
            yield f'<path class="{classes}" d="{"".join(shapes)}"/>'


def _runs(strip: Strip) -> Iterator[tuple[int, str, Style | None]]:
    """Each segment of a row, and how many cells from the left it begins."""
    column = 0
    for text, style, _ in strip:
        yield column, text, style
        column += sum(cells for _, cells in clusters(text))


def _letters(
    column: int,
    top: float,
    text: str,
    style: Style | None,
    colours: PageColours,
    marks: _Paths,
) -> Iterator[str]:
    """The words of a segment as text; what is made of dots and blocks goes to the marks."""
    begin, word, cells_of_word = column, "", 0

    def ended() -> Iterable[str]:
        return [_text(begin, top, word, cells_of_word, style, colours)] if word.strip() else []

    for cluster, cells in clusters(text):
        shapes = _shapes(column * _WIDTH, top, cluster)
        if shapes is None and cluster != " ":
            # What is two cells wide is put into its place by itself.
            if word and cells == 2:
                yield from ended()
                word = ""
            if not word:
                begin, cells_of_word = column, 0
            word, cells_of_word = word + cluster, cells_of_word + cells
            if cells == 2:
                yield from ended()
                word = ""
        else:
            yield from ended()
            word = ""
            if shapes:
                shade = _SHADES.find(cluster) + 1
                classes = colours.ink(style, is_text=False) or "mark"
                marks.add(f"{classes} shade-{shade}" if shade else classes, shapes)
        column += cells
    yield from ended()


def _text(
    column: int, top: float, word: str, cells: int, style: Style | None, colours: PageColours
) -> str:
    classes = colours.ink(style)
    named = f' class="{classes}"' if classes else ""
    place = f'x="{_n(column * _WIDTH)}" y="{_n(top + _BASELINE)}"'
    length = f'textLength="{_n(cells * _WIDTH)}" lengthAdjust="spacingAndGlyphs"'
    return f"<text{named} {place} {length}>{escape(word, quote=False)}</text>"


def _shapes(left: float, top: float, cluster: str) -> str | None:
    """A character of dots or blocks as a path, None for any other."""
    if len(cluster) != 1:
        return None
    code = ord(cluster)
    if code in _BRAILLE:
        return "".join(
            _dot(left + (2 * across + 1) * _WIDTH / 4, top + (2 * down + 1) * _HEIGHT / 8)
            for bit, (across, down) in enumerate(_DOTS)
            if (code - _BRAILLE.start) >> bit & 1
        )
    boxes = _boxes(cluster)
    return None if boxes is None else "".join(_box(left, top, box) for box in boxes)


def _boxes(character: str) -> list[_Box] | None:
    """What a block or a line fills of a cell: left, top, width and height, each from 0 to 1."""
    if character == "█" or character in _SHADES:
        return [(0, 0, 1, 1)]
    if character in _BY_QUARTERS:
        filled = _BY_QUARTERS[character]
        return [(*at, 0.5, 0.5) for bit, at in enumerate(_QUARTERS) if filled >> bit & 1]
    if character in _ARMS:
        return [box for bit, box in enumerate(_BY_ARM) if _ARMS[character] >> bit & 1]
    if character in _LOWER_EIGHTHS:
        height = (_LOWER_EIGHTHS.index(character) + 1) / 8
        return [(0, 1 - height, 1, height)]
    if character in _LEFT_EIGHTHS:
        return [(0, 0, (7 - _LEFT_EIGHTHS.index(character)) / 8, 1)]
    return None


def _box(left: float, top: float, box: _Box | tuple[int, int, int, int]) -> str:
    x, y, width, height = box
    across, down = width * _WIDTH, height * _HEIGHT
    start = f"M{_n(left + x * _WIDTH)} {_n(top + y * _HEIGHT)}"
    return f"{start}h{_n(across)}v{_n(down)}h{_n(-across)}z"


def _dot(x: float, y: float) -> str:
    r = _RADIUS
    return f"M{_n(x - r)} {_n(y)}a{r} {r} 0 1 0 {_n(2 * r)} 0a{r} {r} 0 1 0 {_n(-2 * r)} 0z"


def _n(number: float) -> str:
    """A number as short as it is drawn the same."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
