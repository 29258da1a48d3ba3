"""How a screen is put together so that what lies over panes keeps its wide characters whole."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Region
from textual.widgets._toast import Toast

from tui.rendering.widths import cell_width
from tui.widgets.moved import PaintsWhatMoved
from tui.widgets.word_list import WordList

_OVER_PANES = (Toast, WordList)
_WIDE = 2


class WholeCharacters(PaintsWhatMoved):
    """Cuts no character of what lies over panes in two where the panes under it meet.

    Textual cuts each row of the screen wherever a widget begins or ends, under others too, and
    puts blanks in place of a character two cells wide that such a cut goes through.
    """

    @property
    def cuts(self) -> list[list[int]]:
        """Where each row is cut; beside a wide character in place of in its middle."""
        is_new = self._cuts is None
        cuts = super().cuts
        if is_new:
            for widget, (region, clip) in self.visible_widgets.items():
                if isinstance(widget, _OVER_PANES):
                    shown = region.intersection(clip)
                    part = Region(shown.x - region.x, shown.y - region.y, *shown.size)
                    for row, strip in zip(shown.line_range, widget.render_lines(part), strict=True):
                        cuts[row] = _beside(strip.text, shown.x, cuts[row])
        return cuts


def _beside(text: str, left: int, cuts: Sequence[int]) -> list[int]:
    """The cuts, those in the middle of a wide character of a text that begins at `left` moved."""
    middles: set[int] = set()
    for character in text:
        width = cell_width(character)
        if width == _WIDE:
            middles.add(left + 1)
        left += width
    return sorted({cut + (cut in middles) for cut in cuts})
