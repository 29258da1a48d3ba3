"""Scrollbars made of whole cells, for where no character is half of one."""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBarRender


class WholeScrollBar(ScrollBarRender):
    """Draws a scrollbar by the grounds of its cells alone."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8
