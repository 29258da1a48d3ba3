"""The pane with the step's text."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from tui.rendering.formulas import formulas_to_ascii, formulas_to_unicode


class ProsePane(VerticalScroll, can_focus=False):
    """Shows Markdown, its formulas as text."""

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
            & > *:last-child { margin: 0; }
            & MarkdownH1, & MarkdownH2, & MarkdownH3 {
                content-align: left middle;
                text-style: bold;
                color: $accent;
                border: none;
            }
        }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="prose")
        self._markdown: str | None = None
        self._place = 0.0

    def compose(self) -> ComposeResult:
        """One Markdown document."""
        yield Markdown(open_links=False)

    async def show_markdown(self, markdown: str, *, in_ascii: bool) -> None:
        """Show a text from its top; one that has grown, from what was added to it."""
        before, self._markdown = self._markdown, markdown
        if markdown == before:
            return
        document = self.query_one(Markdown)
        shown = len(document.children)
        write = formulas_to_ascii if in_ascii else formulas_to_unicode
        await document.update(write(markdown))
        added = document.children[shown:]
        if self._is_folded:
            self._show_end()
        elif before and markdown.startswith(before) and added:
            self.call_after_refresh(self.scroll_to_widget, added[0], top=True, animate=False)
        else:
            self.scroll_home(animate=False)

    def fold(self) -> None:
        """Show the end of the text, in the few lines that are left to it."""
        if not self._is_folded:
            self._place = self.scroll_y
            self.add_class("-folded")
            self._show_end()

    def unfold(self) -> None:
        """Show the text from where it was read."""
        if self._is_folded:
            self.remove_class("-folded")
            self.call_after_refresh(self.scroll_to, y=self._place, animate=False)

    @property
    def _is_folded(self) -> bool:
        return self.has_class("-folded")

    def _show_end(self) -> None:
        self.call_after_refresh(self.scroll_end, animate=False)
