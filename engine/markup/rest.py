"""reStructuredText, as galleries of examples are written in, as Markdown.

It knows what the pages of sphinx-gallery use: no directive is run, no file is read.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from itertools import pairwise

from engine.markup.hypertext import as_markdown

UNDERLINE = re.compile(r"^([=\-~^\"'*+#`:._])\1{2,}\s*$")

_LEVELS = {"=": "#", "#": "#", "*": "#", "-": "##"}
_MATH_ROLE = re.compile(r":math:`([^`]+)`")
_LINK = re.compile(r"`([^`<]+?)\s*<([^`>]+)>`__?")
_NAMED_LINK = re.compile(r"(?<![`\w:])`([^`<>]+)`_(?!_)|(?<![\w`])([A-Za-z][\w-]*)_(?![\w_`])")
_NAMED_TARGET = re.compile(r"^\.\. _`?([^:`]+)`?:[ \t]+(\S+)[ \t]*$", re.MULTILINE)
_ROLE = re.compile(r":[a-zA-Z:+-]+:`~?([^`<]+?)(?:\s*<[^`>]*>)?`")
_LABEL = re.compile(r"^\.\. _[^:]+:\s*$", re.MULTILINE)
_DIRECTIVE = re.compile(
    r"^(?P<indent>\s*)\.\. (?:\|[^|]+\| )?(?P<name>[a-zA-Z][\w:-]*?)::(?P<rest>.*)$"
)
_COMMENT = re.compile(r"^\s*\.\.(?:\s+(?!_)|$)")
_OPTION = re.compile(r"^\s*:([\w-]+):\s*(.*)$")
_FIELD = re.compile(r"^:([A-Z][\w ]*):[ \t]+(?=\S)", re.MULTILINE)
_GAPS = re.compile(r"\n{3,}")
_FENCED = re.compile(r"(^[> ]*```.*?^[> ]*```$)", re.MULTILINE | re.DOTALL)
_LITERALS = re.compile(r"(``.+?``|`[^`]+`)", re.DOTALL)
_ESCAPED_SPACE = re.compile(r"\\ ")
_SIMPLE_RULE = re.compile(r"^\s*=+(?:\s+=+)+\s*$")
_ITEM = re.compile(r"^(\s*)(?:#\.|\((?:#|\d+)\))(?=\s+\S)")
_MARKED = re.compile(r"^\s*(?:[-*+•]|\d+[.)]|#\.)\s")
# What somebody types: into Python, or into a shell.
_PROMPT = re.compile(r"^\s*(?:>>> |>>>$|\$ [^$]*$)")
_LINE_BLOCK = re.compile(r"^\s*\| (.*)$")
_GRID_RULE = re.compile(r"^\s*\+(?:[-=]+\+)+\s*$")

_ADMONITIONS = {
    "note": "Note",
    "warning": "Warning",
    "tip": "Tip",
    "hint": "Hint",
    "important": "Important",
    "caution": "Caution",
    "attention": "Attention",
    "danger": "Danger",
    "error": "Error",
    "seealso": "See also",
}
_CODE = frozenset({"code", "code-block", "sourcecode", "parsed-literal", "literalinclude"})
_TEXTS = frozenset({"container", "epigraph", "highlights", "pull-quote", "only", "card", "grid"})


def has_heading(text: str) -> bool:
    """Whether a line of a reST text is underlined, as a page of the gallery has its title."""
    lines = text.split("\n")
    return any(above.strip() and UNDERLINE.match(below) for above, below in pairwise(lines))


def to_markdown(text: str) -> str:
    """A text in reST as Markdown: headings, formulas, links, roles, and directives of galleries."""
    text = text.strip("\n").rstrip()
    targets = {_key(name): address for name, address in _NAMED_TARGET.findall(text)}
    text = _LABEL.sub("", _NAMED_TARGET.sub("", text)).strip()
    text = "\n".join(_with_directives(text.split("\n")))
    text = "\n".join(_with_headings(text.split("\n")))
    return _with_inline(text, targets).strip()


def _with_inline(text: str, targets: dict[str, str]) -> str:
    """Roles, links and literals, except in code."""
    parts = _FENCED.split(text)
    return "".join(
        part if number % 2 else _paragraphs(part, targets) for number, part in enumerate(parts)
    )


def _paragraphs(text: str, targets: dict[str, str]) -> str:
    text = _MATH_ROLE.sub(r"$\1$", text)
    text = _LINK.sub(_link, text)
    text = _NAMED_LINK.sub(lambda match: _named_link(match, targets), text)
    text = _ROLE.sub(r"`\1`", text)
    text = _GAPS.sub("\n\n", _FIELD.sub(r"\1: ", text))
    pieces = _LITERALS.split(text)
    return "".join(
        _without_double_ticks(piece) if number % 2 else _ESCAPED_SPACE.sub("", piece)
        for number, piece in enumerate(pieces)
    )


def _link(match: re.Match[str]) -> str:
    return f"[{match[1]}]({match[2]})"


def _named_link(match: re.Match[str], targets: dict[str, str]) -> str:
    name = match[1] or match[2]
    address = targets.get(_key(name))
    if address is not None:
        return f"[{name}]({address})"
    return name if match[1] else match[0]


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _without_double_ticks(literal: str) -> str:
    """A literal in one backtick, unless it has one in it."""
    inner = literal[2:-2] if literal.startswith("``") else ""
    return f"`{inner}`" if inner and "`" not in inner and "\n" not in inner else literal


def _with_headings(lines: list[str]) -> Iterator[str]:
    inside = False
    for at, line in enumerate(lines):
        is_fence = line.lstrip().startswith("```")
        inside ^= is_fence
        below = lines[at + 1] if at + 1 < len(lines) else ""
        above = lines[at - 1] if at else ""
        if inside or is_fence:
            yield line
            continue
        if UNDERLINE.match(line) and (above.strip() or below.strip()):
            continue
        underline = UNDERLINE.match(below)
        if not underline or not line.strip():
            yield line
            continue
        yield f"{_LEVELS.get(underline[1], '###')} {line.strip()}"


def _with_directives(lines: list[str]) -> Iterator[str]:
    """The lines, with Markdown in the place of directives, tables and literal blocks."""
    at = 0
    while at < len(lines):
        line = lines[at]
        directive = _DIRECTIVE.match(line)
        if directive:
            end = _end_of_body(lines, at + 1, len(directive["indent"]))
            body = textwrap.dedent("\n".join(lines[at + 1 : end])).strip("\n").split("\n")
            yield from _shown(directive["name"], directive["rest"].strip(), body)
        elif _COMMENT.match(line):
            end = _end_of_body(lines, at + 1, len(line) - len(line.lstrip()))
        elif _SIMPLE_RULE.match(line) or _GRID_RULE.match(line):
            end = _end_of_table(lines, at)
            yield from ("```", *(row.rstrip() for row in lines[at:end]), "```")
        elif line.rstrip().endswith("::"):
            end = at + 1
            stripped = line.rstrip()[:-2].rstrip()
            yield f"{stripped}:" if stripped else ""
            body_end = _end_of_body(lines, end, len(line) - len(line.lstrip()))
            code = textwrap.dedent("\n".join(lines[end:body_end])).strip("\n")
            if code:
                yield from ("", "```", *code.split("\n"), "```", "")
                end = body_end
        elif _PROMPT.match(line):
            end = _end_of_table(lines, at)
            yield from _fenced(lines[at:end])
        elif (end := _end_of_written(lines, at)) > at + 1:
            yield line
            yield from _fenced(lines[at + 1 : end])
        elif said := _LINE_BLOCK.match(line):
            end = at + 1
            goes_on = end < len(lines) and _LINE_BLOCK.match(lines[end])
            yield said[1] + ("  " if goes_on else "")
        else:
            end = at + 1
            yield _ITEM.sub(r"\g<1>1.", line)
        at = end


def _end_of_written(lines: list[str], at: int) -> int:
    """After the deeper lines below one with a colon that stand as they are written; 0 for none.

    What has backticks or links in it is a text, and so is an item of a list.
    """
    head = lines[at]
    if not head.rstrip().endswith(":") or _MARKED.match(head):
        return 0
    end = at + 1
    while end < len(lines) and lines[end].strip() and _indent(lines[end]) > _indent(head):
        if (
            "`" in lines[end]
            or "://" in lines[end]
            or (end == at + 1 and _MARKED.match(lines[end]))
        ):
            return 0
        end += 1
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _fenced(lines: list[str]) -> Iterator[str]:
    yield from ("", "```", *textwrap.dedent("\n".join(lines)).split("\n"), "```", "")


def _end_of_body(lines: list[str], start: int, indent: int) -> int:
    """After the lines that are indented deeper than `indent`, without the empty ones at the end."""
    end = start
    for at in range(start, len(lines)):
        line = lines[at]
        if not line.strip():
            continue
        if _indent(line) <= indent:
            break
        end = at + 1
    return end


def _end_of_table(lines: list[str], start: int) -> int:
    """After the last rule of a table, or its last row."""
    end = start + 1
    while end < len(lines) and lines[end].strip():
        end += 1
    return end


def _shown(name: str, argument: str, body: list[str]) -> Iterator[str]:
    """What stands in Markdown for a directive with this body."""
    options = dict(_options(body))
    rest = body[len(options) :]
    content = "\n".join(rest).strip("\n")
    match name:
        case "math":
            formula = "\n".join(part for part in (argument, content) if part.strip())
            rows = [row.strip() for row in formula.split("\n") if row.strip()]
            yield from (
                "",
                *(["$$" + rows[0] + "$$"] if len(rows) == 1 else ["$$", *rows, "$$"]),
                "",
            )
        case "image" | "figure":
            words = options.get("alt") or _stem(argument)
            yield from ("", f"![{words}]({argument})", "")
            if content:
                yield from (*to_markdown(content).split("\n"), "")
        case "raw":
            if argument == "html":
                yield from ("", *as_markdown(content).split("\n"), "")
        case "admonition" | "topic" | "sidebar" | "rubric":
            yield from _quoted(argument, content)
        case _ if name in _ADMONITIONS:
            first = f"{argument}\n" if argument else ""
            yield from _quoted(_ADMONITIONS[name], first + content)
        case _ if name in _CODE and content:
            language = "" if argument == "default" else argument
            yield from ("", f"```{language}", *content.split("\n"), "```", "")
        case _ if name in _TEXTS and content:
            yield from ("", *to_markdown(content).split("\n"), "")
        case "include" | "literalinclude":
            yield f"`{argument}`"


def _options(body: list[str]) -> Iterator[tuple[str, str]]:
    """The options that a directive's body begins with."""
    for line in body:
        option = _OPTION.match(line)
        if option is None:
            return
        yield option[1], option[2].strip()


def _quoted(title: str, content: str) -> Iterator[str]:
    """A box with a title as a quotation."""
    text = to_markdown(content)
    lines = [f"**{title}**", *([""] if text else []), *(text.split("\n") if text else [])]
    yield from ("", *(f"> {line}".rstrip() for line in lines), "")


def _stem(address: str) -> str:
    return address.rsplit("/", 1)[-1].rsplit(".", 1)[0]
