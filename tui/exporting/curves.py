"""The curves of a step as an SVG image: lines, axes with round ticks, and what each line is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from engine.lesson.printable import printable
from engine.protocol.frame import Columns, CurveRequest, ReducedCurve, SeriesSnapshot
from engine.protocol.reduction import reduce_series
from tui.exporting.colours import series_class
from tui.language.catalogue import Translate
from tui.plots.axes import ValueAxis, log_axis, value_axis
from tui.plots.curve import bounds_of
from tui.plots.not_finite import not_finite_words
from tui.plots.positions import position_ticks
from tui.rendering.widths import cell_width

_WIDTH, _PLOT_HEIGHT = 600, 210
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 12, 44
_LEGEND_ROW = 20
_CHARACTER = 7.2
# How many characters of a label are as wide as the axis of positions.
_CELLS = int((_WIDTH - _LEFT - _RIGHT) / _CHARACTER)
# Points of which a column of the picture holds several are drawn as what lies between them.
_COLUMNS = 532
_ROWS, _DOTS = 12, 20
# So few values are marked one by one.
_MOST_DOTS = 40
_FEWEST_POINTS = 2
# A logarithmic scale is worth a look from so many powers of ten on.
_DECADES = 2.0


def shown_series(series: Sequence[SeriesSnapshot]) -> list[SeriesSnapshot]:
    """Those that are a curve: of two values or more."""
    return [one for one in series if one.count >= _FEWEST_POINTS]


def wants_log_scale(series: Sequence[SeriesSnapshot]) -> bool:
    """Whether all values are above zero, and far apart."""
    curves = reduce_series(series, CurveRequest(_COLUMNS))
    lows = [one.lowest for one in curves if one.lowest is not None]
    highs = [one.highest for one in curves if one.highest is not None]
    if not lows or min(lows) <= 0:
        return False
    return float(np.log10(max(highs)) - np.log10(min(lows))) >= _DECADES


def curves_svg(
    series: Sequence[SeriesSnapshot],
    translate: Translate,
    *,
    title: str,
    is_logarithmic: bool = False,
) -> str:
    """The series as one image with a title and a description; its style sheet is the page's.

    "" where no value of them can be drawn.
    """
    curves = reduce_series(series, CurveRequest(_COLUMNS, is_logarithmic=is_logarithmic))
    drawn = [one for one in curves if one.lowest is not None]
    if not drawn:
        return ""
    legend, rows = _legend(curves)
    top = _TOP + rows * _LEGEND_ROW
    plane = _plane(drawn, top, is_logarithmic=is_logarithmic)
    height = top + _PLOT_HEIGHT + _BOTTOM
    description = " ".join(_told(one, translate) for one in series)
    return "\n".join(
        [
            f'<svg class="curves" role="img" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
            f'height="{height}" xmlns="http://www.w3.org/2000/svg">',
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(description)}</desc>",
            *legend,
            *_axes(plane, translate),
            *(
                part
                for index, one in enumerate(curves)
                if one in drawn
                for part in _line(one.columns, index, plane)
            ),
            "</svg>",
        ]
    )


def notes_of(series: Sequence[SeriesSnapshot], translate: Translate) -> list[str]:
    """What the curves cannot show of their values, in sentences."""
    curves = reduce_series(series, CurveRequest(_COLUMNS))
    return [words for one in curves if (words := not_finite_words(one, translate))]


@dataclass(frozen=True, slots=True)
class _Plane:
    """Where positions and values are drawn."""

    first: int
    last: int
    axis: ValueAxis
    top: float

    @property
    def bottom(self) -> float:
        return self.top + _PLOT_HEIGHT

    def x(self, position: float) -> float:
        span = max(self.last - self.first, 1)
        return _LEFT + (position - self.first) / span * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        # Halves, as the distance of two large numbers may be none.
        lower, upper = self.axis.lower / 2, self.axis.upper / 2
        return self.bottom - (value / 2 - lower) / (upper - lower) * _PLOT_HEIGHT


def _plane(curves: Sequence[ReducedCurve], top: float, *, is_logarithmic: bool) -> _Plane:
    lows = [one.lowest for one in curves if one.lowest is not None]
    highs = [one.highest for one in curves if one.highest is not None]
    lower, upper = bounds_of(min(lows), max(highs), is_logarithmic=is_logarithmic)
    axis = (log_axis if is_logarithmic else value_axis)(lower, upper, _ROWS, _DOTS)
    first = min(one.shown_first for one in curves)
    return _Plane(first, max(one.shown_last for one in curves), axis, top)


def _axes(plane: _Plane, translate: Translate) -> Iterator[str]:
    right = _WIDTH - _RIGHT
    for tick in plane.axis.ticks:
        y = _n(plane.y(tick.at))
        yield f'<path class="grid" d="M{_LEFT} {y}H{right}"/>'
        yield f'<text class="tick end" x="{_LEFT - 8}" y="{y}" dy="4">{escape(tick.label)}</text>'
    yield f'<path class="axis" d="M{_LEFT} {_n(plane.top)}V{_n(plane.bottom)}H{right}"/>'
    for tick in position_ticks(plane.first, plane.last, _CELLS):
        x = _n(plane.x(tick.at))
        yield f'<path class="axis" d="M{x} {_n(plane.bottom)}v5"/>'
        label = f'x="{x}" y="{_n(plane.bottom + 19)}"'
        yield f'<text class="tick middle" {label}>{escape(tick.label)}</text>'
    middle, below = _n((_LEFT + right) / 2), _n(plane.bottom + 37)
    name = escape(translate("iteration"))
    yield f'<text class="tick middle" x="{middle}" y="{below}">{name}</text>'


def _legend(curves: Sequence[ReducedCurve]) -> tuple[list[str], int]:
    """What each line is, in as many rows as that takes."""
    parts, row, x = [], 0, float(_LEFT)
    for index, one in enumerate(curves):
        name = printable(one.name)
        width = 44 + _CHARACTER * cell_width(name)
        if x > _LEFT and x + width > _WIDTH - _RIGHT:
            row, x = row + 1, float(_LEFT)
        y = _TOP + row * _LEGEND_ROW
        line = f'<path class="line {series_class(index)}" d="M{_n(x)} {y}h20"/>'
        parts += [line, f'<text class="name" x="{_n(x + 26)}" y="{y + 4}">{escape(name)}</text>']
        x += width
    return parts, row + 1


def _line(columns: Columns, index: int, plane: _Plane) -> Iterator[str]:
    """A curve as one path, and where its values are few, a dot on each."""
    points = list(_points(columns))
    moves = "".join(
        f"{'L' if is_joined else 'M'}{_n(plane.x(position))} {_n(plane.y(value))}"
        for position, value, is_joined in points
    )
    yield f'<path class="line {series_class(index)}" d="{moves}"/>'
    if len(points) <= _MOST_DOTS:
        for position, value, _ in points:
            place = f'cx="{_n(plane.x(position))}" cy="{_n(plane.y(value))}"'
            yield f'<circle class="dot {series_class(index)}" {place} r="2.6"/>'


def _points(columns: Columns) -> Iterator[tuple[float, float, bool]]:
    """The places that a curve goes through, and whether a line leads there from the one before."""
    held = (columns.position, columns.start, columns.low, columns.high, columns.end, columns.joined)
    for position, start, low, high, end, is_joined in zip(
        *(each.tolist() for each in held), strict=True
    ):
        values = [start] if low == high else [start, low, high, end]
        for at, value in enumerate(values):
            yield position, value, bool(is_joined) or at > 0


def _told(series: SeriesSnapshot, translate: Translate) -> str:
    """A curve in one sentence, for who does not see it."""
    name = printable(series.name)
    if series.newest is None or not np.isfinite(series.bucket_low).any():
        return translate("{name}: no finite value.").format(name=name)
    if series.count == 1:
        return translate("{name}: 1 value, {last}.").format(name=name, last=f"{series.newest:.4g}")
    said = translate("{name}: {count} values, lowest {low}, highest {high}, at the end {last}.")
    return said.format(
        name=name,
        count=series.count,
        low=f"{np.nanmin(series.bucket_low):.4g}",
        high=f"{np.nanmax(series.bucket_high):.4g}",
        last=f"{series.newest:.4g}",
    )


def _n(number: float) -> str:
    """A number as short as it is drawn the same."""
    return f"{number:.1f}".removesuffix(".0")
