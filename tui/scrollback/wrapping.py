"""Lines of an output broken where a pane is narrower; no widget may enter."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.rendering.widths import clusters


def wrap_strip(strip: Strip, width: int) -> list[Strip]:
    """`strip` in pieces of at most `width` cells, broken behind a space where one is near the end.

    Elsewhere it is broken anywhere but inside a character; one that is wider than `width` stands
    alone. Raises ValueError for a width below 1.
    """
    if width < 1:
        raise ValueError(f"a line cannot be wrapped to {width} cells: give a width of at least 1")
    if strip.cell_length <= width:
        return [strip]
    characters = [
        (cluster, cells, segment.style)
        for segment in strip
        for cluster, cells in clusters(segment.text)
    ]
    pieces: list[Strip] = []
    # Where the piece starts, and the word that may go over to the next one whole.
    start = word = 0
    used = used_by_word = 0
    for index, (cluster, cells, _) in enumerate(characters):
        if index > start and used + cells > width:
            is_in_word = cluster != " " and start < word < index
            end = word if is_in_word and used_by_word <= width // 2 else index
            pieces.append(_strip_of(characters[start:end]))
            used = used_by_word if end == word else 0
            start = word = end
            used_by_word = used
        used += cells
        used_by_word += cells
        if cluster == " ":
            word, used_by_word = index + 1, 0
    return [*pieces, _strip_of(characters[start:])]


def _strip_of(characters: Iterable[tuple[str, int, Style | None]]) -> Strip:
    return Strip(
        Segment("".join(cluster for cluster, _, _ in run), style)
        for style, run in groupby(characters, key=itemgetter(2))
    )
