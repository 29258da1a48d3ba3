"""HTML inside Markdown, as notebooks have it: its text, links, pictures and lists as Markdown.

A terminal shows no HTML: what is not turned into Markdown here would not be seen at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from engine.markup.books import without_roles
from engine.markup.html_block import BlockReader
from engine.markup.html_tags import EMPHASIS, INLINE, KNOWN, RAISED, Links, standalone

_TAG = re.compile(r"<(?:!--.*?-->|/?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*|\s*/)?>)", re.DOTALL)
_BEGINS_BLOCK = re.compile(r" {0,3}<(?:!--|/?([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>]|$))")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NOTHING_TO_BREAK = re.compile(r"(^|\n)([ \t]*)\\\n")
# Emphasis of nothing, as an icon has it, and blanks at the ends of what is emphasized: Markdown has
# neither.
_EMPHASIS = "|".join(EMPHASIS)
_EMPTY = re.compile(rf"<({_EMPHASIS})\b[^<>]*>(\s*)</\1\s*>", re.IGNORECASE)
_BLANK_BEGIN = re.compile(rf"(?:<(?:{_EMPHASIS})\b[^<>]*>\s*)+", re.IGNORECASE)
_BLANK_END = re.compile(rf"(?:\s*</(?:{_EMPHASIS})\s*>)+", re.IGNORECASE)
# What is no HTML though it may look so: code, formulas, and addresses between angle brackets.
_LEFT_ALONE = re.compile(
    r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|\$\$.*?\$\$|\$(?!\s)[^$\n]*?(?<!\s)\$(?!\d)",
    re.DOTALL,
)


def as_markdown(text: str) -> str:
    """A Markdown text in which every HTML tag has become what Markdown has for it, or nothing.

    So has what books add to Markdown. Code and formulas stay as they are, and so does what is no
    tag of HTML, such as `<your name>`.
    """
    text = without_roles(text)
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
    if not tag or tag in KNOWN - INLINE:
        return True
    # An inline tag begins a block where nothing else is on its line, and no paragraph is open.
    return not in_paragraph and tag in INLINE and not _TAG.sub("", line).strip()


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
    reader = BlockReader()
    reader.feed(_without_blank_ends("\n".join(lines)))
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
    links = Links()
    changed = "".join(
        piece
        if number % 2
        else _TAG.sub(lambda tag: _inline_tag(tag[0], links), _without_blank_ends(piece))
        for number, piece in enumerate(pieces)
    )
    return _NOTHING_TO_BREAK.sub(r"\1\2", changed).replace("\\\n\n", "\\\n")


def _without_blank_ends(text: str) -> str:
    """A text in which what is emphasized begins and ends with what can be read."""
    while (fuller := _EMPTY.sub(r"\2", text)) != text:
        text = fuller
    text = _BLANK_BEGIN.sub(lambda found: _blanks_in(found[0]) + _tags_in(found[0]), text)
    return _BLANK_END.sub(lambda found: _tags_in(found[0]) + _blanks_in(found[0]), text)


def _tags_in(text: str) -> str:
    return "".join(_TAG.findall(text))


def _blanks_in(text: str) -> str:
    return "".join(_TAG.split(text))


def _inline_tag(tag: str, links: Links) -> str:
    if tag.startswith("<!--"):
        return ""
    reader = _Tag()
    reader.feed(tag)
    name = reader.name
    if name not in KNOWN:
        return tag
    if name == "a":
        return links.close() if reader.is_end else links.open(reader.attributes)
    if name in EMPHASIS:
        return EMPHASIS[name]
    if name == "br":
        return "\\\n"
    if name in RAISED:
        return "" if reader.is_end else RAISED[name]
    return standalone(name, reader.attributes)


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
