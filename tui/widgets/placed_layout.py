"""The layout that puts each pane where an arrangement has it; panes are never moved as children."""

from __future__ import annotations

from collections.abc import Mapping

from textual.geometry import NULL_OFFSET, NULL_SPACING, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from tui.player.layout import Arrangement
from tui.player.places import Border, Shares, border_at, places


class PlacedLayout(Layout):
    """Places widgets by the names that they have in an arrangement."""

    name = "placed"

    def __init__(self) -> None:
        self.plan: Arrangement | None = None
        self.widgets: Mapping[str, Widget] = {}
        self.shares = Shares()
        self._size = Size()

    def arrange(
        self,
        parent: Widget,  # noqa: ARG002 (Textual hands it over by this name)
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: ARG002 (likewise)
    ) -> ArrangeResult:
        """Where each widget of the plan stands; children that are not in it stand nowhere."""
        self._size = size
        if self.plan is None:
            return []
        found = places(self.plan, size.width, size.height, self.shares)
        return [
            WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, self.widgets[name])
            for name, region in found.items()
            if self.widgets[name] in children
        ]

    def border_at(self, x: int, y: int) -> Border | None:
        """The border between two panes at a cell of the room, if there is one."""
        if self.plan is None:
            return None
        return border_at(self.plan, self._size.width, self._size.height, self.shares, x, y)
