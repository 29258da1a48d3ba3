"""Lines of a pane as a picture in SVG that needs nothing from elsewhere; no widget may enter."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html import unescape

from rich.console import Console
from rich.segment import Segment, Segments
from textual.strip import Strip

from tui.rendering.palette import Palette
from tui.rendering.widths import cell_width

# What Rich makes of one cell, in pixels.
_CELL_WIDTH = 12.2

_FONTS = "'Fira Code', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'D2Coding', monospace"

_PICTURE = """<svg class="rich-terminal" viewBox="0 0 {terminal_width} {terminal_height}" \
xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: FONTS; font-size: {char_height}px; \
line-height: {line_height}px; font-variant-ligatures: none; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
<rect fill="GROUND" width="{terminal_width}" height="{terminal_height}"/>
<g transform="translate(8, 8)" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def svg_of(strips: Sequence[Strip], palette: Palette) -> str:
    """The strips, one under the other, as SVG."""
    width = max((strip.cell_length for strip in strips), default=1)
    console = Console(
        width=max(width, 1),
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        record=True,
        legacy_windows=False,
    )
    segments = [segment for strip in strips for segment in (*strip, Segment.line())]
    console.print(Segments(segments), end="")
    form = _PICTURE.replace("FONTS", _FONTS).replace("GROUND", palette.ground)
    return _TEXT.sub(_with_its_width, console.export_svg(title="", code_format=form))


_TEXT = re.compile(r'textLength="[^"]*"(?P<rest>[^>]*>)(?P<text>[^<]*)<')


def _with_its_width(text: re.Match[str]) -> str:
    """A text as wide as its cells are: Rich takes a Korean letter for one cell."""
    length = cell_width(unescape(text["text"])) * _CELL_WIDTH
    return f'textLength="{length:g}"{text["rest"]}{text["text"]}<'
