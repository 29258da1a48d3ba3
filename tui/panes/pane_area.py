"""The room that panes share: each stands where it is arranged, and borders can be dragged."""

from __future__ import annotations

from collections.abc import Callable

from textual.containers import Container
from textual.events import MouseDown, MouseMove
from textual.geometry import Size
from textual.layout import Layout
from textual.message import Message
from textual.widget import Widget

from tui.layout.arrangement import Arrangement
from tui.layout.places import Border
from tui.panes.placed_layout import PlacedLayout
from tui.widgets.strip_pane import StripPane


class PaneArea(Container):
    """Places its children, and moves the border that the mouse has taken hold of.

    `plan_for` and `widget_of` are those of PlacedLayout.
    """

    class Arranged(Message):
        """Other panes are in sight, or of another size."""

    def __init__(
        self,
        name: str,
        plan_for: Callable[[Size], Arrangement | None],
        widget_of: Callable[[str], Widget],
    ) -> None:
        super().__init__(id=name)
        self._placed = PlacedLayout(plan_for, widget_of)
        self._dragged: Border | None = None
        self._is_outgrown = False

    @property
    def layout(self) -> Layout:
        """Puts each pane where the arrangement has it."""
        return self._placed

    def place_again(self) -> None:
        """Have the widgets stand as the plan says that there is now."""
        # Textual keeps an arrangement until a child asks for another.
        for child in self.children[:1]:
            child.refresh(layout=True)

    def forget_borders(self) -> None:
        """Share the room equally again."""
        self._placed.shares.forget()
        self.place_again()

    def on_resize(self) -> None:
        """Have the panes drawn for their new size, which the bars below them change too."""
        self.post_message(self.Arranged())

    def on_strip_pane_resized(self, event: StripPane.Resized) -> None:
        """Have the panes drawn once all of them have the size that their new places give."""
        event.stop()
        if not self._is_outgrown:
            self._is_outgrown = True
            self.call_after_refresh(self._tell_arranged)

    def on_mouse_down(self, event: MouseDown) -> None:
        """Take hold of the border that the mouse points at."""
        self._dragged = self._placed.border_at(*self._at(event))
        if self._dragged is not None:
            self.capture_mouse()
            # Textual has begun to select where the border is.
            self.screen.clear_selection()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Take the border along."""
        if self._dragged is not None:
            moved = self._dragged.moved_to(*self._at(event))
            self._placed.shares.give(self._dragged.parts, moved)
            self.place_again()

    def on_mouse_up(self) -> None:
        """Let go of the border."""
        if self._dragged is not None:
            self._dragged = None
            self.release_mouse()

    def _tell_arranged(self) -> None:
        self._is_outgrown = False
        self.post_message(self.Arranged())

    def _at(self, event: MouseDown | MouseMove) -> tuple[int, int]:
        return event.screen_x - self.region.x, event.screen_y - self.region.y
