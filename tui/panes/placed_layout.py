"""The layout that puts each pane where an arrangement has it; panes are never moved as children."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import NULL_OFFSET, NULL_SPACING, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from tui.layout.arrangement import Arrangement
from tui.layout.places import Border, Shares, border_at, places


class PlacedLayout(Layout):
    """Places the widgets that `widget_of` knows by the names in an arrangement.

    `plan_for` gives the arrangement for a size of the screen; None: nothing stands anywhere yet. It
    is asked at each arrangement: a plan from before a resize would hide panes for a moment, and
    what is hidden loses the keys.
    """

    name = "placed"

    def __init__(
        self,
        plan_for: Callable[[Size], Arrangement | None],
        widget_of: Callable[[str], Widget],
    ) -> None:
        self.shares = Shares()
        self._plan_for = plan_for
        self._widget_of = widget_of
        self._plan: Arrangement | None = None
        self._size = Size()

    def arrange(
        self,
        parent: Widget,
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: ARG002 (Textual hands it over by this name)
    ) -> ArrangeResult:
        """Where each widget of the plan stands; children that are not in it stand nowhere."""
        self._size, self._plan = size, self._plan_for(parent.screen.size)
        if self._plan is None:
            return []
        found = places(self._plan, size.width, size.height, self.shares)
        return [
            WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, widget)
            for name, region in found.items()
            if (widget := self._widget_of(name)) in children
        ]

    def border_at(self, x: int, y: int) -> Border | None:
        """The border between two panes at a cell of the room, if there is one."""
        if self._plan is None:
            return None
        return border_at(self._plan, self._size.width, self._size.height, self.shares, x, y)
