"""What books made of notebooks add to Markdown: roles, labels and boxes of MyST, d2l and Quarto."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r"( {0,3})(`{3,}|~{3,}|:{3,})\s*(.*)$")
_OPENS = re.compile(r"\{[.#]?(?:callout-)?([a-zA-Z][\w:-]*)[^}]*\}\s*(.*)$")
_OPTION = re.compile(r"\s*:[\w-]+:(?:\s.*)?$")
_BOXES = {
    *("admonition", "attention", "caution", "danger", "error", "hint", "important", "note"),
    *("seealso", "tip", "warning", "exercise", "solution", "definition", "theorem", "proof"),
}
_PICTURES = {"figure", "image"}
_CODE = {"code", "code-cell", "code-block", "python", "sourcecode"}
# Lines that say nothing to a reader: `(section)=` of MyST, and d2l's names, sizes and tabs.
_SILENT = re.compile(
    r"\s*(?:\([\w:.-]+\)=|:(?:label|eqlabel|width|height|begin_tab|end_tab|bookpdf):(?:`[^`]*`)?)\s*"
)
_TRACES = re.compile(
    r":`|\}`|^\s*(?:`{3,}|~{3,}|:{3,})\s*\{|^\s*(?:\(.*\)=|:end_tab:)\s*$", re.MULTILINE
)
# What is looked at: code that has no role before it is passed over.
_ROLE = re.compile(
    r"(?P<role>(?<![\w:]):[a-z]+(?::[a-z]+)?:|\{[a-zA-Z][\w:-]*\})"
    r"`(?P<of>[^`\n]+?)(?:\s*<[^`>\n]*>)?`(?!`)|(?P<ticks>`+).+?(?P=ticks)",
    re.DOTALL,
)


def without_roles(text: str) -> str:
    """A Markdown text in which roles are their words, boxes quotations, and labels nothing."""
    if not _TRACES.search(text):
        return text
    return "\n".join(_lines(text.split("\n")))


def _lines(lines: list[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        if fence is None:
            end = next((e for e in range(at, len(lines)) if _FENCE.match(lines[e])), len(lines))
            yield from _of_paragraphs(lines[at:end])
        else:
            end = _end_of(lines, at, fence[2])
            opens = _OPENS.match(fence[3])
            body = lines[at + 1 : end]
            if opens is None and fence[2][0] != ":":
                yield from lines[at : end + 1]
            elif opens is None:
                yield from _lines(body)
            else:
                yield from _directive(opens[1], opens[2], body, lines[at : end + 1])
            end += 1
        at = end


def _end_of(lines: list[str], start: int, fence: str) -> int:
    """The line that closes a fence; one past the last where none does. Boxes may hold boxes."""
    depth = 0
    for at in range(start, len(lines)):
        found = _FENCE.match(lines[at])
        if found is None or found[2][0] != fence[0]:
            continue
        if found[3]:
            depth += at == start or fence[0] == ":"
        elif len(found[2]) >= len(fence) or fence[0] == ":":
            depth -= 1
            if depth <= 0 and at > start:
                return at
        elif at == start:
            depth += 1
    return len(lines)


def _directive(name: str, title: str, body: list[str], whole: list[str]) -> Iterator[str]:
    """What a fence with a name in braces holds, as Markdown."""
    options = next((at for at, line in enumerate(body) if not _OPTION.match(line)), len(body))
    text = body[options:]
    if name == "math":
        yield from ("$$", *(line for line in text if line.strip()), "$$")
    elif name in _PICTURES:
        words = " ".join(line.strip() for line in text if line.strip())
        yield f"![{words}]({title.strip()})"
    elif name in _CODE:
        yield from ("```python", *text, "```")
    elif name in _BOXES:
        head = f"**{title.strip() or name.capitalize()}**"
        yield from ("", *(f"> {line}".rstrip() for line in (head, "", *_lines(text))), "")
    elif whole[0].lstrip().startswith(":"):
        yield from _lines(text)
    else:
        yield from whole


def _of_paragraphs(lines: list[str]) -> Iterator[str]:
    kept = [line for line in lines if not _SILENT.fullmatch(line)]
    yield from _ROLE.sub(_words, "\n".join(kept)).split("\n") if kept else ()


def _words(match: re.Match[str]) -> str:
    if match["role"] is None:
        return match[0]
    name = match["role"].strip(":{}")
    return f"${match['of']}$" if name in ("math", "eq:math") else f"`{match['of']}`"
