"""What the screen shows of one widget and of all in it, without what lies over it."""

from __future__ import annotations

from textual.strip import Strip
from textual.widget import Widget


def strips_of_pane(pane: Widget) -> list[Strip]:
    """The lines of a pane that is in sight, with its border, as wide as it is."""
    whole = pane.region
    lines = [Strip.blank(whole.width)] * whole.height
    # The compositor has what lies in front first.
    shown = reversed(list(pane.screen._compositor.visible_widgets.items()))
    for widget, (region, clip) in shown:
        if pane not in widget.ancestors_with_self:
            continue
        part = region.intersection(clip).intersection(whole)
        strips = widget.render_lines(part.translate(-region.offset)) if part else []
        left, right = part.x - whole.x, part.right - whole.x
        for row, strip in enumerate(strips, part.y - whole.y):
            line = lines[row]
            lines[row] = Strip.join([line.crop(0, left), strip, line.crop(right)])
    return lines
