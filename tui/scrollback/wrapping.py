"""Where a line is broken to fit into a pane, and the pieces that come of it."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from textual.strip import Strip

from tui.rendering.widths import clusters


def row_ends(text: str, width: int) -> list[int]:
    """Behind which characters `text` is broken into rows of at most `width` cells; also its end.

    It is broken behind a space where one is near the end of a row, elsewhere anywhere but inside a
    character; one that is wider than `width` stands alone. The one space between a row that is full
    and the next word counts as the row's, a cell beyond `width`: no row begins with it. Raises
    ValueError for a width below 1.
    """
    if width < 1:
        raise ValueError(f"a line cannot be wrapped to {width} cells: give a width of at least 1")
    return _ends_in_ascii(text, width) if text.isascii() else _ends(text, width)


def strips_at(strip: Strip, ends: Iterable[int]) -> list[Strip]:
    """`strip` in pieces that end behind these characters."""
    left = [(segment.text, segment.style) for segment in reversed([*strip])]
    pieces: list[Strip] = []
    start = 0
    for end in ends:
        parts: list[Segment] = []
        missing = end - start
        while missing and left:
            text, style = left.pop()
            parts.append(Segment(text[:missing], style))
            if len(text) > missing:
                left.append((text[missing:], style))
            missing -= min(len(text), missing)
        pieces.append(Strip(parts))
        start = end
    return pieces


def wrap_strip(strip: Strip, width: int) -> list[Strip]:
    """`strip` in pieces of at most `width` cells, broken as `row_ends` says.

    A space that lies beyond `width` is in none of them.
    """
    if width >= 1 and strip.cell_length <= width:
        return [strip]
    pieces = strips_at(strip, row_ends(strip.text, width))
    return [
        piece.crop(0, max(width, piece.cell_length - 1)) if piece.text.endswith(" ") else piece
        for piece in pieces
    ]


def _ends_in_ascii(text: str, width: int) -> list[int]:
    """The same where each character takes a cell: many times faster, for a flood of output."""
    ends: list[int] = []
    start = 0
    while len(text) - start > width:
        index = start + width
        word = text.rfind(" ", start, index) + 1
        is_in_word = text[index] != " " and start < word < index
        if is_in_word and index - word <= width // 2:
            start = word
        else:
            start = index + _is_one_space(text, index)
        ends.append(start)
    return [*ends, len(text)]


def _ends(text: str, width: int) -> list[int]:
    ends: list[int] = []
    # Where the piece starts, and the word that may go over to the next one whole.
    start = word = index = 0
    used = used_by_word = 0
    for cluster, cells in clusters(text):
        if index > start and used + cells > width:
            if _is_one_space(text, index):
                index += 1
                ends.append(index)
                start = word = index
                used = used_by_word = 0
                continue
            is_in_word = cluster != " " and start < word < index
            end = word if is_in_word and used_by_word <= width // 2 else index
            ends.append(end)
            used = used_by_word if end == word else 0
            start = word = end
            used_by_word = used
        used += cells
        used_by_word += cells
        index += len(cluster)
        if cluster == " ":
            word, used_by_word = index, 0
    return [*ends, len(text)]


def _is_one_space(text: str, index: int) -> bool:
    """Whether a space stands there before a word; several are there to line something up."""
    return text[index] == " " and text[index + 1 : index + 2].strip() != ""
