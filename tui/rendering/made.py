"""What a line of code has made, in the few cells that are left at its right end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.made import LineMade, Made
from tui.rendering.glyphs import Glyphs
from tui.rendering.palette import Palette
from tui.rendering.widths import cell_width

_GAP = 2


def with_made(
    strips: Sequence[Strip],
    rows: Iterable[tuple[LineMade, range]],
    width: int,
    palette: Palette,
    glyphs: Glyphs,
) -> list[Strip]:
    """Lines of code of at most `width` cells, and at the right end of some what they have made.

    `rows` has for each of these lines its rows among `strips`. The first row that has room says
    it, in as many words as fit; what is new is lit. What a line has beyond `width` stays.
    """
    drawn = list(strips)
    for line, places in rows:
        style = Style(color=palette.accent, bold=True) if line.is_new else Style(color=palette.dim)
        for row in places:
            used = cell_width(drawn[row].text.rstrip())
            words = next(
                (one for one in _wordings(line, glyphs) if used + _GAP + cell_width(one) <= width),
                None,
            )
            if words:
                drawn[row] = _ended(drawn[row], Segment(words, style), width)
                break
    return drawn


def _ended(strip: Strip, words: Segment, width: int) -> Strip:
    """A line that ends with these words, on the ground that it has."""
    room = width - cell_width(words.text)
    grounds = [segment.style.bgcolor for segment in strip if segment.style is not None]
    ground = grounds[-1] if grounds else None
    end = Strip([words]).apply_style(Style(bgcolor=ground)) if ground else Strip([words])
    return Strip([*strip.crop(0, room).extend_cell_length(room), *end, *strip.crop(width)])


def _wordings(line: LineMade, glyphs: Glyphs) -> list[str]:
    """What can be said of a line, the longest first; of several, the last are left out first."""
    changed = [f"{glyphs.changed} {name}" for name in line.changed]
    whole = [_words(one, glyphs) for one in line.values]
    without_bars = [_shape(one) or _words(one, glyphs) for one in line.values]
    if len(whole) + len(changed) == 1:
        rounded = [_rounded(one.number) for one in line.values if one.number is not None]
        return [*whole, *without_bars, *changed, *rounded]
    names = [one.name for one in line.values]
    named = [f"{name} {words}" for name, words in zip(names, whole, strict=True)]
    short = [f"{name} {words}" for name, words in zip(names, without_bars, strict=True)]
    items = [*short, *changed]
    all_told = ([*named, *changed], items, [*without_bars, *changed])
    first = [items[:count] for count in range(len(items) - 1, 0, -1)]
    return [
        *("  ".join(one) for one in all_told),
        *(f"{'  '.join(one)} {glyphs.ellipsis}" for one in first),
    ]


def _words(made: Made, glyphs: Glyphs) -> str:
    if made.number is not None:
        return f"{made.number:.6g}"
    if made.length is not None:
        return f"×{made.length}" if glyphs.ellipsis == "…" else f"x{made.length}"
    bars = _histogram(made.bars, glyphs)
    return f"{_shape(made)} {bars}" if bars else _shape(made)


def _rounded(number: float) -> str:
    """A number in five characters, or few more."""
    return f"{number:.0f}" if 1000 <= abs(number) < 100_000 else f"{number:.3g}"


def _shape(made: Made) -> str:
    return "" if made.shape is None else f"[{', '.join(map(str, made.shape))}]"


def _histogram(bars: Sequence[int], glyphs: Glyphs) -> str:
    """Counts as columns; one that holds something is seen, however little that is."""
    highest, top = max(bars, default=0), len(glyphs.histogram) - 1
    if not highest:
        return ""
    return "".join(
        glyphs.histogram[max(round(top * count / highest), 1)] if count else glyphs.histogram[0]
        for count in bars
    )
