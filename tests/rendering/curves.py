"""Series and drawings for the tests of curves, and what those tests look at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich.style import Style
from textual.strip import Strip

from engine.protocol.frame import EVERY_VALUE, CurveRequest, Positions, SeriesSnapshot, Span
from engine.protocol.reduction import reduce_series
from engine.protocol.samples import Samples
from tui.plots.curve import CurveDrawing, draw_curve
from tui.rendering.palette import DARK

WIDTH, HEIGHT = 60, 12


def snapshot(
    name: str, values: Sequence[float], positions: Sequence[int] | None = None
) -> SeriesSnapshot:
    """A series of which every value is still kept, one bucket for each."""
    numbers = np.asarray(values, dtype=np.float64)
    at = np.arange(1, len(numbers) + 1) if positions is None else np.asarray(positions)
    finite = np.where(np.isfinite(numbers), numbers, np.nan)
    gaps = np.flatnonzero(~np.isfinite(numbers))
    return SeriesSnapshot(
        name=name,
        count=len(numbers),
        positions=at,
        values=numbers,
        bucket_first=at,
        bucket_last=at,
        bucket_low=finite,
        bucket_high=finite,
        bucket_mean=finite,
        first_not_finite=int(at[gaps[0]]) if len(gaps) else None,
        finite=span(at[np.isfinite(numbers)]),
        infinite=span(at[np.isinf(numbers)]),
        nan=span(at[np.isnan(numbers)]),
    )


def long_series(values: np.ndarray, kept: int, each: int) -> SeriesSnapshot:
    """Positions from 1, the last `kept` values one by one, buckets of `each` values."""
    positions = np.arange(1, len(values) + 1)
    groups = values.reshape(-1, each)
    return SeriesSnapshot(
        name="cost",
        count=len(values),
        positions=positions[-kept:],
        values=values[-kept:],
        bucket_first=positions[::each],
        bucket_last=positions[each - 1 :: each],
        bucket_low=groups.min(axis=1),
        bucket_high=groups.max(axis=1),
        bucket_mean=groups.mean(axis=1),
        first_not_finite=None,
    )


def values_at(*values: float) -> Samples:
    numbers = np.array(values, dtype=np.float64)
    return Samples(np.arange(1.0, len(values) + 1), numbers, numbers, numbers)


def span(positions: Positions) -> Span | None:
    return Span(int(positions[0]), int(positions[-1])) if len(positions) else None


WHOLE = CurveRequest(EVERY_VALUE)


def draw(
    *series: SeriesSnapshot,
    request: CurveRequest = WHOLE,
    width: int = WIDTH,
    in_ascii: bool = False,
) -> CurveDrawing:
    curves = reduce_series(series, request)
    drawing = draw_curve(curves, width, HEIGHT, DARK, cursor=request.cursor, in_ascii=in_ascii)
    assert [strip.cell_length for strip in drawing.strips] == [width] * HEIGHT
    return drawing


def lines(drawing: CurveDrawing) -> list[str]:
    return [strip.text.rstrip() for strip in drawing.strips]


def plane(drawing: CurveDrawing) -> list[str]:
    """The part between legend and axis, right of the labels."""
    return [strip.text[drawing.left :] for strip in _rows(drawing)]


def labels(drawing: CurveDrawing) -> list[str]:
    """What stands beside the value axis, from top to bottom."""
    found = [strip.text[: drawing.left - 1].strip() for strip in _rows(drawing)]
    return [label for label in found if label]


def lit_columns(drawing: CurveDrawing) -> list[bool]:
    return [any(row[n] != " " for row in plane(drawing)) for n in range(drawing.width)]


def colours(drawing: CurveDrawing) -> set[str]:
    styles = [segment.style or Style() for strip in _rows(drawing) for segment in strip]
    return {style.color.get_truecolor().hex for style in styles if style.color}


def _rows(drawing: CurveDrawing) -> list[Strip]:
    """The strips between the legend and the axis of positions, under which notes may stand."""
    frame = [set(strip.text[drawing.left - 1 :]) <= set("└─┬┴┼+-") for strip in drawing.strips]
    return drawing.strips[1 : max(index for index, is_axis in enumerate(frame) if is_axis)]
