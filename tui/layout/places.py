"""Where each pane of an arrangement stands, and how a border between two of them is moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from textual.geometry import Region

from tui.layout.arrangement import LAST_LINE, Arrangement

FOLDED_HEIGHT = 4
# How much of the height a pane over the whole width has, where others stand above it.
_WIDE_SHARE = 0.6
_LEAST_WIDTH = 12
_LEAST_HEIGHT = 4

PaneNames = tuple[str, ...]


@dataclass(slots=True)
class Shares:
    """How parts that stand beside or above each other share their room; equally at first.

    Columns are named by the panes in them, so that a border that was moved stays where it is in
    every step that has these panes.
    """

    _weights: dict[PaneNames, list[int]] = field(default_factory=dict)

    def lengths(self, parts: PaneNames, room: int) -> list[int]:
        """The cells of each part of a room of so many, which they fill."""
        weights = self._weights.get(parts) or [1] * len(parts)
        ends = [room * sum(weights[: end + 1]) // sum(weights) for end in range(len(parts))]
        return [end - start for start, end in zip([0, *ends], ends, strict=False)]

    def give(self, parts: PaneNames, lengths: Sequence[int]) -> None:
        """Have these parts share their room as these lengths do."""
        self._weights[parts] = list(lengths)

    def forget(self) -> None:
        """Share all room equally again."""
        self._weights.clear()


@dataclass(frozen=True, slots=True)
class Border:
    """The border after the part `index` of `parts`, which begin at `start` and have `lengths`."""

    parts: PaneNames
    index: int
    start: int
    lengths: tuple[int, ...]
    is_vertical: bool

    def moved_to(self, x: int, y: int) -> list[int]:
        """The lengths of all parts once the border is where the mouse is, as near as they can."""
        least = _LEAST_WIDTH if self.is_vertical else _LEAST_HEIGHT
        lengths, here = list(self.lengths), self.index
        pair = lengths[here] + lengths[here + 1]
        if pair < 2 * least:
            return lengths
        before = self.start + sum(lengths[:here])
        wanted = (x if self.is_vertical else y) + 1 - before
        lengths[here] = min(max(wanted, least), pair - least)
        lengths[here + 1] = pair - lengths[here]
        return lengths


def places(plan: Arrangement, width: int, height: int, shares: Shares) -> dict[str, Region]:
    """The region of each pane in a room of `width` by `height` cells."""
    found: dict[str, Region] = {}
    top = _height_above(plan, height)
    if plan.folded is not None:
        found[plan.folded] = Region(0, 0, width, top)
    if plan.below is not None:
        height = max(height - 1, 0)
        found[plan.below] = Region(0, height, width, 1)
    if plan.wide is not None:
        whole, height = height, _height_of_columns(plan, height)
        found[plan.wide] = Region(0, height, width, whole - height)
    x = 0
    for column, cells in zip(plan.columns, _widths(plan, width, shares), strict=True):
        y, (parts, rows) = top, _rows(column, height - top, shares, plan.first_rows)
        for name, lines in zip(parts, rows, strict=True):
            found[name] = Region(x, y, cells, lines)
            y += lines
        if LAST_LINE in column:
            found[LAST_LINE] = Region(x, y, cells, height - y)
        x += cells
    return found


def border_at(
    plan: Arrangement, width: int, height: int, shares: Shares, x: int, y: int
) -> Border | None:
    """The border that the mouse points at, which takes a cell of the panes at both its sides."""
    top = _height_above(plan, height)
    height = _height_of_columns(plan, height - (plan.below is not None))
    if y >= height:
        return None
    widths = _widths(plan, width, shares)
    if y >= top and (index := _border_near(x, widths)) is not None:
        return Border(_names(plan), index, 0, tuple(widths), is_vertical=True)
    left = 0
    for column, cells in zip(plan.columns, widths, strict=True):
        if left <= x < left + cells:
            parts, rows = _rows(column, height - top, shares, plan.first_rows)
            if (index := _border_near(y - top, rows)) is not None:
                return Border(parts, index, top, tuple(rows), is_vertical=False)
        left += cells
    return None


def _height_above(plan: Arrangement, height: int) -> int:
    return 0 if plan.folded is None else min(FOLDED_HEIGHT, height // 4)


def _height_of_columns(plan: Arrangement, height: int) -> int:
    """How many of the rows are left to the columns by what is below them."""
    if plan.wide is None:
        return height
    return height - round(_WIDE_SHARE * height) if plan.columns else 0


def _names(plan: Arrangement) -> PaneNames:
    return tuple(" ".join(name for name in one if name != LAST_LINE) for one in plan.columns)


def _widths(plan: Arrangement, width: int, shares: Shares) -> list[int]:
    return shares.lengths(_names(plan), width)


def _rows(
    column: PaneNames, height: int, shares: Shares, first_rows: int
) -> tuple[PaneNames, list[int]]:
    """The panes of one column that share its height, and how many rows each has of it."""
    parts = tuple(name for name in column if name != LAST_LINE)
    room = max(height - (len(parts) < len(column)), 0)
    lengths = shares.lengths(parts, room)
    if lengths and lengths[0] < first_rows <= room:
        others = shares.lengths(parts[1:], room - first_rows)
        lengths = [first_rows, *others]
    return parts, lengths


def _border_near(place: int, lengths: Sequence[int]) -> int | None:
    end = 0
    for index, length in enumerate(lengths[:-1]):
        end += length
        if place in (end - 1, end):
            return index
    return None
