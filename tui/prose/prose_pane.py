"""The pane with the step's text, and at its end the questions and the help that was asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence

from rich.style import Style
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from engine.protocol.pictures import Picture
from tui.look import Look
from tui.prose.code_fence import ProseMarkdown
from tui.prose.folding import first_row
from tui.prose.picture_paragraph import PictureParagraph
from tui.prose.prose_search import ProseSearch
from tui.prose.question_card import QuestionCard
from tui.prose.questions import Questions
from tui.words.questions import AskedQuestion

# Of a picture, a paragraph: see PictureParagraph.
_WHOLE = "MarkdownFence, MarkdownTable, MarkdownBlockQuote, AnswerRow, PictureParagraph"


class ProsePane(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Shows Markdown, its formulas as text, and questions below it.

    It has no keys of its own: while a question has the focus, keys scroll the active pane, too.
    """

    DEFAULT_CSS = """
    ProsePane {
        height: 1fr;
        width: 1fr;
        scrollbar-size-vertical: 1;
        & Markdown {
            padding: 0 1;
            margin: 0;
            background: transparent;
            & > * { margin: 0 0 1 0; }
            & > MarkdownBlock:last-child { margin: 0; }
            & MarkdownH1, & MarkdownH2, & MarkdownH3 {
                content-align: left middle;
                text-style: bold;
                color: $accent;
                border: none;
            }
        }
        & > #help { margin-top: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="prose")
        self.questions = Questions()
        self._text = ProseMarkdown(open_links=False, id="text")
        self._help = ProseMarkdown(open_links=False, id="help")
        self._shown = ("", "")
        self._place = 0.0
        self._empty_rows = 0
        self._search = ProseSearch(self)
        self._drawing = asyncio.Lock()
        self._step = -1
        self._news: Widget | None = None

    def compose(self) -> ComposeResult:
        """The text, its questions, and the help."""
        self._help.display = False
        yield from (self._text, self.questions, self._help)

    def take_pictures(self, pictures: Mapping[str, Picture], *, has_colours: bool) -> None:
        """Draw these pictures, by their addresses, in the text that is shown next."""
        for one in (self._text, self._help):
            one.pictures, one.has_colours = pictures, has_colours

    async def show_step(
        self, step: int, text: str, help_text: str, asked: Sequence[AskedQuestion], look: Look
    ) -> bool:
        """Show a step's text from its top; what is new of the same step comes into sight.

        Says whether it has been told of an answer what is right since the last time.
        """
        # The screen and the panes both have it drawn, each in a task of its own.
        async with self._drawing:
            return await self._show_step(step, text, help_text, asked, look)

    async def _show_step(
        self, step: int, text: str, help_text: str, asked: Sequence[AskedQuestion], look: Look
    ) -> bool:
        is_other, self._step = step != self._step, step
        before, self._shown = self._shown, (text, help_text)
        if self._shown != before:
            self._search.put_out()
        if text != before[0]:
            self._text.display = bool(text)
            await self._text.update(look.write_formulas(text))
        told = await self.questions.show(step, asked, look)
        news: Widget | None = told
        if help_text != before[1]:
            news = await self._show_help(help_text, before[1], look) or news
        if self._shown != before:
            self.call_after_refresh(self._search.look_again)
        if is_other:
            self._news = None
            self.scroll_home(animate=False)
        elif news is not None:
            self._news = news
            self._bring(news)
        elif self._shown != before:
            self.scroll_home(animate=False)
        return told is not None and not is_other

    def ask(self, question: int | None = None) -> None:
        """Give the keys to a question, and have it in sight with the text before it."""
        card = self.questions.ask(question)
        if card is not None:
            self._news = card
            self._bring(card)

    def on_resize(self) -> None:
        """Keep in sight what is new, also where the room for it has become another."""
        if self._is_folded:
            self.call_after_refresh(self._show_folded)
        elif self._news is not None:
            self._bring(self._news)

    def on_questions_grown(self) -> None:
        """Bring what is new into sight with all that it says now."""
        if self._news is not None:
            self._bring(self._news)

    def fold(self) -> None:
        """Show the end of the text, in the few lines that are left to it."""
        if not self._is_folded:
            self._news = None
            self._place = self.scroll_y
            self.add_class("-folded")
            self.call_after_refresh(self._show_folded)

    def unfold(self) -> None:
        """Show the text from where it was read; what has been told meanwhile, if anything was."""
        if not self._is_folded:
            return
        self.remove_class("-folded")
        self._empty_rows = 0
        if self._news is not None:
            self._bring(self._news)
        else:
            self.call_after_refresh(self.scroll_to, y=self._place, animate=False)

    # Searching

    def search(self, words: str, lit: Style, found: Style) -> None:
        """See Searched."""
        self._search.search(words, lit, found)

    def search_on(self, by: int) -> None:
        """See Searched."""
        self._search.search_on(by)

    def end_search(self) -> None:
        """See Searched."""
        self._search.end()

    @property
    def found(self) -> tuple[int, int]:
        """See Searched."""
        return self._search.found

    @property
    def max_scroll_y(self) -> int:
        """How far it can be scrolled: a folded text to where its end leaves rows empty."""
        return super().max_scroll_y + self._empty_rows

    @property
    def _is_folded(self) -> bool:
        return self.has_class("-folded")

    async def _show_help(self, markdown: str, before: str, look: Look) -> Widget | None:
        """Show the help; what has been added to it, where it has grown."""
        count = len(self._help.children) if before and markdown.startswith(before) else 0
        self._help.display = bool(markdown)
        await self._help.update(look.write_formulas(markdown))
        return self._help.children[count] if len(self._help.children) > count else None

    def _show_folded(self) -> None:
        """Have the end of the text in the few lines that are left to it, or what is new in it."""
        if not self._is_folded:
            return
        room, total = self.outer_size.height, self.virtual_size.height
        shown = range(total, total)
        if self._news is not None and self._news.is_attached:
            shown = self._rows_of(_told_of(self._news))
        row = first_row(total, room, shown, self._drawn_rows())
        self._empty_rows = max(row - max(total - room, 0), 0)
        self.scroll_to(y=row, animate=False, immediate=True)

    def _drawn_rows(self) -> Iterator[range]:
        """The rows of all that says nothing without its beginning, those below each included."""
        for block in self.query(_WHOLE):
            if not isinstance(block, PictureParagraph) or block.is_drawn:
                rows = self._rows_of(block)
                yield range(rows.start, rows.stop + block.styles.margin.bottom)

    def _rows_of(self, widget: Widget) -> range:
        """The rows of the text that a part of it takes, wherever it is scrolled to."""
        region = widget.virtual_region
        top = region.y
        for around in widget.ancestors:
            if around is self or not isinstance(around, Widget):
                break
            top += around.virtual_region.y + around.styles.gutter.top
        return range(top, top + region.height)

    def _bring(self, news: Widget) -> None:
        self.call_after_refresh(self._scroll_to_news, news)

    def _scroll_to_news(self, news: Widget) -> None:
        if news is not self._news or not news.is_attached:
            return
        if self._is_folded:
            self._show_folded()
            return
        part = news if self._has_room_for(news) else _told_of(news)
        is_help = not isinstance(news, QuestionCard)
        self.scroll_to_widget(part, top=is_help or not self._has_room_for(part), animate=False)

    def _has_room_for(self, widget: Widget) -> bool:
        rows = widget.outer_size.height + widget.styles.margin.height
        return rows <= self.scrollable_content_region.height


def _told_of(news: Widget) -> Widget:
    """Of a question that has been told the answer to it, else what is new itself."""
    return news.told if isinstance(news, QuestionCard) and news.asked.is_told else news
