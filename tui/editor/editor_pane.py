"""The pane in which the learner writes code: its lines numbered as in the lesson's file."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets.text_area import Edit, EditResult, Selection

from engine.protocol.completion import Writing
from tui.actions.named import bindings
from tui.actions.pane_actions import EDITOR_ACTIONS, FIND_ACTIONS
from tui.editing.dials import Dial
from tui.editor.completing_area import CompletingArea
from tui.look import Appearance
from tui.rendering.code import LineTime, ground_of, highlight, mark_of_line, visible
from tui.rendering.code_rows import GOES_ON
from tui.rendering.difference import lines_of_edit
from tui.rendering.search import Found, find_before, find_from
from tui.showing.sight import Sight


class EditorPane(CompletingArea):
    """Edits the source of one step; escape gives the keys back to the player.

    ``keep`` is called with the step and its source at each change, before the change is drawn: so
    what says that the source is kept never stands beside a source that is not.

    Python is coloured as in the code pane, by the lexer that is there already: tree-sitter, which
    Textual's own highlighting takes, would be two more packages to install.
    """

    DEFAULT_CSS = """
    EditorPane, EditorPane:focus {
        height: 1fr;
        width: 1fr;
        border: none;
        padding: 0;
        background: transparent;
        scrollbar-size-vertical: 1;
        & .text-area--matching-bracket { text-style: bold underline; }
    }
    """

    # TextArea itself means something else by one of these keys.
    BINDINGS = bindings((*FIND_ACTIONS, *EDITOR_ACTIONS))

    def __init__(
        self,
        appearance: Appearance,
        keep: Callable[[int, str], None],
        ask: Callable[[Writing], bool],
        tell_signature: Callable[[str], None],
        tell_nothing: Callable[[], None],
    ) -> None:
        super().__init__("editor", ask, tell_signature, tell_nothing)
        self._appearance = appearance
        self._keep = keep
        self._step: int | None = None
        self._source = ""
        self._own: str | None = None
        self._marked: int | None = None
        self._dial: Dial | None = None
        self._told: tuple[int | None, LineTime, str] = (None, LineTime.RUNNING, "")

    def show_source(self, step: int, source: str, first_line: int, own: str | None) -> None:
        """Show the source of a step, which begins at `first_line` of the file.

        What is typed in that step afterwards stays, until it is other source by something else, as
        by going back into a run. Lines that `own` source does not have get a sign; None: there are
        no such lines.
        """
        if step == self._step:
            if source != self._source:
                self.put_source(source)
            return
        self._step, self._source = step, source
        self._own = own
        self._told = (None, LineTime.RUNNING, "")
        self._marked = None
        self.line_number_start = first_line
        self.load_text(source)

    def forget(self) -> None:
        """Know that what is shown next is of another step, or of the same as it is now."""
        self._step = None

    def put_source(self, source: str) -> None:
        """Put other source in the place of all of it; undo brings it back."""
        self.replace(source, (0, 0), self.document.end)

    def put_number(self, dial: Dial, text: str) -> None:
        """Put another number in the place of a dial's; undo brings it back."""
        start, end = (dial.line, dial.start), (dial.line, dial.end)
        self.replace(text, start, end, maintain_selection_offset=True)

    def show_dial(self, dial: Dial | None) -> None:
        """Select the number in hand; None: select none any more."""
        if dial == self._dial:
            return
        self._dial = dial
        if dial is not None:
            self.selection = Selection((dial.line, dial.start), (dial.line, dial.end))
        elif not self.has_focus:
            self.selection = Selection.cursor(self.cursor_location)

    def keep_number_in_sight(self) -> None:
        """Scroll to the number in hand."""
        if self._dial is not None:
            self.scroll_cursor_visible()

    def on_resize(self) -> None:
        """Keep what is written in sight, or the number in hand, where what is told takes rows."""
        if self.has_focus or self._dial is not None:
            self.scroll_cursor_visible()

    @property
    def first_line_in_sight(self) -> int:
        """The first line of the source that is in sight, counted from 0."""
        return self.wrapped_document.line_at(self.scroll_offset.y) or 0

    def find(self, words: str, direction: str) -> Found | None:
        """Select `words` where they stand "next", "previous", or first from "here" on."""
        match direction:
            case "previous":
                found = find_before(self.text, words, min(self.selection))
            case "next":
                found = find_from(self.text, words, max(self.selection))
            case _:
                found = find_from(self.text, words, min(self.selection))
        if found is not None:
            self.selection = Selection(found.start, found.end)
            self.scroll_cursor_visible()
        return found

    def mark(self, sight: Sight, trouble: str) -> None:
        """Mark the line that runs, is next, or broke; bring it into sight when it changes.

        `trouble` stands under it, until the source is changed: then it may be another line's.
        """
        line = None if sight.line is None else sight.line - self.line_number_start
        told = (line, sight.moment, trouble)
        if told == self._told:
            return
        self._told = told
        self._mark(line, trouble)
        if line is not None and not self.has_focus:
            self.move_cursor((line, 0))

    def _mark(self, line: int | None, trouble: str) -> None:
        note = (line, trouble) if line is not None and trouble else None
        self._marked = line
        if note != self.wrapped_document.note:
            self.wrapped_document.note = note
            self._rewrap_and_refresh_virtual_size()
        self.refresh()

    def get_line(self, line_index: int) -> Text:
        """One line in colours, with a dot for what a terminal would obey instead of showing it."""
        text = super().get_line(line_index)
        text.plain = visible(text.plain)
        lines = highlight(self.text, self._appearance.look.palette)
        if line_index < len(lines) and lines[line_index].text == text.plain:
            at = 0
            for segment in lines[line_index]:
                end = at + len(segment.text)
                if segment.style is not None:
                    text.stylize(segment.style, at, end)
                at = end
        return text

    def render_line(self, y: int) -> Strip:
        """One line of the pane, on the ground of the marked line where it is that."""
        row = y + self.scroll_offset.y
        note = self.wrapped_document.note_row(row)
        if note is not None:
            style = Style(color=self._appearance.look.palette.bad, bold=True)
            strip = Strip([Segment(" " * self.gutter_width + note, style)])
            return strip.extend_cell_length(self.size.width).apply_style(self.rich_style)
        strip = self._with_margin(super().render_line(y), row)
        strip = self._with_sign(self._with_mark_of_row(strip, row), row)
        if self._marked is None or self.wrapped_document.line_at(row) != self._marked:
            return strip
        look, moment = self._appearance.look, self._told[1]
        gutter = self.gutter_width
        if gutter and not self._goes_on(row):
            mark = mark_of_line(moment, look.palette, look.glyphs)
            strip = Strip([*strip.crop(0, gutter - 1), mark, *strip.crop(gutter)])
        return strip.apply_style(ground_of(moment, look.palette))

    def _with_margin(self, strip: Strip, row: int) -> Strip:
        """A row that goes on with the line above it, indented deeper than the line is."""
        margin, gutter = self.wrapped_document.margin_of(row), self.gutter_width
        if not margin:
            return strip
        empty = Segment(" " * margin, self.rich_style)
        return Strip(
            [*strip.crop(0, gutter), empty, *strip.crop(gutter, strip.cell_length - margin)]
        )

    def _with_mark_of_row(self, strip: Strip, row: int) -> Strip:
        """A row with a mark in the gutter where it goes on with the line above it."""
        gutter = self.gutter_width
        if not gutter or not self._goes_on(row):
            return strip
        style = Style(color=self._appearance.look.palette.dim)
        mark = Segment(GOES_ON, (self.rich_style or Style()) + style)
        return Strip([*strip.crop(0, gutter - 2), mark, *strip.crop(gutter - 1)])

    def _with_sign(self, strip: Strip, row: int) -> Strip:
        """A row with a sign in the gutter where it begins a line that is the learner's."""
        gutter = self.gutter_width
        if self._own is None or not gutter or self._goes_on(row):
            return strip
        if self.wrapped_document.line_at(row) not in lines_of_edit(self._own, self.text):
            return strip
        look = self._appearance.look
        style = (self.rich_style or Style()) + Style(color=look.palette.accent)
        sign = Segment(look.glyphs.edited, style)
        return Strip([*strip.crop(0, gutter - 2), sign, *strip.crop(gutter - 1)])

    def _goes_on(self, row: int) -> bool:
        """Whether a row goes on with the line of the row above it."""
        line = self.wrapped_document.line_at(row)
        return row > 0 and line is not None and self.wrapped_document.line_at(row - 1) == line

    def edit(self, edit: Edit) -> EditResult:
        """Change the source, and have it kept."""
        result = super().edit(edit)
        self._keep_text()
        return result

    def undo(self) -> None:
        """Take the last change back, and have that kept."""
        super().undo()
        self._keep_text()

    def redo(self) -> None:
        """Make a change again that was taken back, and have that kept."""
        super().redo()
        self._keep_text()

    def _keep_text(self) -> None:
        self._mark(None, "")
        if self._step is not None:
            self._source = self.text
            self._keep(self._step, self.text)

    def on_hide(self, event: events.Hide) -> None:
        """Keep the keys where it is in sight again by now: it was hidden a moment ago."""
        if all(node.display for node in self.ancestors_with_self if isinstance(node, Widget)):
            event.prevent_default()

    def on_key(self, event: events.Key) -> None:
        """Escape ends the typing, once it has closed what is open."""
        if event.key == "escape" and not self.word_list.is_open:
            event.stop()
            event.prevent_default()
            self.screen.set_focus(None)
