"""The pane with what a step's code wrote, as a terminal shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.pictures import Picture
from tui.look import Look
from tui.rendering.remarks import Remark, draw_remarks
from tui.rendering.rows import Row, rows_of_lines
from tui.rendering.widths import wrap_words
from tui.scrollback.line import PictureLine
from tui.scrollback.output_rows import OutputRows, WrappedLine
from tui.scrollback.scrollback import Scrollback
from tui.scrollback.shown_pictures import draw_shown_picture
from tui.widgets.text_pane import TextPane


class OutputPane(TextPane):
    """Shows a scrollback, and stays at its end while the reader is there."""

    def __init__(self) -> None:
        super().__init__("output")
        self._end = 0
        self._wrapped: dict[int, WrappedLine] = {}
        self._pictures: dict[int, _Drawn] = {}

    def show_output(
        self, output: Scrollback, remarks: Sequence[Remark], look: Look, why_none: str
    ) -> None:
        """Show what was written so far, and under it what the run said to the learner."""
        if not output.line_count and not remarks:
            self.show_sentence(why_none, look)
            return
        follows = self._is_at_end
        width = max(self.text_width, 1)
        told = draw_remarks(remarks, width, look.palette, in_ascii=look.in_ascii)
        shown = self._wrap(output, width, look)
        shown.add_strips(told, rows_of_lines(told, output.dropped_lines + output.line_count))
        shown.lines += [strip.text.rstrip() for strip in told]
        self.show_text(shown, shown.rows, shown.lines)
        if follows:
            self._follow()
        self._end = self.max_scroll_y

    def on_resize(self) -> None:
        """Keep the end in sight also where the pane has grown lower."""
        if self._is_at_end:
            self._follow()

    @property
    def _is_at_end(self) -> bool:
        # The end moves with the pane's height too, which is not the reader's doing.
        return self.scroll_offset.y >= min(self._end, self.max_scroll_y)

    def _follow(self) -> None:
        # By force, as the scrollbar that would allow it appears only with the next layout.
        self.scroll_end(animate=False, immediate=True, force=True)

    def _wrap(self, output: Scrollback, width: int, look: Look) -> OutputRows:
        """All lines, wrapped, and as they are; one that is as it was is not wrapped again.

        They are numbered from the first that was written on, so that a place stays where it is.
        """
        rows = OutputRows()
        dropped = output.dropped_lines
        if dropped:
            note = look.translate("Older lines let go: {count}.").format(count=f"{dropped:,}")
            strips = [Strip([Segment(note, Style(color=look.palette.dim, italic=True))])]
            rows.add_strips(strips, rows_of_lines(strips, dropped - 1))
            rows.lines.append(note)
        before, self._wrapped = self._wrapped, {}
        pictures, self._pictures = self._pictures, {}
        for number in range(dropped, dropped + output.line_count):
            line = output.line(number - dropped)
            wrapped = before.get(number)
            if wrapped is None or not wrapped.is_of(line, width):
                wrapped = WrappedLine(line, number, width)
            self._wrapped[number] = wrapped
            if isinstance(line, PictureLine) and line.picture is not None:
                drawn = self._drawn(line.picture, width, look, pictures.get(number))
                self._pictures[number] = drawn
                # It stands above its words.
                rows.add_strips(drawn.strips, [Row(number, 0, 0, 0) for _ in drawn.strips])
            rows.add_line(wrapped)
            if line.cut:
                _add_word_on_cut(rows, wrapped.rows[-1], width, look)
        return rows

    def _drawn(self, picture: Picture, width: int, look: Look, before: _Drawn | None) -> _Drawn:
        """A picture; one that is drawn already, for this size and look, is not drawn again."""
        size = (width, self.text_height)
        if before is not None and before.is_of(picture, size, look):
            return before
        strips = draw_shown_picture(
            picture,
            *size,
            look.palette,
            look.glyphs,
            has_colours=look.has_colours,
            draw_in_terminal=look.draw_in_terminal,
        )
        return _Drawn(picture, size, look, strips)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A picture of the output, drawn for a pane of this size."""

    picture: Picture
    size: tuple[int, int]
    look: Look
    strips: list[Strip]

    def is_of(self, picture: Picture, size: tuple[int, int], look: Look) -> bool:
        """Whether it shows this picture so."""
        return self.picture is picture and self.size == size and self.look == look


def _add_word_on_cut(rows: OutputRows, last: Row, width: int, look: Look) -> None:
    """Say under a line that was too long that it goes on."""
    words = look.translate("The rest of this line is too long to keep.")
    style = Style(color=look.palette.dim, italic=True)
    strips = [Strip([Segment(part, style)]) for part in wrap_words(words, width)]
    rows.add_strips(strips, [Row(last.line, last.column + last.length, 0, 0) for _ in strips])
