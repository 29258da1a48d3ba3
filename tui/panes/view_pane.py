"""The pane with what the step's view cells drew."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip

from engine.lesson.drawing_words import DrawingWords
from engine.lesson.printable import printable_line
from engine.protocol.frame import FrameRequest, ViewDrawing
from tui.actions.named import key_of
from tui.filters.told_by_characters import told_by_characters
from tui.look import Look
from tui.panes.pane_tabs import PANES
from tui.rendering.widths import cell_width
from tui.scrollback.ansi import parse_drawing
from tui.scrollback.wrapping import wrap_strip
from tui.widgets.text_pane import TextPane

_NARROWEST = 20
_LOWEST = 6
# The corners of the border, and a piece of it and a space on either side.
_AROUND_A_TITLE = 6


class ViewPane(TextPane):
    """Shows drawings, and knows how large the next ones should be."""

    def __init__(self) -> None:
        super().__init__("view")
        self._latest = Size(0, 0)
        self._told = ""

    def request(self, cells: int) -> FrameRequest:
        """What to ask for so that the drawings of `cells` view cells fill this pane."""
        if self.display and self.text_height > 1:
            self._latest = Size(self.text_width, self.text_height)
        width, height = self._latest or self.app.size
        return FrameRequest(max(width, _NARROWEST), max(height // max(cells, 1), _LOWEST))

    def show_drawings(self, drawings: Sequence[ViewDrawing], look: Look) -> None:
        """Show the drawings of a step, under their titles."""
        self._show_titles(drawings, look)
        if any(drawing.text.strip() for drawing in drawings):
            self.show(self._lines_of(drawings, look))
        else:
            words = look.translate(
                "Its cell has drawn nothing: plt.show() draws a plot, and print writes text."
            )
            self.show_sentence(words, look)

    def show_none(self, why: str, look: Look) -> None:
        """Say why a step has no drawing."""
        self._show_titles((), look)
        self.show_sentence(why, look)

    def _show_titles(self, drawings: Sequence[ViewDrawing], look: Look) -> None:
        """Say in the border what is drawn: often which colour is what stands nowhere else."""
        titles = dict.fromkeys(printable_line(drawing.title) for drawing in drawings)
        pane, drawn = look.translate(PANES["view"]), ", ".join(filter(None, titles))
        title = f"{pane}: {drawn}" if drawn else pane
        if drawn and cell_width(title) > self.outer_size.width - _AROUND_A_TITLE:
            # What is drawn says more than that it is a drawing.
            title = " ".join([pane.partition(" ")[0], drawn])
        # A title may have brackets, which are no markup.
        self.border_title = Content(title)

    def tell_age(self, drawings: Sequence[ViewDrawing], position: int, look: Look) -> None:
        """Say at the foot of the pane how far the oldest drawing is behind `position`."""
        drawn_at = min((drawing.position for drawing in drawings), default=position)
        told = ""
        if drawn_at < position:
            words = look.translate("drawn at {position}, {count} behind")
            told = words.format(position=f"{drawn_at:,}", count=f"{position - drawn_at:,}")
        self._tell(told)

    def tell_whose(self, name: str, position: int, look: Look) -> None:
        """Say at the foot of the pane which other run the drawings are of, and from where."""
        words = look.translate("of {name}, at {position}")
        self._tell(words.format(name=name, position=f"{position:,}"))

    def _tell(self, told: str) -> None:
        if told != self._told:
            self._told = told
            # A name may have brackets, which are no markup.
            self.border_subtitle = Content(told)

    def show_old_drawings(
        self, drawings: Sequence[ViewDrawing], words: DrawingWords, cells: int, look: Look
    ) -> None:
        """Show drawings that only another run can make again, and say what that would mend.

        They may be too large for this pane, or in another language, where they have `words`.
        """
        strips, room = self._lines_of(drawings, look), self.request(cells)
        width = max((strip.cell_length for strip in strips), default=0)
        fits = width <= room.view_width and len(strips) <= room.view_height * cells
        told = None
        if not fits:
            told = look.translate(
                "Drawn for a larger pane: {key} runs the step again, and fills this one."
            )
        elif _are_said_otherwise(drawings, words, look.language):
            told = look.translate(
                "Drawn in another language: {key} runs the step again, and draws in this one."
            )
        if told is None or any(drawing.is_error for drawing in drawings):
            self.show_drawings(drawings, look)
            return
        self._show_titles(drawings, look)
        self.show([*self.sentence(told.format(key=key_of("restart_step")), look), *strips])

    def _lines_of(self, drawings: Sequence[ViewDrawing], look: Look) -> list[Strip]:
        strips: list[Strip] = []
        for drawing in drawings:
            drawn = parse_drawing(drawing.text.rstrip("\n"))
            if drawing.is_error:
                width = max(self.text_width, 1)
                strips += [piece for strip in drawn for piece in wrap_strip(strip, width)]
            else:
                strips += told_by_characters(drawn) if look.in_characters else drawn
        return strips


def _are_said_otherwise(
    drawings: Sequence[ViewDrawing], words: DrawingWords, language: str
) -> bool:
    """Whether something in the drawings is another text in this language."""
    return any(
        words.said(text, drawing.language) != words.said(text, language)
        for drawing in drawings
        for text in drawing.texts
    )
