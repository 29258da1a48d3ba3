"""The pane with what a step's code wrote, as a terminal shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.pictures import Picture
from tui.look import Look
from tui.rendering.remarks import Remark, draw_remarks
from tui.rendering.rows import Row, rows_of_lines
from tui.scrollback.scrollback import Scrollback
from tui.scrollback.shown_pictures import draw_shown_picture
from tui.scrollback.wrapping import wrap_strip
from tui.widgets.text_pane import TextPane


class OutputPane(TextPane):
    """Shows a scrollback, and stays at its end while the reader is there."""

    def __init__(self) -> None:
        super().__init__("output")
        self._end = 0
        self._wrapped: dict[int, _Wrapped] = {}

    def show_output(self, output: Scrollback, remarks: Sequence[Remark], look: Look) -> None:
        """Show what was written so far, and under it what the run said to the learner."""
        if not output.line_count and not remarks:
            self.show_sentence(look.translate("Nothing written yet."), look)
            return
        follows = self._is_at_end
        width = max(self.text_width, 1)
        told = draw_remarks(remarks, width, look.palette, in_ascii=look.in_ascii)
        strips, rows, lines = self._wrap(output, width, look)
        rows += rows_of_lines(told, output.dropped_lines + output.line_count)
        lines += [strip.text.rstrip() for strip in told]
        self.show_text([*strips, *told], rows, lines)
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

    def _wrap(
        self, output: Scrollback, width: int, look: Look
    ) -> tuple[list[Strip], list[Row], list[str]]:
        """All lines, wrapped, and as they are; one that is as it was is not wrapped again.

        They are numbered from the first that was written on, so that a place stays where it is.
        """
        strips: list[Strip] = []
        rows: list[Row] = []
        lines: list[str] = []
        if output.dropped_lines:
            note = look.translate("{count} older lines were let go.")
            note = note.format(count=f"{output.dropped_lines:,}")
            strips.append(Strip([Segment(note, Style(color=look.palette.dim, italic=True))]))
            rows += rows_of_lines(strips, output.dropped_lines - 1)
            lines.append(note)
        before, self._wrapped = self._wrapped, {}
        for index in range(output.line_count):
            strip, number = output.strip(index), output.dropped_lines + index
            picture, size = output.picture(index), (width, self.text_height)
            kept = before.get(number)
            if kept is None or not kept.is_of(strip, picture, size):
                kept = _wrapped(strip, number, width)
                if picture is not None:
                    kept = _under_picture(kept, picture, number, size, look)
            self._wrapped[number] = kept
            strips += kept.strips
            rows += kept.rows
            lines.append(kept.text)
        return strips, rows, lines


@dataclass(frozen=True, slots=True)
class _Wrapped:
    """One line of the output, and its rows in a pane of this width; of a picture, this size."""

    strip: Strip
    text: str
    size: tuple[int, int]
    strips: list[Strip]
    rows: list[Row]
    picture: Picture | None = None

    def is_of(self, strip: Strip, picture: Picture | None, size: tuple[int, int]) -> bool:
        """Whether it shows this line, in a pane of this size."""
        if self.strip is not strip or self.picture is not picture:
            return False
        return self.size == size if picture is not None else self.size[0] == size[0]


def _under_picture(
    words: _Wrapped, picture: Picture, number: int, size: tuple[int, int], look: Look
) -> _Wrapped:
    """The words with their picture above them."""
    drawn = draw_shown_picture(
        picture, *size, look.palette, look.glyphs, has_colours=look.has_colours
    )
    rows = [Row(number, 0, 0, 0) for _ in drawn]
    return replace(
        words, size=size, strips=drawn + words.strips, rows=rows + words.rows, picture=picture
    )


def _wrapped(strip: Strip, number: int, width: int) -> _Wrapped:
    strips, rows, column = wrap_strip(strip, width), [], 0
    for piece in strips:
        rows.append(Row(number, column, 0, len(piece.text)))
        column += len(piece.text)
    return _Wrapped(strip, strip.text, (width, 0), strips, rows)
