"""A paragraph of the text that is a picture: drawn in the cells of the terminal, named under it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from markdown_it.token import Token
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.style import Style
from textual.widgets import Markdown
from textual.widgets._markdown import MarkdownParagraph

from engine.protocol.pictures import Picture
from tui.scrollback.blocks import draw_picture

_MOST_ROWS = 16
_MOST_COLUMNS = 120
_AROUND_A_PICTURE = frozenset({"link_open", "link_close", "softbreak"})


class PicturedMarkdown(Markdown):
    """Markdown with the ``pictures`` that can be drawn, by the addresses that its text has."""

    pictures: Mapping[str, Picture] = MappingProxyType({})
    has_colours = True


class PictureParagraph(MarkdownParagraph):
    """Draws its picture, where it is one and nothing else, and where it can be drawn."""

    _drawn: tuple[int, Content] = (0, Content())

    @property
    def is_drawn(self) -> bool:
        """Whether it is a picture that is drawn where it stands now."""
        return self._drawing(self.content_size.width) is not None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows of the drawing and of its name; of other text what it takes."""
        drawn = self._drawing(width)
        if drawn is None:
            return super().get_content_height(container, viewport, width)
        return len(drawn.split("\n", allow_blank=True))

    def render(self) -> RenderResult:
        """The drawing for the width there is."""
        return self._drawing(self.content_size.width) or super().render()

    def _drawing(self, width: int) -> Content | None:
        token, text = self._inline_token, self._markdown
        image = None if token is None else _only_image(token)
        if image is None or not isinstance(text, PicturedMarkdown) or width < 1:
            return None
        picture = text.pictures.get(str(image.attrs.get("src", "")))
        if picture is None:
            return None
        if self._drawn[0] != width:
            drawn = _drawn(picture, image.content, width, has_colours=text.has_colours)
            self._drawn = width, drawn
        return self._drawn[1]


def _only_image(token: Token) -> Token | None:
    """The image that a paragraph is, if it is nothing but that; it may be a link."""
    parts = [
        one
        for one in token.children or ()
        if one.type not in _AROUND_A_PICTURE and (one.type != "text" or one.content.strip())
    ]
    return parts[0] if len(parts) == 1 and parts[0].type == "image" else None


def _drawn(picture: Picture, name: str, width: int, *, has_colours: bool) -> Content:
    columns = min(width, _MOST_COLUMNS)
    strips = draw_picture(
        picture.pixels, columns, _MOST_ROWS, has_colours=has_colours, in_ascii=False
    )
    rows = [Content.assemble(*map(_painted, strip)) for strip in strips]
    return Content("\n").join([*rows, *([Content.styled(name, "dim")] if name else [])])


def _painted(segment: Segment) -> tuple[str, Style]:
    return segment.text, Style.from_rich_style(segment.style or RichStyle())
