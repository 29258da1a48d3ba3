"""What a step has written, as HTML: its lines in their colours, and its pictures."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape

from textual.strip import Strip

from engine.protocol.pictures import Picture, png_of
from tui.exporting.colours import PageColours
from tui.rendering.widths import clusters
from tui.scrollback.scrollback import Scrollback


def output_parts(output: Scrollback) -> Iterator[tuple[range, Picture | None]]:
    """The lines of an output in pieces: lines of text, or the one with the words of a picture."""
    begin = 0
    for index in range(output.line_count):
        picture = output.picture(index)
        if picture is not None:
            if begin < index:
                yield range(begin, index), None
            yield range(index, index + 1), picture
            begin = index + 1
    if begin < output.line_count:
        yield range(begin, output.line_count), None


def written_html(output: Scrollback, colours: PageColours) -> str:
    """The output as blocks of lines and images, in their order; "" where there is none."""
    blocks = []
    for lines, picture in output_parts(output):
        if picture is None:
            text = lines_html((output.strip(index) for index in lines), colours)
            blocks.append(f'<pre class="written">{text}</pre>')
        else:
            blocks.append(picture_html(picture, output.lines[lines.start]))
    return "\n".join(blocks)


def picture_html(picture: Picture, words: str) -> str:
    """A picture as an image that needs nothing from elsewhere, with its words for who sees none."""
    data = b64encode(png_of(picture)).decode()
    size = f'width="{picture.width}" height="{picture.height}"'
    image = f'<img src="data:image/png;base64,{data}" {size} alt="{escape(words)}">'
    return f'<figure class="picture">{image}</figure>'


def lines_html(strips: Iterable[Strip], colours: PageColours) -> str:
    """Lines of a terminal as they stand in a `pre`."""
    return "\n".join(_line(strip, colours) for strip in strips)


def _line(strip: Strip, colours: PageColours) -> str:
    return "".join(
        _styled(aligned(text), f"{colours.ink(style)} {colours.paper(style)}".strip())
        for text, style, _ in strip
    )


def _styled(html: str, classes: str) -> str:
    return f'<span class="{classes}">{html}</span>' if classes and html else html


def aligned(text: str) -> str:
    """Text in which what is two cells wide in a terminal takes the width of two letters."""
    if text.isascii():
        return escape(text, quote=False)
    parts: list[str] = []
    wide: list[str] = []

    def end_wide() -> None:
        if wide:
            width = 2 * len(wide)
            inside = escape("".join(wide), quote=False)
            parts.append(f'<span class="wide" style="width:{width}ch">{inside}</span>')
            wide.clear()

    for cluster, cells in clusters(text):
        if cells == 2:
            wide.append(cluster)
        else:
            end_wide()
            parts.append(escape(cluster, quote=False))
    end_wide()
    return "".join(parts)
