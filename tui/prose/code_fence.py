"""Code in the text: what is too long for a row goes on in the next one, below its own line."""

from __future__ import annotations

import re

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.selection import Selection
from textual.widgets import Label, Markdown
from textual.widgets.markdown import MarkdownBlock, MarkdownFence

from tui.prose.picture_paragraph import PicturedMarkdown, PictureParagraph
from tui.rendering.code_rows import GOES_ON, rows_of

_MARK = f"{GOES_ON} "
_BROKEN = re.compile(rf"(^|\n) *{_MARK}")


class CodeText(Label):
    """Lines of code, broken for the width there is; what is taken along of them is not broken."""

    def get_content_height(
        self,
        container: Size,  # noqa: ARG002 (Textual hands it over by this name)
        viewport: Size,  # noqa: ARG002 (likewise)
        width: int,
    ) -> int:
        """As many rows as there are, once the lines are broken for the width."""
        return len(self._rows(width))

    def render(self) -> Content:
        """The rows for the width there is."""
        return Content("\n").join(self._rows(self.content_size.width))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected, each line whole."""
        selected = super().get_selection(selection)
        return None if selected is None else (_BROKEN.sub("", selected[0]), selected[1])

    def row_of(self, column: int) -> int:
        """The row in which a character of the code stands, counted from 0 as it is."""
        return len(_broken(self._code[: column + 1], self.content_size.width)) - 1

    def _rows(self, width: int) -> list[Content]:
        return _broken(self._code, width)

    @property
    def _code(self) -> Content:
        visual = self.visual
        return visual if isinstance(visual, Content) else Content()


class CodeFence(MarkdownFence):
    """A block of code between other Markdown."""

    DEFAULT_CSS = """
    CodeFence {
        overflow: hidden hidden;
        & > CodeText { width: 1fr; }
    }
    """

    def compose(self) -> ComposeResult:
        """The code, in place of a label that would be cut."""
        yield CodeText(self._highlighted_code, id="code-content", expand=True)


class ProseMarkdown(PicturedMarkdown):
    """Markdown whose code can be read to the end of each line, and whose pictures can be seen."""

    BLOCKS: dict[str, type[MarkdownBlock]] = {  # noqa: RUF012 (as Textual declares it)
        **Markdown.BLOCKS,
        "fence": CodeFence,
        "code_block": CodeFence,
        "paragraph_open": PictureParagraph,
    }


def _broken(code: Content, width: int) -> list[Content]:
    mark_width = len(_MARK)
    rows = []
    for line in code.split("\n", allow_blank=True):
        for margin, begin, end in rows_of(line.plain, max(width, 1)):
            indent = " " * max(margin - mark_width, 0) + _MARK if begin else ""
            rows.append(Content.assemble((indent, "dim"), line[begin:end]))
    return rows
