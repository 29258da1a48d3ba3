"""Cost curves as text: series in, strips out; no widget, no clock, no state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.lesson.printable import printable
from engine.protocol.frame import SeriesSnapshot
from tui.language.catalogue import Translate, as_written
from tui.plots.axes import log_ticks, value_ticks
from tui.plots.not_finite import not_finite_words
from tui.plots.plot import plot, plot_in_ascii
from tui.plots.raster import (
    ASCII_FAINT,
    ASCII_MARKS,
    MARKS,
    RGB,
    Cells,
    Layer,
    Plane,
    as_rgb,
    draw_ascii,
    draw_braille,
)
from tui.plots.reduction import (
    Samples,
    bounds,
    column_at,
    logarithm,
    samples_between,
    smoothed_between,
)
from tui.rendering.cells import pad_left, wrap_words
from tui.rendering.palette import Palette


class Scale(Enum):
    """How the values are spread over the height of the pane."""

    LINEAR = "linear"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class CurveOptions:
    """How the learner wants to see the curves.

    ``smoothing`` is the weight of an exponential moving average, from 0 (none) to below 1;
    ``zoom`` the fraction of the positions that is shown, the last ones (1.0: all);
    ``cursor`` the position at which a vertical line stands; ``ascii`` asks for plain ASCII.
    """

    scale: Scale = Scale.LINEAR
    smoothing: float = 0.0
    zoom: float = 1.0
    cursor: int | None = None
    ascii: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.smoothing < 1:
            raise ValueError(f"smoothing is {self.smoothing}: give a weight from 0 to below 1")
        if not 0 < self.zoom <= 1:
            raise ValueError(f"zoom is {self.zoom}: give a fraction above 0, at most 1")


@dataclass(frozen=True, slots=True, eq=False)
class CurveDrawing:
    """A drawing and where the curves lie in it.

    They begin at column ``left`` and are ``columns`` wide (0 where a sentence stands in place of
    curves), from position ``first`` to ``last``.
    """

    strips: list[Strip]
    left: int = 0
    columns: int = 0
    first: int = 0
    last: int = 0

    def position_at(self, column: int) -> int | None:
        """The position drawn at `column` of the drawing, None beside the curves."""
        across = column - self.left
        if not 0 <= across < self.columns:
            return None
        share = (2 * across + 0.5) / (2 * self.columns - 1)
        return self.first + round(share * (self.last - self.first))

    def column_of(self, position: int) -> int | None:
        """The column of the drawing at which `position` is drawn, None where it is not shown."""
        if not self.columns or not self.first <= position <= self.last:
            return None
        at = column_at(np.array([position], np.float64), self.first, self.last, 2 * self.columns)
        return self.left + int(at[0]) // 2


def draw_curve(
    series: Sequence[SeriesSnapshot],
    width: int,
    height: int,
    options: CurveOptions,
    palette: Palette,
    translate: Translate = as_written,
) -> CurveDrawing:
    """The curves of `series` as `height` strips of `width` cells.

    Where there is nothing to draw, or no room, a sentence says so instead.
    """
    curves = _curves(series, options, palette)
    if not curves:
        rejected = translate("{name} is {reason}.")
        reasons = [
            rejected.format(name=one.name, reason=one.rejected) for one in series if one.rejected
        ]
        waiting = translate("No values yet: the curve begins with the first one.")
        return _sentence(" ".join(reasons) or waiting, width, height)
    first, last = _shown_positions(curves, options.zoom)
    samples = [samples_between(curve.series, first, last) for curve in curves]
    weight = options.smoothing
    averages = [smoothed_between(c.series, first, last, weight) for c in curves] if weight else []
    note = ""
    if options.scale is Scale.LOG:
        if any((part.low <= 0).any() for part in samples):
            note = translate("Values at or below 0 are left out (log scale).")
        samples, averages = [logarithm(part) for part in samples], [*map(logarithm, averages)]
    gaps = [words for one in series if (words := not_finite_words(one, translate))]
    extremes = bounds(samples)
    if extremes is None:
        return _sentence(" ".join([_why_nothing(curves, note, translate), *gaps]), width, height)
    told = _told([*gaps, note], width, height // 4, palette)
    plane = _plane(first, last, extremes, width, height - 3 - len(told), options.scale)
    if plane.width < 8 or plane.height < 2:
        no_room = translate("Too little room for a curve.")
        return _sentence(" ".join([*gaps, no_room]), width, height)
    cells = _cells(plane, curves, samples, averages, options, palette)
    strips = [_legend(curves, width, options, palette, translate)]
    place = CurveDrawing([], plane.left, plane.width, first, last)
    cursor = None if options.cursor is None else place.column_of(options.cursor)
    strips += (plot_in_ascii if options.ascii else plot)(plane, cells, cursor, palette)
    strips += told
    return replace(place, strips=[strip.adjust_cell_length(width) for strip in strips])


@dataclass(frozen=True, slots=True, eq=False)
class _Curve:
    """A series that has values, and what tells its curve from the others."""

    series: SeriesSnapshot
    mark: str
    colour: RGB


_NARROWEST_LABEL = 5


def _curves(
    series: Sequence[SeriesSnapshot], options: CurveOptions, palette: Palette
) -> list[_Curve]:
    """Colour and mark go by the place in `series`, so that they stay while others begin."""
    marks = ASCII_MARKS if options.ascii else MARKS
    return [
        _Curve(one, marks[index % len(marks)], as_rgb(palette.series[index % len(palette.series)]))
        for index, one in enumerate(series)
        if one.count
    ]


def _shown_positions(curves: list[_Curve], zoom: float) -> tuple[int, int]:
    first = min(int(curve.series.bucket_first[0]) for curve in curves)
    last = max(int(curve.series.positions[-1]) for curve in curves)
    return last - round((last - first) * zoom), last


def _plane(
    first: int, last: int, extremes: tuple[float, float], width: int, height: int, scale: Scale
) -> Plane:
    lower, upper = _with_room(*extremes, scale)
    count = max(height // 3, 3)
    ticks = (log_ticks if scale is Scale.LOG else value_ticks)(lower, upper, count)
    label_width = max([_NARROWEST_LABEL, *(len(tick.label) for tick in ticks)])
    left = label_width + 1
    return Plane(first, last, lower, upper, ticks, left, width - left, height)


def _with_room(lower: float, upper: float, scale: Scale) -> tuple[float, float]:
    """Bounds that are apart, and that reach zero where it is near.

    A series that never moves is a line at half height.
    """
    largest = max(abs(lower), abs(upper))
    if scale is Scale.LOG:
        return (lower, upper) if upper - lower > 1e-7 else (lower - 0.5, upper + 0.5)
    if largest < 1e-290:
        return -1.0, 1.0
    if upper - lower <= largest * 1e-7:
        return lower - largest / 2, upper + largest / 2
    near_zero = (upper - lower) / 10
    return (0.0 if 0 < lower < near_zero else lower), (0.0 if -near_zero < upper < 0 else upper)


def _cells(
    plane: Plane,
    curves: list[_Curve],
    samples: list[Samples],
    averages: list[Samples],
    options: CurveOptions,
    palette: Palette,
) -> Cells:
    """Values as they are first, dim where an average is drawn over them."""
    ground = as_rgb(palette.ground)
    main = [
        Layer(part, curve.mark, curve.colour)
        for curve, part in zip(curves, averages or samples, strict=True)
    ]
    faint = [
        Layer(part, ASCII_FAINT, _dimmed(curve.colour, ground))
        for curve, part in zip(curves, samples, strict=True)
        if averages
    ]
    return (draw_ascii if options.ascii else draw_braille)(faint, main, plane)


def _legend(
    curves: list[_Curve],
    width: int,
    options: CurveOptions,
    palette: Palette,
    translate: Translate,
) -> Strip:
    """The names, each behind the mark of its curve, and how the curves are shown."""
    segments: list[Segment] = []
    line = "-" if options.ascii else "─"
    for curve in curves:
        style = Style(color=Color.from_rgb(*curve.colour))
        mark = curve.mark if len(curves) > 1 else line
        segments.append(Segment(f" {mark} {printable(curve.series.name)}", style))
    weight, share = options.smoothing, 100 * options.zoom
    facts = [
        translate("log scale") if options.scale is Scale.LOG else "",
        translate("smoothing {weight:g}").format(weight=weight) if weight else "",
        translate("last {share:.3g}%").format(share=share) if share < 100 else "",
    ]
    text = "  ".join(filter(None, facts))
    room = width - sum(cell_len(segment.text) for segment in segments) - 1
    if text and room > cell_len(text):
        segments.append(Segment(pad_left(text, room), Style(color=palette.dim)))
    return Strip(segments)


def _why_nothing(curves: list[_Curve], note: str, translate: Translate) -> str:
    if note:
        return translate("No value here is above 0: nothing to show on a log scale.")
    names = ", ".join(printable(curve.series.name) for curve in curves)
    return translate("{names}: every value here is nan or infinite.").format(names=names)


def _told(notes: Sequence[str], width: int, height: int, palette: Palette) -> list[Strip]:
    """The notes under the curves, over at most `height` lines."""
    lines = [line for note in notes if note for line in wrap_words(note, max(width, 1))]
    style = Style(color=palette.warning)
    return [Strip([Segment(line, style)]) for line in lines[:height]]


def _sentence(text: str, width: int, height: int) -> CurveDrawing:
    strips = [Strip([Segment(line)]) for line in wrap_words(text, max(width, 1))[:height]]
    strips += [Strip([])] * (height - len(strips))
    return CurveDrawing([strip.adjust_cell_length(width) for strip in strips])


def _dimmed(colour: RGB, ground: RGB) -> RGB:
    red, green, blue = (
        (2 * part + 3 * back) // 5 for part, back in zip(colour, ground, strict=True)
    )
    return red, green, blue
