"""The line above a curve: the newest values, or those under the reading line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from math import isfinite

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.frame import Reading, ReducedCurve
from tui.language.catalogue import Translate, as_written
from tui.plots.runs import colour_of_run, mark_of_run
from tui.rendering.palette import Palette
from tui.rendering.widths import cell_width, cut
from tui.scrollback.wrapping import wrap_strip

_WIDEST_NAME = 16


@dataclass(frozen=True, slots=True)
class RunReading:
    """What another run of the step held at the reading line."""

    name: str
    ordinal: int
    reading: Reading


def draw_readings(
    curves: Sequence[ReducedCurve],
    width: int,
    palette: Palette,
    translate: Translate = as_written,
    *,
    runs: Sequence[RunReading] = (),
    in_ascii: bool = False,
) -> list[Strip]:
    """`at 100  cost 1.564298`: the values at the cursor, else the newest; a mean is marked ≈.

    Values of other `runs` follow, as many as have room in the last line.
    """
    cursor = curves[0].request.cursor if curves else None
    readings = [
        (curve.name, colour, reading)
        for curve, colour in zip(curves, cycle(palette.series), strict=False)
        if (reading := curve.newest if cursor is None else curve.at_cursor) is not None
    ]
    if not readings and (cursor is None or not runs):
        return []
    position = max(one.position for _, _, one in readings) if cursor is None else cursor
    where = translate("newest, at {position}" if cursor is None else "at {position}")
    parts = [Strip([Segment(where.format(position=position), Style(color=palette.dim))])]
    for name, colour, reading in readings:
        value = _value(reading, palette)
        parts.append(Strip([Segment(f"{name} ", Style(color=colour)), value]))
    lines = _in_lines(parts, max(width, 1))
    return [*lines[:-1], _with_runs(lines[-1], runs, width, palette, in_ascii=in_ascii)]


def _in_lines(parts: Sequence[Strip], width: int) -> list[Strip]:
    """Parts beside each other in lines, broken between them; within one that is too wide alone."""
    lines: list[Strip] = []
    for part in parts:
        longer = Strip([*lines[-1], Segment("  "), *part]) if lines else part
        if longer.cell_length <= width:
            lines[-1:] = [longer]
        else:
            lines += wrap_strip(part, width)
    return lines


def _with_runs(
    line: Strip, runs: Sequence[RunReading], width: int, palette: Palette, *, in_ascii: bool
) -> Strip:
    segments, used = list(line), line.cell_length
    for run in runs:
        mark = mark_of_run(run.ordinal, in_ascii=in_ascii)
        name = cut(run.name, _WIDEST_NAME, "~" if in_ascii else "…")
        style = Style(color=Color.from_rgb(*colour_of_run(run.ordinal, palette)))
        more = [Segment(f"  {mark} {name} ", style), _value(run.reading, palette)]
        used += sum(cell_width(segment.text) for segment in more)
        if used > width:
            break
        segments += more
    return Strip(segments)


def _value(reading: Reading, palette: Palette) -> Segment:
    number = format_reading(reading.value)
    return Segment(
        number if reading.is_exact else f"≈{number}", Style(color=palette.text, bold=True)
    )


def format_reading(value: float) -> str:
    """A value as the lessons print it: 1.564298, and 1.250000e-07 where that would say nothing."""
    if not isfinite(value) or value == 0:
        return f"{value:g}"
    return f"{value:.6f}" if 1e-4 <= abs(value) < 1e5 else f"{value:.6e}"
