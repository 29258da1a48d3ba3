"""The line above a curve: the newest values, or those under the reading line."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.frame import SeriesSnapshot
from tui.language.catalogue import Translate, as_written
from tui.plots.axes import format_number
from tui.plots.readings import newest_readings, read_at
from tui.rendering.palette import Palette
from tui.rendering.scrollback import wrap_strip


def draw_readings(
    series: Sequence[SeriesSnapshot],
    cursor: int | None,
    width: int,
    palette: Palette,
    translate: Translate = as_written,
) -> list[Strip]:
    """`at 100  cost 1.564298`: the values at the cursor, else the newest; a mean is marked ≈."""
    readings = newest_readings(series) if cursor is None else read_at(series, cursor)
    if not readings:
        return []
    position = max(reading.position for reading in readings) if cursor is None else cursor
    where = translate("newest, at {position}" if cursor is None else "at {position}")
    colours = {
        one.name: palette.series[index % len(palette.series)] for index, one in enumerate(series)
    }
    segments = [Segment(where.format(position=position), Style(color=palette.dim))]
    for reading in readings:
        number = format_number(reading.value)
        segments += [
            Segment(f"  {reading.name} ", Style(color=colours[reading.name])),
            Segment(
                number if reading.exact else f"≈{number}", Style(color=palette.text, bold=True)
            ),
        ]
    return wrap_strip(Strip(segments), max(width, 1))
