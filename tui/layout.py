"""Which panes are in sight at which width, and in which order they fill the grid."""

from __future__ import annotations

from dataclasses import dataclass

LOWER_PANES = ("output", "tensors", "view")

TWO_COLUMNS_FROM = 110
THREE_COLUMNS_FROM = 170


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A grid of `columns`, filled row by row with the panes in `order`; others are out of sight."""

    columns: int
    order: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows the grid has."""
        return len(self.order) // self.columns


def arrangement(width: int, active: str, lower: str) -> Arrangement:
    """The panes for a terminal of `width` cells.

    A narrow one shows the `active` pane alone; two columns show text and code beside the curve
    and `lower` (output, tensors or view); three show all.
    """
    if width < TWO_COLUMNS_FROM:
        return Arrangement(1, (active,))
    if width < THREE_COLUMNS_FROM:
        return Arrangement(2, ("prose", "curve", "code", lower))
    return Arrangement(3, ("prose", "curve", "tensors", "code", "output", "view"))
