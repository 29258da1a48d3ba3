"""IPython's `display` and `clear_output` in a terminal: what only a browser shows has its text.

The lesson's shell is not IPython's own one, so that without this `display` would only print, and
print what it cannot show as `<IPython.core.display.HTML object>`.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import IPython.display
from IPython.core import display_functions, interactiveshell
from IPython.core.formatters import PlainTextFormatter
from IPython.core.getipython import get_ipython
from IPython.display import HTML, SVG, DisplayHandle, IFrame, Javascript, Latex, Markdown

from engine.notebook.pictures import show_picture

# Erases what is shown, and goes to its top.
_CLEAR = "\x1b[2J\x1b[H"
_CLEAR_LINE = "\x1b[2K\r"

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


def display_in_terminal(*, clears: bool) -> None:
    """Replace IPython's functions in this process, until it ends.

    With `clears` the whole output can be cleared; without, the line that is being written.
    """
    formatter = PlainTextFormatter()
    show_text_of_pages(formatter)

    def display(
        *values: object, display_id: object = None, clear: bool = False, **_: object
    ) -> DisplayHandle | None:
        """Show values one below the other, pictures as such and all else as its text."""
        if clear:
            clear_output()
        for value in values:
            if show_picture(value, display_id if isinstance(display_id, str) else None):
                continue
            show = getattr(value, "_ipython_display_", None)
            if show is not None and not isinstance(value, type):
                show()
            else:
                print(_formatter_of_lesson(formatter)(value))
        if not display_id:
            return None
        make_handle: Any = DisplayHandle
        handle: DisplayHandle = make_handle(None if display_id is True else display_id)
        return handle

    def clear_output(wait: bool = False) -> None:
        """Erase what the step has written; what comes next is shown with that, or soon after."""
        del wait
        print(_CLEAR if clears else _CLEAR_LINE, end="", flush=True)

    # The last one's is what is a builtin of lessons, which need not import it.
    modules: tuple[Any, ...] = (display_functions, IPython.display, interactiveshell)
    for module in modules:
        module.display, module.clear_output = display, clear_output


def _formatter_of_lesson(otherwise: PlainTextFormatter) -> PlainTextFormatter:
    """The one that a lesson has told how it shows values, as by `%precision 3`."""
    find_shell: Any = get_ipython
    shell = find_shell()
    return otherwise if shell is None else shell.display_formatter.formatters["text/plain"]


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
