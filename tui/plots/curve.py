"""Cost curves as text: reduced curves in, strips out; no widget, no clock, no state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.lesson.printable import printable
from engine.protocol.columns import column_at
from engine.protocol.curves import Shape
from engine.protocol.frame import ReducedCurve
from tui.language.catalogue import Translate, as_written
from tui.plots.axes import log_axis, value_axis
from tui.plots.figure import RGB, as_rgb
from tui.plots.legend import ASCII_PREDICTED, NamedCurve, draw_legend
from tui.plots.not_finite import not_finite_words
from tui.plots.plot import ACROSS, UP, Layer, Plane, name_among_labels, plot
from tui.plots.raster import lay_before, lay_behind
from tui.plots.runs import RunLine, traces_of
from tui.plots.sketches import dots_of_shape
from tui.rendering.palette import Palette
from tui.rendering.widths import wrap_words

NARROWEST_AXIS = 6
"""The least that the axis of values takes of a drawing's width, in cells."""
MARKS = "●▲■◆○△"
"""What stands on each of several curves, so that they are told apart without colours."""
ASCII_MARKS = "*+ox#%"
ASCII_FAINT = "."
_ROOM_FOR_NAMES = 14
"""The fewest rows of a drawing of which one is given to the names of the axes.

In less the values' name is that of the legend, and that of positions stands among their labels."""


@dataclass(frozen=True, slots=True, eq=False)
class CurveDrawing:
    """A drawing and where the curves lie in it.

    They begin ``left`` cells in and are ``width`` cells wide (0 where a sentence stands in place
    of curves), from position ``first`` to ``last``, in ``height`` strips after the first one.
    """

    strips: list[Strip]
    left: int = 0
    width: int = 0
    first: int = 0
    last: int = 0
    height: int = 0

    def position_at(self, cell: int) -> int | None:
        """The position drawn `cell` cells from the left, None beside the curves."""
        across = cell - self.left
        if not 0 <= across < self.width:
            return None
        share = (ACROSS * across + 0.5) / (ACROSS * self.width - 1)
        return self.first + round(share * (self.last - self.first))

    def cell_of(self, position: int) -> int | None:
        """How many cells from the left `position` is drawn, None where it is not shown."""
        if not self.width or not self.first <= position <= self.last:
            return None
        at = column_at(np.array([position], np.float64), self.first, self.last, ACROSS * self.width)
        return self.left + int(at[0]) // ACROSS


def draw_curve(
    curves: Sequence[ReducedCurve],
    width: int,
    height: int,
    palette: Palette,
    translate: Translate = as_written,
    *,
    cursor: int | None = None,
    predicted: Mapping[str, Shape] | None = None,
    runs: Sequence[RunLine] = (),
    run_name: str = "",
    in_ascii: bool = False,
) -> CurveDrawing:
    """The curves, all of one frame, as `height` strips of `width` cells.

    They may have been reduced for another width. A vertical line stands at the position `cursor`.
    Behind a curve that is seen whole, dots show a typical one of the shape that was `predicted` of
    its name. Other `runs` of the step stand faint behind those, as far as they reached, or before
    them where they are bright; `run_name` is that of the run whose curves they are.
    Where there is nothing to draw, or no room, a sentence says so instead.
    """
    begun = _begun(curves, palette, in_ascii=in_ascii)
    runs = [run for run in runs if run.begun]
    everything = [*(one.curve for one in begun), *(one for run in runs for one in run.begun)]
    if not everything:
        return _sentence(_why_no_values(curves, translate), width, height)
    note = _note_on_left_out(everything, translate)
    gaps = [words for one in curves if (words := not_finite_words(one, translate))]
    extremes = _extremes(everything)
    if extremes is None:
        why = _why_nothing(everything, note, translate)
        return _sentence(" ".join([why, *gaps]), width, height)
    told = _told([*gaps, note], width, height // 4, palette)
    names = _names(everything, translate) if height >= _ROOM_FOR_NAMES else None
    plane = _plane(everything, extremes, width, height - 1 - len(told), names)
    if plane.width < 8 or plane.height < 2:
        no_room = translate("Too little room for a curve.")
        return _sentence(" ".join([*gaps, no_room]), width, height)
    guesses = _guesses(begun, predicted or {}, plane, palette, in_ascii=in_ascii)
    layers = [*guesses, *_layers(begun, palette, in_ascii=in_ascii)]
    place = CurveDrawing([], plane.left, plane.width, plane.first, plane.last, plane.height)
    cell = None if cursor is None else place.cell_of(cursor)
    at = None if cell is None else cell - plane.left
    entries = [NamedCurve(one.mark, printable(one.curve.name), one.colour) for one in begun]
    colours = {one.curve.name: one.colour for one in begun}
    faint = [run for run in runs if not run.is_bright]
    bright = [run for run in runs if run.is_bright]
    drawn = plot(plane, layers, at, palette, in_ascii=in_ascii)
    if names is None:
        drawn[-1] = name_among_labels(drawn[-1], translate("iteration"), palette)
    behind = traces_of(faint, colours, palette, in_ascii=in_ascii)
    drawn = lay_behind(drawn, plane, behind, in_ascii=in_ascii)
    before = traces_of(bright, colours, palette, in_ascii=in_ascii)
    drawn = lay_before(drawn, plane, before, in_ascii=in_ascii)
    legend = draw_legend(
        entries,
        run_name,
        runs,
        everything[0].request,
        width,
        palette,
        translate,
        has_guesses=bool(guesses),
        in_ascii=in_ascii,
    )
    strips = [strip.adjust_cell_length(width) for strip in (legend, *drawn, *told)]
    return replace(place, strips=strips)


def _why_no_values(curves: Sequence[ReducedCurve], translate: Translate) -> str:
    rejected = translate("{name} is {reason}.")
    reasons = [
        rejected.format(name=one.name, reason=one.rejected) for one in curves if one.rejected
    ]
    return " ".join(reasons) or translate("No values yet: the curve begins with the first one.")


def _note_on_left_out(curves: Sequence[ReducedCurve], translate: Translate) -> str:
    if not any(one.has_left_out for one in curves):
        return ""
    return translate("Values at or below 0 are left out (log scale).")


@dataclass(frozen=True, slots=True, eq=False)
class _Marked:
    """A curve that has values, and what tells it from the others."""

    curve: ReducedCurve
    mark: str
    colour: RGB


def _begun(curves: Sequence[ReducedCurve], palette: Palette, *, in_ascii: bool) -> list[_Marked]:
    """Colour and mark go by the place in `curves`, so that they stay while others begin."""
    marks = ASCII_MARKS if in_ascii else MARKS
    return [
        _Marked(one, marks[index % len(marks)], as_rgb(palette.series[index % len(palette.series)]))
        for index, one in enumerate(curves)
        if one.count
    ]


def _extremes(curves: Sequence[ReducedCurve]) -> tuple[float, float] | None:
    """The lowest and the highest value of all; None where there is none."""
    lows = [one.lowest for one in curves if one.lowest is not None]
    highs = [one.highest for one in curves if one.highest is not None]
    return (min(lows), max(highs)) if lows else None


def _names(curves: Sequence[ReducedCurve], translate: Translate) -> tuple[str, str]:
    """The names of the axis of positions and, where the legend does not tell them, of values."""
    names = {printable(one.name) for one in curves}
    return translate("iteration"), names.pop() if len(names) == 1 else ""


def _plane(
    curves: Sequence[ReducedCurve],
    extremes: tuple[float, float],
    width: int,
    rows: int,
    names: tuple[str, str] | None,
) -> Plane:
    """The window that has those of all curves in it, on `rows` rows."""
    is_logarithmic = curves[0].request.is_logarithmic
    lower, upper = bounds_of(*extremes, is_logarithmic=is_logarithmic)
    height = rows - 2 - (names is not None)
    axis = (log_axis if is_logarithmic else value_axis)(lower, upper, max(height, 2), UP)
    left = max([NARROWEST_AXIS, *(len(tick.label) + 1 for tick in axis.ticks)])
    first = min(one.shown_first for one in curves)
    last = max(one.shown_last for one in curves)
    return Plane(first, last, axis, left, width - left, height, names)


def bounds_of(lower: float, upper: float, *, is_logarithmic: bool) -> tuple[float, float]:
    """Bounds for values from `lower` to `upper`: they are apart, and reach zero where it is near.

    A series that never moves is a line at half height.
    """
    largest = max(abs(lower), abs(upper))
    if is_logarithmic:
        return (lower, upper) if upper - lower > 1e-7 else (lower - 0.5, upper + 0.5)
    if largest < 1e-290:
        return -1.0, 1.0
    if upper - lower <= largest * 1e-7:
        return lower - largest / 2, upper + largest / 2
    near_zero = (upper - lower) / 10
    return (0.0 if 0 < lower < near_zero else lower), (0.0 if -near_zero < upper < 0 else upper)


def _guesses(
    curves: list[_Marked],
    predicted: Mapping[str, Shape],
    plane: Plane,
    palette: Palette,
    *,
    in_ascii: bool,
) -> list[Layer]:
    """The predicted shapes, between the lowest and the highest value of their curves."""
    return [
        Layer(dots, as_rgb(palette.dim), ASCII_PREDICTED if in_ascii else None)
        for one in curves
        if (shape := predicted.get(one.curve.name)) is not None
        and (dots := dots_of_shape(one.curve, shape, plane.width)) is not None
    ]


def _layers(curves: list[_Marked], palette: Palette, *, in_ascii: bool) -> list[Layer]:
    """Values as they are first, dim where an average is drawn over them."""
    ground = as_rgb(palette.ground)
    faint = [
        Layer(one.curve.columns, _dimmed(one.colour, ground), ASCII_FAINT if in_ascii else None)
        for one in curves
        if one.curve.smoothed
    ]
    main = [one.curve.smoothed or one.curve.columns for one in curves]
    return faint + [
        # A single curve is told by its name; a single value would be a dot that is not seen.
        Layer(
            columns,
            one.colour,
            one.mark if in_ascii or len(curves) > 1 or len(columns.position) == 1 else None,
        )
        for one, columns in zip(curves, main, strict=True)
    ]


def _why_nothing(curves: Sequence[ReducedCurve], note: str, translate: Translate) -> str:
    if note:
        return translate("No value here is above 0: nothing to show on a log scale.")
    names = ", ".join(dict.fromkeys(printable(one.name) for one in curves))
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
