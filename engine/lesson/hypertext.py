"""HTML inside Markdown, as notebooks have it: its text, links, pictures and lists as Markdown.

A terminal shows no HTML: what is not turned into Markdown here would not be seen at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import urlsplit

_TAG = re.compile(r"<(?:!--.*?-->|/?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*|\s*/)?>)", re.DOTALL)
_BEGINS_BLOCK = re.compile(r" {0,3}<(?:!--|/?([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>]|$))")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BLANKS = re.compile(r"[ \t\r\f\v\n]+")
_NOTHING_TO_BREAK = re.compile(r"(^|\n)([ \t]*)\\\n")
_GAPS = re.compile(r"\n{3,}")
# What is no HTML though it may look so: code, formulas, and addresses between angle brackets.
_LEFT_ALONE = re.compile(
    r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|\$\$.*?\$\$|\$(?!\s)[^$\n]*?(?<!\s)\$(?!\d)",
    re.DOTALL,
)

_RAISED = {"sup": "^", "sub": "_"}
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`", "kbd": "`"}
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_BLOCK_NAMES = """
address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption
figure footer form header html legend main menu nav ol p section summary table tbody tfoot thead ul
"""
_INLINE_NAMES = """
a abbr b big br button cite code del em font i img input ins kbd label mark q s samp small span
strike strong sub sup tt u var
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_INLINE = frozenset(_INLINE_NAMES.split())
_ROWS = frozenset({"tr"})
_CELLS = frozenset({"td", "th"})
_PLAYED = frozenset({"iframe", "video", "audio", "embed"})
_HIDDEN = frozenset({"script", "style", "head", "title", "template", "svg", "noscript"})
_KNOWN = (
    _BLOCKS
    | _INLINE
    | _ROWS
    | _CELLS
    | _PLAYED
    | _HIDDEN
    | _HEADINGS.keys()
    | {"li", "hr", "pre", "source", "col", "colgroup", "meta", "link", "object", "param"}
)


def as_markdown(text: str) -> str:
    """A Markdown text in which every HTML tag has become what Markdown has for it, or nothing.

    Code and formulas stay as they are, and so does what is no tag of HTML, such as `<your name>`.
    """
    if not _TAG.search(text):
        return text
    return "".join(_parts(text.split("\n"))).removesuffix("\n")


def _parts(lines: list[str]) -> Iterator[str]:
    """The text again, line by line or block by block."""
    at = 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        if fence:
            end = _end_of_fence(lines, at, fence[1])
        elif _begins_block(lines[at]):
            end = _end_of_block(lines, at)
            yield from (f"{line}\n" for line in _block(lines[at:end]))
            at = end
            continue
        elif not lines[at].strip() or lines[at].startswith("    "):
            # Indented code: a paragraph's own lines do not come here.
            end = at + 1
        else:
            end = _end_of_paragraph(lines, at)
            yield _inline("\n".join(lines[at:end])) + "\n"
            at = end
            continue
        yield from (f"{line}\n" for line in lines[at:end])
        at = end


def _begins_block(line: str, *, in_paragraph: bool = False) -> bool:
    begins = _BEGINS_BLOCK.match(line)
    if begins is None:
        return False
    tag = (begins[1] or "").lower()
    if not tag or tag in _KNOWN - _INLINE:
        return True
    # An inline tag begins a block where nothing else is on its line, and no paragraph is open.
    return not in_paragraph and tag in _INLINE and not _TAG.sub("", line).strip()


def _end_of_fence(lines: list[str], start: int, fence: str) -> int:
    closing = re.compile(rf" {{0,3}}{re.escape(fence)}{re.escape(fence[0])}*\s*$")
    rest = range(start + 1, len(lines))
    return next((at + 1 for at in rest if closing.match(lines[at])), len(lines))


def _end_of_block(lines: list[str], start: int) -> int:
    """After its last line: it goes on to an empty one, `<pre>` and comments to their end."""
    begins = lines[start].lstrip().lower()
    for opening, closing in (
        ("<!--", "-->"),
        ("<pre", "</pre>"),
        ("<script", "</script>"),
        ("<style", "</style>"),
    ):
        if begins.startswith(opening):
            rest = range(start, len(lines))
            return next((at + 1 for at in rest if closing in lines[at].lower()), len(lines))
    return next((at for at in range(start, len(lines)) if not lines[at].strip()), len(lines))


def _end_of_paragraph(lines: list[str], start: int) -> int:
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if not line.strip() or _FENCE.match(line) or _begins_block(line, in_paragraph=True):
            return at
    return len(lines)


def _block(lines: list[str]) -> Iterator[str]:
    """The lines of a block of HTML as Markdown, with empty ones around."""
    reader = _Reader()
    reader.feed("\n".join(lines))
    reader.close()
    text = reader.markdown
    if text:
        yield ""
        yield from text.split("\n")
        yield ""


def _inline(text: str) -> str:
    """A paragraph in which the tags have become Markdown; all else stays as it is."""
    pieces = []
    at = 0
    for kept in _LEFT_ALONE.finditer(text):
        pieces += [text[at : kept.start()], kept[0]]
        at = kept.end()
    pieces.append(text[at:])
    links = _Links()
    changed = "".join(
        piece if number % 2 else _TAG.sub(lambda tag: _inline_tag(tag[0], links), piece)
        for number, piece in enumerate(pieces)
    )
    return _NOTHING_TO_BREAK.sub(r"\1\2", changed).replace("\\\n\n", "\\\n")


def _inline_tag(tag: str, links: _Links) -> str:
    if tag.startswith("<!--"):
        return ""
    reader = _Tag()
    reader.feed(tag)
    name = reader.name
    if name not in _KNOWN:
        return tag
    if name == "a":
        return links.close() if reader.is_end else links.open(reader.attributes)
    if name in _EMPHASIS:
        return _EMPHASIS[name]
    if name == "br":
        return "\\\n"
    if name in _RAISED:
        return "" if reader.is_end else _RAISED[name]
    return _standalone(name, reader.attributes)


def _standalone(name: str, attributes: dict[str, str]) -> str:
    """What stands for a picture or for what would be played, else nothing."""
    source = attributes.get("src", "").strip()
    if name == "img":
        words = attributes.get("alt", "").strip() or _file_name(source)
        return f"![{_one_line(words)}]({_address(source)})" if source else _one_line(words)
    if name in _PLAYED and source:
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
    return _BLANKS.sub(" ", text).replace("[", "(").replace("]", ")").strip()


class _Links:
    """The links that are open, innermost last; those that lead nowhere are only their text."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def open(self, attributes: dict[str, str]) -> str:
        self._open.append(_address(attributes.get("href", "").strip()))
        return "[" if self._open[-1] else ""

    def close(self) -> str:
        address = self._open.pop() if self._open else ""
        return f"]({address})" if address else ""


class _Tag(HTMLParser):
    """Reads one tag."""

    def __init__(self) -> None:
        super().__init__()
        self.name = ""
        self.is_end = False
        self.attributes: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.name, self.attributes = tag, {name: value or "" for name, value in attrs}

    def handle_endtag(self, tag: str) -> None:
        self.name, self.is_end = tag, True


class _Reader(HTMLParser):
    """Reads a block of HTML, and writes it as Markdown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._written: list[str] = []
        self._links = _Links()
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
        attributes = {name: value or "" for name, value in attrs}
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "pre":
            self._preformatted += 1
            self._break(2)
            self._write("```\n")
        elif tag in _HEADINGS:
            self._break(2)
            self._write(f"{_HEADINGS[tag]} ")
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
        elif tag in _ROWS:
            self._end_row()
        elif tag in _CELLS:
            self._write(" | " if self._cells else "| ")
            self._cells += 1
        elif tag in _BLOCKS:
            self._break(2)
        elif tag in _EMPHASIS:
            self._write("" if self._preformatted else _EMPHASIS[tag])
            self._code += _EMPHASIS[tag] == "`"
        else:
            self._write(_RAISED.get(tag, "") or _standalone(tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
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
        elif tag in (*_ROWS, "table"):
            self._end_row()
            self._break(2 if tag == "table" else 1)
        elif tag in _EMPHASIS:
            self._write("" if self._preformatted else _EMPHASIS[tag])
            self._code = max(self._code - (_EMPHASIS[tag] == "`"), 0)
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._break(2)

    def handle_entityref(self, name: str) -> None:
        self._write_reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._write_reference(f"&#{name};")

    def handle_data(self, data: str) -> None:
        if self._preformatted:
            is_first = "".join(self._written[-1:]) == "```\n"
            self._write(data.removeprefix("\n") if is_first else data)
            return
        if not data.strip() and not self._cells and self._rows:
            return
        words = _BLANKS.sub(" ", data)
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
