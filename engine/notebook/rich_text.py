"""The text of what only a browser shows: HTML, Markdown, LaTeX, drawings in SVG, widgets."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from html.parser import HTMLParser
from itertools import groupby, zip_longest
from typing import Any

from IPython.core.formatters import PlainTextFormatter
from IPython.display import (
    HTML,
    JSON,
    SVG,
    Audio,
    IFrame,
    Image,
    Javascript,
    Latex,
    Markdown,
    Math,
    Video,
)
from IPython.lib import pretty

from engine.notebook.films import words_of_video

# What is in the last two cannot be pressed here.
_HIDDEN = {"script", "style", "head", "form", "button"}
_BLOCKS = {
    *("p", "div", "br", "hr", "li", "ul", "ol", "tr", "table", "pre", "blockquote", "section"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}
_SEEN = re.compile(r"<(?:canvas|embed|iframe|img|object|script|svg|video)\b", re.IGNORECASE)
# Of no language, and of no page.
_END_OF_CELL = "\ue000"
_NO_JAVASCRIPT = "(JavaScript runs in a browser alone)"
_HOW_TO_PLAY = "an animation is played by plt.show(), and by HTML(animation.to_jshtml())"
_NO_HANDS = (
    "ipywidgets: nothing can be moved or clicked here;"
    " what widgets call has run with their first values"
)


def show_text_of_pages(formatter: PlainTextFormatter) -> None:
    """Have what is for a browser formatted as its text, or told as what a terminal cannot do."""
    teach: Any = formatter.for_type
    teach(HTML, lambda page, printer, _: printer.text(_words_of_html(str(page.data))))
    teach(SVG, lambda drawing, printer, _: printer.text(_words_of_svg(str(drawing.data))))
    teach(Javascript, lambda _, printer, __: printer.text(_NO_JAVASCRIPT))
    teach(Audio, lambda _, printer, __: printer.text("(sound, which a terminal cannot play)"))
    teach(Video, lambda _, printer, __: printer.text("(a film, which a terminal cannot show)"))
    teach(IFrame, lambda page, printer, _: printer.text(str(page.src)))
    # What is no picture here lies elsewhere, or is no file of one.
    teach(Image, lambda image, printer, _: printer.text(f"(a picture: {_place_of(image)})"))
    teach(JSON, lambda tree, printer, _: printer.pretty(tree.data))
    for source in (Markdown, Latex, Math):
        teach(source, lambda page, printer, _: printer.text(str(page.data)))
    teach(object, _show_any)
    teach_later: Any = formatter.for_type_by_name
    teach_later("ipywidgets.widgets.widget", "Widget", _Widgets().show)
    teach_later("matplotlib.animation", "Animation", _show_animation)


def text_of_bundle(bundle: Mapping[str, object]) -> str:
    """What a terminal shows of a value's forms, which are given by their kinds (MIME types)."""
    for kind, words in _WORDS_OF_KIND.items():
        if kind in bundle:
            return words(str(bundle[kind]))
    return f"({', '.join(bundle)}: for a browser alone)"


def _show_any(value: object, printer: Any, cycle: bool) -> None:
    """Show a value whose type does not say how: its form for a browser, where it has one.

    In a list it is as Python has it.
    """
    text = None
    if len(printer.stack) == 1 and not isinstance(value, type):
        # As in a notebook, a form that cannot be made is passed over.
        with suppress(Exception):
            text = _text_for_browsers(value)
    if text is None:
        show: Any = pretty._default_pprint
        show(value, printer, cycle)
    else:
        printer.text(text)


def _text_for_browsers(value: object) -> str | None:
    of_type: Any = type(value)
    if hasattr(of_type, "_repr_mimebundle_"):
        made = of_type._repr_mimebundle_(value, include=None, exclude=None)
        bundle = made[0] if isinstance(made, tuple) else made
        if bundle:
            return text_of_bundle(bundle)
    for name, kind in _KINDS.items():
        if hasattr(of_type, name):
            made = getattr(of_type, name)(value)
            if made is not None:
                return _WORDS_OF_KIND[kind](str(made))
    return None


def _show_animation(animation: Any, printer: Any, _: bool) -> None:
    """Show one as Python has it, where matplotlib is not set to make a page of it."""
    print(_HOW_TO_PLAY, file=sys.stderr, flush=True)
    printer.text(repr(animation))


class _Widgets:
    """Shows widgets as Python has them, and says once what they cannot do here."""

    def __init__(self) -> None:
        self._has_said = False

    def show(self, widget: object, printer: Any, _: bool) -> None:
        if not self._has_said:
            self._has_said = True
            print(_NO_HANDS, file=sys.stderr, flush=True)
        printer.text(repr(widget))


def _place_of(image: Any) -> str:
    return str(image.url or image.filename or "not readable")


def text_of_html(page: str) -> str:
    """What a browser would show of `page`, in lines; columns of a table are two spaces apart."""
    reader = _TextReader()
    reader.feed(page)
    reader.close()
    lines = [line.strip() for line in "".join(reader.parts).split("\n")]
    shown: list[str] = []
    for is_table, found in groupby(filter(None, lines), lambda line: _END_OF_CELL in line):
        rows = [*found]
        shown += _in_columns(rows) if is_table else rows
    return "\n".join(shown)


def _in_columns(rows: list[str]) -> Iterator[str]:
    table = [[cell.strip() for cell in row.split(_END_OF_CELL)[:-1]] for row in rows]
    columns = zip_longest(*table, fillvalue="")
    widths = [max(map(len, column)) for column in columns]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        yield "  ".join(cells).rstrip()


def _words_of_html(page: str) -> str:
    """Its text; where it has none, whether there is anything to see in a browser."""
    text = words_of_video(page) or text_of_html(page)
    return text or ("(a page for a browser alone)" if _SEEN.search(page) else "")


def _words_of_svg(drawing: str) -> str:
    return f"(a drawing in SVG) {' '.join(text_of_html(drawing).split())}".rstrip()


_KINDS = {
    "_repr_html_": "text/html",
    "_repr_svg_": "image/svg+xml",
    "_repr_markdown_": "text/markdown",
    "_repr_latex_": "text/latex",
}
_WORDS_OF_KIND: dict[str, Callable[[str], str]] = {
    "text/plain": str,
    "text/html": _words_of_html,
    "text/markdown": str,
    "text/latex": str,
    "image/svg+xml": _words_of_svg,
    "application/json": str,
    "application/javascript": lambda _: _NO_JAVASCRIPT,
}


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
            self.parts.append(_END_OF_CELL)
        self._is_pre = self._is_pre and tag != "pre"

    def handle_data(self, data: str) -> None:
        if not self._hidden_in:
            self.parts.append(data if self._is_pre else re.sub(r"\s+", " ", data))
