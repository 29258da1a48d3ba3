"""Python source as HTML in classes for its colours."""

from __future__ import annotations

from html import escape

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType

# The first that a token is a kind of counts.
_CLASSES = (
    (Comment, "c"),
    (String, "s"),
    (Number, "n"),
    (Keyword, "k"),
    (Operator.Word, "k"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Decorator, "f"),
    (Name.Builtin, "b"),
)


def code_html(source: str) -> str:
    """The source as a block of code."""
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    parts = [_token(kind, text) for kind, text in lexer.get_tokens(source.expandtabs(4))]
    return f'<pre class="code"><code>{"".join(parts)}</code></pre>'


def _token(kind: _TokenType, text: str) -> str:
    name = next((name for group, name in _CLASSES if kind[: len(group)] == group), "")
    inside = escape(text, quote=False)
    return f'<span class="{name}">{inside}</span>' if name else inside
