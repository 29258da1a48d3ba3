"""Where the mouse selects: in the text of one pane, from where it began to wherever it is."""

from __future__ import annotations

from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

from tui.widgets.text_pane import TextPane


def selected_at(
    screen: Screen[None], panes: Widget, x: int, y: int
) -> tuple[Widget | None, Offset | None]:
    """What of a screen's text is at a point, in place of `Screen.get_widget_and_offset_at`.

    What is selected stays in the one of `panes` in which that has begun, as columns of a terminal
    do: beyond it the nearest text counts, and so it does on borders and margins.
    """
    found, offset = Screen.get_widget_and_offset_at(screen, x, y)
    pane = _selected_pane(screen, panes)
    if pane is None and found is not None and found.parent is panes:
        pane = found
    if pane is not None:
        x, y = _nearest(pane, x, y)
        found, offset = Screen.get_widget_and_offset_at(screen, x, y)
    if isinstance(found, TextPane):
        return found, found.place_at(x, y)
    if offset is not None and _is_beyond(screen, found, x, y):
        # Within one widget Textual takes the letter under the mouse along, and here not.
        offset += (1, 0)
    return found, offset


def _is_beyond(screen: Screen[None], found: Widget | None, x: int, y: int) -> bool:
    """Whether the mouse selects in a later widget than that in which it began."""
    state = screen._select_state
    if state is None or not screen._selecting or found is state.start.content_widget:
        return False
    return (y, x) > state.start.pointer_start_offset.transpose


def _selected_pane(screen: Screen[None], panes: Widget) -> Widget | None:
    """The pane in which the mouse selects now; None where it does not."""
    state = screen._select_state
    if state is None or not screen._selecting:
        return None
    begun_in = state.start.content_widget or state.start.container
    ancestors = (one for one in begun_in.ancestors_with_self if isinstance(one, Widget))
    return next((one for one in ancestors if one.parent is panes), None)


def _nearest(pane: Widget, x: int, y: int) -> tuple[int, int]:
    region = pane.scrollable_content_region
    return (
        min(max(x, region.x), max(region.right - 1, region.x)),
        min(max(y, region.y), max(region.bottom - 1, region.y)),
    )
