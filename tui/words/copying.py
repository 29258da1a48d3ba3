"""What is said of a text that has gone to the clipboard, or that could not; no widget enters."""

from __future__ import annotations

from tui.language.catalogue import Translate
from tui.rendering.widths import cut

_MOST_SHOWN = 40


def copied_words(text: str, translate: Translate) -> str:
    """Says what was copied: how many lines, or of a single one its beginning."""
    lines = text.rstrip("\n").split("\n")
    if len(lines) > 1:
        return translate("{count} lines copied").format(count=f"{len(lines):,}")
    return translate("Copied: {text}").format(text=cut(lines[0].strip(), _MOST_SHOWN))


def too_long_words(text: str, most: int, translate: Translate) -> str:
    """Says that a text of more than `most` bytes was not copied, and what can be done."""
    size = len(text.encode("utf-8", "replace"))
    words = translate(
        "{size} kB are too much for a terminal's clipboard, which takes {most} kB: "
        "select a part with the mouse."
    )
    return words.format(size=f"{size / 1000:,.0f}", most=most // 1000)
