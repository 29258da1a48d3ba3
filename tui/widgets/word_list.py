"""The small list under the editor's cursor: words that what is being written may become."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text
from textual import events
from textual.geometry import Offset
from textual.widgets import Static

from tui.rendering.widths import cell_width, pad

_MOST_ROWS = 8


class WordList(Static):
    """Shows the words and which is marked; ``take`` is called with the one that is clicked."""

    DEFAULT_CSS = """
    WordList {
        display: none;
        overlay: screen;
        width: auto;
        height: auto;
        background: $panel;
        color: $foreground;
    }
    """

    def __init__(self, take: Callable[[str], None]) -> None:
        super().__init__(markup=False)
        self._take = take
        self._words: Sequence[str] = ()
        self._marked = 0
        self._top = 0

    @property
    def is_open(self) -> bool:
        """Whether words are offered."""
        return bool(self._words)

    @property
    def marked(self) -> str:
        """The word that would be taken."""
        return self._words[self._marked]

    def offer(self, words: Sequence[str], at: Offset) -> None:
        """Offer these words below a place of the screen, or above it where there is no room."""
        self._words, self._marked, self._top = words, 0, 0
        self.display = self.is_open
        if not self.is_open:
            return
        height = min(len(words), _MOST_ROWS)
        width = self._width
        fits_below = at.y + height < self.screen.size.height
        left = max(min(at.x, self.screen.size.width - width), 0)
        self.absolute_offset = Offset(left, at.y + 1 if fits_below else at.y - height)
        self._draw()

    def close(self) -> None:
        """Offer nothing more."""
        self._words = ()
        self.display = False

    def move(self, rows: int) -> None:
        """Mark another word, round the ends."""
        self._marked = (self._marked + rows) % len(self._words)
        self._top = min(max(self._top, self._marked - _MOST_ROWS + 1), self._marked)
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Take the word that was clicked."""
        event.stop()
        row = self._top + event.y
        if row < len(self._words):
            self._take(self._words[row])

    @property
    def _width(self) -> int:
        widest = max(cell_width(word) for word in self._words)
        return min(widest, self.screen.size.width - 4) + 2

    def _draw(self) -> None:
        drawn = Text(no_wrap=True)
        width = self._width
        for at, word in enumerate(self._words[self._top : self._top + _MOST_ROWS], self._top):
            style = "reverse" if at == self._marked else ""
            drawn.append(" " + pad(word, width - 1), style)
            drawn.append("\n")
        drawn.right_crop(1)
        self.update(drawn)
