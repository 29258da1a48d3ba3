"""Lines in colours, cut where they have no room; text alone is cut in `widths`."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from tui.rendering.widths import cell_width


def cut_strip(strip: Strip, width: int, ellipsis: str = "…") -> Strip:
    """A line in at most `width` cells, with `ellipsis` at its end where something was left out."""
    if strip.cell_length <= width:
        return strip
    kept = list(strip.crop(0, max(width - cell_width(ellipsis), 0)))
    last = kept[-1].style if kept else None
    return Strip([*kept, Segment(ellipsis, last)]).crop(0, width)
