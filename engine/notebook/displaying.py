"""IPython's `display` and `clear_output` in a terminal: what only a browser shows has its text.

The lesson's shell is not IPython's own one, so that without this `display` would only print, and
print what it cannot show as `<IPython.core.display.HTML object>`.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Mapping
from typing import Any

import IPython.display
from IPython.core import display_functions, interactiveshell
from IPython.core.formatters import PlainTextFormatter
from IPython.core.getipython import get_ipython
from IPython.display import DisplayHandle, Image

from engine.notebook.pictures import look_on, show_picture
from engine.notebook.rich_text import show_text_of_pages, text_of_bundle

# Erases what is shown, and goes to its top.
_CLEAR = "\x1b[2J\x1b[H"
_CLEAR_LINE = "\x1b[2K\r"
_PICTURES = ("image/png", "image/jpeg")


def display_in_terminal(*, clears: bool) -> None:
    """Replace IPython's functions in this process, until it ends.

    With `clears`, where the output is a pane that is looked at, it can be cleared as a whole;
    without, the line that is being written on a terminal.
    """
    look_on(is_watched=clears)
    formatter = PlainTextFormatter()
    show_text_of_pages(formatter)

    def display(
        *values: object,
        display_id: object = None,
        clear: bool = False,
        raw: bool = False,
        **_: object,
    ) -> DisplayHandle | None:
        """Show values one below the other, pictures as such and all else as its text.

        With `raw` they are forms of values, by their MIME types.
        """
        if clear:
            clear_output()
        for value in values:
            if raw and isinstance(value, dict):
                publish(value)
                continue
            if show_picture(value, display_id if isinstance(display_id, str) else None):
                continue
            show = getattr(value, "_ipython_display_", None)
            if show is not None and not isinstance(value, type):
                show()
            else:
                show_text(str(_formatter_of_lesson(formatter)(value)))
        if not display_id:
            return None
        make_handle: Any = DisplayHandle
        handle: DisplayHandle = make_handle(None if display_id is True else display_id)
        return handle

    def show_text(text: str) -> None:
        """Write what there is to read; styles of a page are nothing."""
        if text:
            print(text)

    def publish(data: Mapping[str, object], *_: object, **__: object) -> None:
        """Show one value of which these are the forms: its picture, else its text."""
        encoded = next((data[kind] for kind in _PICTURES if kind in data), None)
        make_image: Any = Image
        if encoded is None or not show_picture(make_image(data=_decoded(encoded))):
            show_text(text_of_bundle(data))

    def clear_output(wait: bool = False) -> None:
        """Erase what the step has written; what comes next is shown with that, or soon after."""
        del wait
        if clears or sys.stdout.isatty():
            print(_CLEAR if clears else _CLEAR_LINE, end="", flush=True)

    # The last one's is what is a builtin of lessons, which need not import it.
    modules: tuple[Any, ...] = (display_functions, IPython.display, interactiveshell)
    for module in modules:
        module.display, module.clear_output = display, clear_output
    for module in modules[:2]:
        module.publish_display_data = publish


def _decoded(data: object) -> bytes:
    """A picture's bytes, which a notebook's file has as letters."""
    return data if isinstance(data, bytes) else base64.b64decode(str(data))


def _formatter_of_lesson(otherwise: PlainTextFormatter) -> PlainTextFormatter:
    """The one that a lesson has told how it shows values, as by `%precision 3`."""
    find_shell: Any = get_ipython
    shell = find_shell()
    return otherwise if shell is None else shell.display_formatter.formatters["text/plain"]
