"""A block of HTML becomes Markdown: its paragraphs, lists, tables, and code."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from engine.markup.html_tags import (
    BLANKS,
    BLOCKS,
    CELLS,
    EMPHASIS,
    HEADINGS,
    HIDDEN,
    RAISED,
    ROWS,
    Links,
    standalone,
)

_GAPS = re.compile(r"\n{3,}")


class BlockReader(HTMLParser):
    """Reads a block of HTML, and writes it as Markdown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._written: list[str] = []
        self._links = Links()
        self._lists: list[int | None] = []
        self._hidden = 0
        self._preformatted = 0
        self._code = 0
        self._cells = 0
        self._rows = 0

    @property
    def markdown(self) -> str:
        """What was read, without empty lines around it."""
        text = "".join(self._written)
        lines = [line.rstrip(" ") if line != "\\" else "" for line in text.split("\n")]
        return _GAPS.sub("\n\n", "\n".join(lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        attributes = {name: value or "" for name, value in attrs}
        if tag in HIDDEN:
            self._hidden += 1
        elif tag == "pre":
            self._preformatted += 1
            self._break(2)
            self._write("```\n")
        elif tag in HEADINGS:
            self._break(2)
            self._write(f"{HEADINGS[tag]} ")
        elif tag in ("ul", "ol"):
            self._break(1 if self._lists else 2)
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._begin_item()
        elif tag == "hr":
            self._break(2)
            self._write("---")
            self._break(2)
        elif tag == "br":
            self._break(1, hard=True)
        elif tag == "a":
            self._write(self._links.open(attributes))
        elif tag == "table":
            self._break(2)
            self._rows = 0
        elif tag in ROWS:
            self._end_row()
        elif tag in CELLS:
            self._write(" | " if self._cells else "| ")
            self._cells += 1
        elif tag in BLOCKS:
            self._break(2)
        elif tag in EMPHASIS:
            self._write("" if self._preformatted else EMPHASIS[tag])
            self._code += EMPHASIS[tag] == "`"
        else:
            self._write(RAISED.get(tag, "") or standalone(tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if tag in HIDDEN:
            self._hidden = max(self._hidden - 1, 0)
        elif tag == "pre" and self._preformatted:
            self._preformatted -= 1
            self._break(1)
            self._write("```")
            self._break(2)
        elif tag in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self._break(1 if self._lists else 2)
        elif tag == "a":
            self._write(self._links.close())
        elif tag in (*ROWS, "table"):
            self._end_row()
            self._break(2 if tag == "table" else 1)
        elif tag in EMPHASIS:
            self._write("" if self._preformatted else EMPHASIS[tag])
            self._code = max(self._code - (EMPHASIS[tag] == "`"), 0)
        elif tag in BLOCKS or tag in HEADINGS:
            self._break(2)

    def handle_entityref(self, name: str) -> None:
        """A character by its name."""
        self._write_reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A character by its number."""
        self._write_reference(f"&#{name};")

    def handle_data(self, data: str) -> None:
        """Text between two tags."""
        if self._preformatted:
            is_first = "".join(self._written[-1:]) == "```\n"
            self._write(data.removeprefix("\n") if is_first else data)
            return
        if not data.strip() and not self._cells and self._rows:
            return
        words = BLANKS.sub(" ", data)
        if self._at_line_start():
            words = words.lstrip(" ")
        self._write(words)

    def _begin_item(self) -> None:
        self._break(1)
        depth = max(len(self._lists) - 1, 0)
        number = self._lists[-1] if self._lists else None
        if number is not None:
            self._lists[-1] = number + 1
        self._write("    " * depth + ("- " if number is None else f"{number + 1}. "))

    def _write_reference(self, reference: str) -> None:
        """Markdown knows these too, but not in code; `&lt;` must not begin a tag there."""
        self._write(unescape(reference) if self._preformatted or self._code else reference)

    def _end_row(self) -> None:
        """End a row of a table, the first one as the head that Markdown's tables have."""
        if self._cells:
            self._write(" |\n")
            self._rows += 1
            if self._rows == 1:
                self._write("| --- " * self._cells + "|\n")
        self._cells = 0

    def _at_line_start(self) -> bool:
        newest = next((piece for piece in reversed(self._written) if piece), "\n")
        return newest.endswith(("\n", "# ", "- ", ". ", "| "))

    def _break(self, count: int, *, hard: bool = False) -> None:
        """End the line; two ends are an empty line."""
        text = "".join(self._written[-3:])
        has = len(text) - len(text.rstrip("\n"))
        if not text or self._hidden:
            return
        if self._cells:
            # A row of a table is one line.
            self._write(" ")
            return
        if hard and not has:
            self._write("\\\n")
        self._write("\n" * max(count - has - (hard and not has), 0))

    def _write(self, text: str) -> None:
        if not self._hidden:
            self._written.append(text)
