"""The line above a curve: the newest values, or those under the reading line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from math import isfinite

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.frame import ReducedCurve
from tui.language.catalogue import Translate, as_written
from tui.rendering.palette import Palette
from tui.rendering.scrollback import wrap_strip


def draw_readings(
    curves: Sequence[ReducedCurve],
    width: int,
    palette: Palette,
    translate: Translate = as_written,
) -> list[Strip]:
    """`at 100  cost 1.564298`: the values at the cursor, else the newest; a mean is marked ≈."""
    cursor = curves[0].request.cursor if curves else None
    readings = [
        (curve.name, colour, reading)
        for curve, colour in zip(curves, cycle(palette.series), strict=False)
        if (reading := curve.newest if cursor is None else curve.at_cursor) is not None
    ]
    if not readings:
        return []
    position = max(one.position for _, _, one in readings) if cursor is None else cursor
    where = translate("newest, at {position}" if cursor is None else "at {position}")
    segments = [Segment(where.format(position=position), Style(color=palette.dim))]
    for name, colour, reading in readings:
        number = format_reading(reading.value)
        segments += [
            Segment(f"  {name} ", Style(color=colour)),
            Segment(
                number if reading.is_exact else f"≈{number}", Style(color=palette.text, bold=True)
            ),
        ]
    return wrap_strip(Strip(segments), max(width, 1))


def format_reading(value: float) -> str:
    """A value as the lessons print it: 1.564298, and 1.250000e-07 where that would say nothing."""
    if not isfinite(value) or value == 0:
        return f"{value:g}"
    return f"{value:.6f}" if 1e-4 <= abs(value) < 1e5 else f"{value:.6e}"
