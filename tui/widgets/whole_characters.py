"""How a screen is put together so that what lies over panes keeps its wide characters whole."""

from __future__ import annotations

from collections.abc import Iterator

from textual._compositor import ChopsUpdate
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widgets._toast import Toast

from tui.rendering.widths import cell_width
from tui.widgets.moved import PaintsWhatMoved
from tui.widgets.word_list import WordList

_OVER_PANES = (Toast, WordList)
_WIDE = 2


class WholeCharacters(PaintsWhatMoved):
    """Cuts no character of what lies over panes in two where the panes under it meet.

    Textual cuts each row of the screen wherever a widget begins or ends, under others too, and
    where what it draws again ends. It puts blanks in place of a character two cells wide that such
    a cut goes through.
    """

    def __init__(self) -> None:
        super().__init__()
        self._middles: dict[int, set[int]] = {}

    @property
    def cuts(self) -> list[list[int]]:
        """Where each row is cut; beside a wide character in place of in its middle."""
        is_new = self._cuts is None
        cuts = super().cuts
        if is_new:
            self._middles = self._find_middles()
            for row, middles in self._middles.items():
                cuts[row] = sorted({cut + (cut in middles) for cut in cuts[row]})
        return cuts

    def render_partial_update(self) -> ChopsUpdate | None:
        """What has changed, to the end of the wide character that its end is in the middle of.

        Of a dialog these are whole rows, as the panes under it change without it, and so they are
        of the screen where it has become smaller.
        """
        self._dirty_regions |= self._rows_of_dialog()
        update = super().render_partial_update()
        if update is not None:
            update.spans = [
                (row, left, right + (right in self._middles.get(row, ())))
                for row, left, right in update.spans
            ]
        return update

    def _rows_of_dialog(self) -> set[Region]:
        """The rows of a dialog's frame, and of what is beside it, with something to be painted."""
        if not isinstance(self.root, ModalScreen):
            return set()
        places = self.visible_widgets.items()
        frames = [region for widget, (region, _) in places if widget.parent is self.root]
        in_frames = {
            Region(frame.x, rows.y, frame.width, rows.height)
            for frame in frames
            for dirty in self._dirty_regions
            if (rows := frame.intersection(dirty))
        }
        beside = {
            Region(0, dirty.y, self.size.width, dirty.height)
            for dirty in self._dirty_regions
            if not any(frame.contains_region(dirty) for frame in frames)
        }
        return in_frames | beside

    def _find_middles(self) -> dict[int, set[int]]:
        """By its row, the middles of the wide characters of what lies over panes."""
        middles: dict[int, set[int]] = {}
        for widget, (region, clip) in self.visible_widgets.items():
            if isinstance(widget, _OVER_PANES):
                shown = region.intersection(clip)
                part = Region(shown.x - region.x, shown.y - region.y, *shown.size)
                for row, strip in zip(shown.line_range, widget.render_lines(part), strict=True):
                    middles.setdefault(row, set()).update(_middles(strip.text, shown.x))
        return middles


def _middles(text: str, left: int) -> Iterator[int]:
    """The middles of the wide characters of a text that begins at `left`."""
    for character in text:
        width = cell_width(character)
        if width == _WIDE:
            yield left + 1
        left += width
