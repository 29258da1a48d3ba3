"""Which panes are in sight at which width, and in which order they fill the grid."""

from __future__ import annotations

from dataclasses import dataclass

from engine.lesson.model import Step

UPPER_PANES = ("curve", "canvas")
LOWER_PANES = ("output", "tensors", "view")

CANVAS_BESIDE_FROM = 66
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


def has_canvas(step: Step) -> bool:
    """Whether a step makes a canvas, which stands where the curve stands in other steps."""
    return step.cell is not None and step.cell.canvas is not None


def arrangement(width: int, active: str, lower: str, upper: str = "curve") -> Arrangement:
    """The panes for a terminal of `width` cells.

    A narrow one shows the `active` pane alone, but a canvas and what follows it side by side; two
    columns show text and code beside `upper` (curve or canvas) and `lower` (output, tensors or
    view); three show all.
    """
    if width < TWO_COLUMNS_FROM:
        if upper == "canvas" and active in (upper, lower) and width >= CANVAS_BESIDE_FROM:
            return Arrangement(2, (upper, lower))
        return Arrangement(1, (active,))
    if width < THREE_COLUMNS_FROM:
        return Arrangement(2, ("prose", upper, "code", lower))
    return Arrangement(3, ("prose", upper, "tensors", "code", "output", "view"))
