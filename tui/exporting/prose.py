"""A lesson's prose as HTML: Markdown, with each formula as readable characters.

What is HTML in it is shown as it is written. Its pictures are in the page, or else told by their
words: nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from tui.exporting.code import code_html
from tui.exporting.images import Images
from tui.formulas.formulas import PROSE
from tui.formulas.latex import LatexError, latex_to_unicode

# Stand for a formula while the Markdown around it is read; no text has them.
_BEGIN, _END = "\ue000", "\ue001"
_PLACE = re.compile(f"{_BEGIN}(\\d+){_END}")
_ALONE = re.compile(f"<p>{_BEGIN}(\\d+){_END}</p>")
_PYTHON = {"python", "py", "python3", "ipython", ""}


def prose_html(markdown: str, images: Images) -> str:
    """The Markdown as HTML; its headings begin at the second level, below the page's title."""
    formulas: list[str] = []

    def replaced(match: re.Match[str]) -> str:
        block = match["alone"] or match["environment"]
        latex = match["inline"] or match["display"] or block
        if not latex:
            return match[0]
        formulas.append(_formula(latex))
        place = f"{_BEGIN}{len(formulas) - 1}{_END}"
        margin = match["indent"] or match["before"] or ""
        return f"\n{margin}{place}\n\n" if block else place

    text = markdown.replace(_BEGIN, "").replace(_END, "")
    html = str(_reader(images).render(PROSE.sub(replaced, text)))
    html = _ALONE.sub(lambda at: f'<p class="display math">{formulas[int(at[1])]}</p>', html)
    return _PLACE.sub(lambda at: f'<span class="math">{formulas[int(at[1])]}</span>', html).strip()


def _formula(latex: str) -> str:
    try:
        lines = latex_to_unicode(latex).splitlines()
    except LatexError:
        return f"<code>{escape(latex.strip())}</code>"
    return "<br>".join(escape(line, quote=False) for line in lines)


def _reader(images: Images) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])

    def image(_: RendererHTML, tokens: Sequence[Token], at: int, *_rest: Any) -> str:
        words = escape(tokens[at].content)
        found = images(str(tokens[at].attrGet("src") or ""))
        if found is None:
            return f"<em>{words}</em>" if words else ""
        return f'<img src="{found.address}" alt="{words}">'

    def fence(_: RendererHTML, tokens: Sequence[Token], at: int, *_rest: Any) -> str:
        language = tokens[at].info.strip().lower()
        source = tokens[at].content.rstrip("\n")
        if language in _PYTHON:
            return f"{code_html(source)}\n"
        return f'<pre class="code"><code>{escape(source, quote=False)}</code></pre>\n'

    def heading(_: RendererHTML, tokens: Sequence[Token], at: int, *_rest: Any) -> str:
        token = tokens[at]
        level = max(int(token.tag[1:]), 2)
        return f"<h{level}>" if token.nesting > 0 else f"</h{level}>\n"

    def table(_: RendererHTML, tokens: Sequence[Token], at: int, *_rest: Any) -> str:
        is_open = tokens[at].nesting > 0
        return '<div class="wider"><table>\n' if is_open else "</table></div>\n"

    rules = {"image": image, "fence": fence, "code_block": fence}
    rules |= {"heading_open": heading, "heading_close": heading}
    rules |= {"table_open": table, "table_close": table}
    for name, rule in rules.items():
        reader.add_render_rule(name, rule)
    return reader
