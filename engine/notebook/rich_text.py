"""The text of what only a browser shows: HTML, Markdown, LaTeX, drawings in SVG."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from IPython.core.formatters import PlainTextFormatter
from IPython.display import HTML, SVG, IFrame, Javascript, Latex, Markdown

_HIDDEN = {"script", "style", "head"}
_BLOCKS = {
    *("p", "div", "br", "hr", "li", "ul", "ol", "tr", "table", "pre", "blockquote", "section"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}


def show_text_of_pages(formatter: PlainTextFormatter) -> None:
    """Have what is HTML, Markdown or LaTeX formatted as its text."""
    teach: Any = formatter.for_type
    teach(HTML, lambda page, printer, _: printer.text(text_of_html(str(page.data))))
    teach(SVG, lambda drawing, printer, _: printer.text(_words_of_svg(str(drawing.data))))
    teach(Javascript, lambda _, printer, __: printer.text("(JavaScript runs in a browser alone)"))
    teach(IFrame, lambda page, printer, _: printer.text(str(page.src)))
    for source in (Markdown, Latex):
        teach(source, lambda page, printer, _: printer.text(str(page.data)))


def text_of_html(page: str) -> str:
    """What a browser would show of `page`, in lines; cells of a table are two spaces apart."""
    reader = _TextReader()
    reader.feed(page)
    reader.close()
    lines = "".join(reader.parts).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _words_of_svg(drawing: str) -> str:
    return f"(a drawing in SVG) {' '.join(text_of_html(drawing).split())}".rstrip()


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden_in: list[str] = []
        self._is_pre = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag in _HIDDEN:
            self._hidden_in.append(tag)
        if tag in _BLOCKS:
            self.parts.append("\n")
        self._is_pre = self._is_pre or tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden_in:
            self._hidden_in.remove(tag)
        if tag in _BLOCKS:
            self.parts.append("\n")
        if tag in ("td", "th"):
            self.parts.append("  ")
        self._is_pre = self._is_pre and tag != "pre"

    def handle_data(self, data: str) -> None:
        if not self._hidden_in:
            self.parts.append(data if self._is_pre else re.sub(r"\s+", " ", data))
