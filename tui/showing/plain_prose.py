"""Markdown as the plain text that a note or a mail takes; no widget may enter."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from tui.formulas.formulas import formulas_to_unicode

_BULLET = "- "


def plain_prose(markdown: str) -> str:
    """Its words, a paragraph a line, formulas as Unicode; code as it stands, tables with tabs."""
    parser = MarkdownIt("gfm-like", {"linkify": False})
    tree = SyntaxTreeNode(parser.parse(formulas_to_unicode(markdown)))
    return "\n\n".join(_blocks(tree.children))


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> list[str]:
    return [text for node in nodes if (text := _block(node))]


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "fence" | "code_block":
            return node.content.rstrip("\n")
        case "bullet_list":
            return "\n".join(_item(_BULLET, item) for item in node.children)
        case "ordered_list":
            first = int(node.attrs.get("start", 1))
            numbered = enumerate(node.children, first)
            return "\n".join(_item(f"{number}. ", item) for number, item in numbered)
        case "table":
            rows = [row for part in node.children for row in part.children]
            return "\n".join("\t".join(map(_inline_text, row.children)) for row in rows)
        case "hr":
            return ""
        case "heading" | "paragraph":
            return _inline_text(node)
        case _:
            return "\n\n".join(_blocks(node.children))


def _item(mark: str, item: SyntaxTreeNode) -> str:
    """A point of a list; what belongs to it stands under its first word."""
    return (mark + "\n".join(_blocks(item.children))).replace("\n", "\n" + " " * len(mark))


def _inline_text(node: SyntaxTreeNode) -> str:
    """The words of a paragraph, a heading or a cell of a table."""
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "\n"
    if node.children:
        return "".join(map(_inline_text, node.children))
    return node.content if node.type in ("text", "code_inline", "html_inline") else ""
