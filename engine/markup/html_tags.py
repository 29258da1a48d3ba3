"""The tags of HTML that are known, and what Markdown has in place of those that stand alone."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

BLANKS = re.compile(r"[ \t\r\f\v\n]+")
RAISED = {"sup": "^", "sub": "_"}
EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`", "kbd": "`"}
HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_BLOCK_NAMES = """
address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption
figure footer form header html legend main menu nav ol p section summary table tbody tfoot thead ul
"""
_INLINE_NAMES = """
a abbr b big br button cite code del em font i img input ins kbd label mark q s samp small span
strike strong sub sup tt u var
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
INLINE = frozenset(_INLINE_NAMES.split())
ROWS = frozenset({"tr"})
CELLS = frozenset({"td", "th"})
PLAYED = frozenset({"iframe", "video", "audio", "embed"})
HIDDEN = frozenset({"script", "style", "head", "title", "template", "svg", "noscript"})
KNOWN = (
    BLOCKS
    | INLINE
    | ROWS
    | CELLS
    | PLAYED
    | HIDDEN
    | HEADINGS.keys()
    | {"li", "hr", "pre", "source", "col", "colgroup", "meta", "link", "object", "param"}
)


class Links:
    """The links that are open, innermost last; those that lead nowhere are only their text."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def open(self, attributes: dict[str, str]) -> str:
        """What Markdown has where this link begins."""
        self._open.append(_address(attributes.get("href", "").strip()))
        return "[" if self._open[-1] else ""

    def close(self) -> str:
        """What Markdown has where the newest one ends."""
        address = self._open.pop() if self._open else ""
        return f"]({address})" if address else ""


def standalone(name: str, attributes: dict[str, str]) -> str:
    """What stands for a picture or for what would be played, else nothing."""
    source = attributes.get("src", "").strip()
    if name == "img":
        words = attributes.get("alt", "").strip() or _file_name(source)
        return f"![{_one_line(words)}]({_address(source)})" if source else _one_line(words)
    if name in PLAYED and source:
        return f"[{_file_name(source) or source}]({_address(source)})"
    return ""


def _file_name(address: str) -> str:
    """The last part of an address, without its ending; of data there is none."""
    parts = urlsplit(address) if not address.startswith("data:") else None
    return PurePosixPath(parts.path).stem if parts else ""


def _address(address: str) -> str:
    if address.startswith("data:"):
        return ""
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def _one_line(text: str) -> str:
    return BLANKS.sub(" ", text).replace("[", "(").replace("]", ")").strip()
