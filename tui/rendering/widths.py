"""Text measured in terminal cells, where Korean takes two and an accent none; no styles enter."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, get_character_cell_size

ZERO_WIDTH_JOINER = "\u200d"


def cell_width(text: str) -> int:
    """How many terminal cells `text` takes."""
    return cell_len(text)


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """`text` in at most `width` cells, with `ellipsis` at its end where something was left out."""
    if cell_len(text) <= width:
        return text
    kept, _ = split_at(text, max(0, width - cell_len(ellipsis)))
    return kept + split_at(ellipsis, width)[0]


def pad(text: str, width: int, ellipsis: str = "…") -> str:
    """`text` in exactly `width` cells: cut, or filled with spaces on its right."""
    shown = cut(text, width, ellipsis)
    return shown + " " * (width - cell_len(shown))


def pad_left(text: str, width: int, ellipsis: str = "…") -> str:
    """`text` in exactly `width` cells: cut, or filled with spaces on its left."""
    shown = cut(text, width, ellipsis)
    return " " * (width - cell_len(shown)) + shown


def split_at(text: str, width: int) -> tuple[str, str]:
    """The part of `text` that fits into `width` cells, and the rest.

    A double-width character is never halved, and a mark stays with the letter that carries it.
    """
    if text.isascii():
        return text[:width], text[width:]
    end = used = 0
    for cluster, width_of_cluster in clusters(text):
        used += width_of_cluster
        if used > width:
            break
        end += len(cluster)
    return text[:end], text[end:]


def pieces(text: str, width: int) -> list[str]:
    """`text` in pieces of at most `width` cells, one or more; a wider character stands alone."""
    parts = [""]
    used = 0
    for cluster, width_of_cluster in clusters(text):
        if parts[-1] and used + width_of_cluster > width:
            parts.append("")
            used = 0
        parts[-1] += cluster
        used += width_of_cluster
    return parts


def wrap_words(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken between words, and within one too long."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if cell_len(longer) <= width:
            lines[-1] = longer
            continue
        lines += pieces(word, width)
    return lines if lines[0] or len(lines) == 1 else lines[1:]


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """Each character with what combines with it, and its width in cells (a Hangul syllable: 2)."""
    cluster = ""
    for character in text:
        joins = cluster.endswith(ZERO_WIDTH_JOINER) or not get_character_cell_size(character)
        if cluster and not joins:
            yield cluster, cell_len(cluster)
            cluster = ""
        cluster += character
    if cluster:
        yield cluster, cell_len(cluster)
