"""The pane that shows strips: scrolls them, and draws again only the lines that changed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.look import Look
from tui.rendering.widths import wrap_words


class StripPane(ScrollView, can_focus=False):
    """Shows a list of strips, each a line."""

    DEFAULT_CSS = """
    StripPane {
        height: 1fr;
        width: 1fr;
        padding: 0 1;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
    }
    """

    # Where a mouse may select, the strips have to say which of their cells are text: see TextPane.
    ALLOW_SELECT = False

    class Resized(Message):
        """The pane has another size, and what it shows was made for the size before."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self._strips: Sequence[Strip] = ()
        self._size_before = Size()
        self._line_width, self._ground = 0, Style()
        self._has_width = False

    def on_resize(self) -> None:
        """Tell of a new size; a scrollbar that comes or goes makes none."""
        if self.outer_size != self._size_before:
            self._size_before = self.outer_size
            self.post_message(self.Resized())

    @property
    def text_width(self) -> int:
        """How many cells a line may fill, a scrollbar's cell left free; 0 before the layout."""
        return max(self.outer_size.width - self.styles.gutter.width - 1, 0)

    @property
    def text_height(self) -> int:
        """How many lines are in sight."""
        return self.scrollable_content_region.height

    @property
    def text(self) -> str:
        """What is shown, without colours."""
        return "\n".join(strip.text.rstrip() for strip in self._strips)

    def show(self, strips: Sequence[Strip]) -> None:
        """Show these lines; those that are as they were are not drawn again.

        Before the layout they were made for no width: they would be painted a letter a line, until
        they are made again for the size that the pane then has.
        """
        before, self._strips = self._strips, strips
        self._has_width = self.text_width > 0
        size = Size(self.text_width, len(strips) if self._has_width else 0)
        if size != self.virtual_size or len(before) != len(strips):
            self.virtual_size = size
            # A layout alone leaves a scrollbar that has become needless where it is.
            self._refresh_scrollbars()
            self.refresh()
            return
        top = self.scroll_offset.y
        # Only what is in sight: what is not may not even have been drawn.
        for row in range(top, min(top + self.size.height, len(strips))):
            old, new = before[row], strips[row]
            if old is not new and old != new:
                self.refresh(Region(0, row - top, self.size.width, 1))

    def show_sentence(self, sentence: str, look: Look) -> None:
        """Show a dim sentence in place of what there is not."""
        self.show(self.sentence(sentence, look))

    def sentence(self, sentence: str, look: Look) -> list[Strip]:
        """A dim sentence as lines."""
        style = Style(color=look.palette.dim, italic=True)
        lines = wrap_words(sentence, max(self.text_width, 1))
        return [Strip([Segment(line, style)]) for line in lines]

    def keep_in_sight(self, rows: range) -> None:
        """Scroll as little as shows all of `rows`."""
        if rows:
            region = Region(0, rows.start, 1, len(rows))
            self.scroll_to_region(region, animate=False)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Some lines of the pane; what they have in common is asked for once."""
        self._line_width, self._ground = self.scrollable_content_region.width, self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        row = y + self.scroll_offset.y
        width = self._line_width
        if row >= len(self._strips) or not self._has_width:
            return Strip.blank(width, self._ground)
        strip = self.render_row(row).crop(0, width).extend_cell_length(width)
        return strip.apply_style(self._ground)

    def render_row(self, row: int) -> Strip:
        """One of the strips as it is drawn."""
        return self._strips[row]
