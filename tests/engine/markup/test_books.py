"""What books made of notebooks add to Markdown is read as its words."""

from __future__ import annotations

import pytest

from engine.markup.hypertext import as_markdown

READ = {
    "# Head\n:label:`sec_x`\n\nSee :numref:`sec_y`, :cite:`Ada.1843`.": (
        "# Head\n\nSee `sec_y`, `Ada.1843`."
    ),
    "![A net](net.svg)\n:width:`400px`\n:label:`fig_net`\n": "![A net](net.svg)\n",
    ":begin_tab:`pytorch`\nIn torch.\n:end_tab:\n": "In torch.\n",
    "(part)=\n## Part\nof {doc}`the book <../book>`, {math}`a^2`": (
        "## Part\nof `the book`, $a^2$"
    ),
    "```{note}\nBe **careful**.\n```\nOn": "\n> **Note**\n>\n> Be **careful**.\n\nOn",
    "```{admonition} Why?\n:class: tip\nSo.\n```": "\n> **Why?**\n>\n> So.\n",
    "```{math}\n:label: eq\nx^2\n```": "$$\nx^2\n$$",
    "```{figure} net.png\n:width: 4\nA net\n```": "![A net](net.png)",
    "```{code-cell} ipython3\nx = 1\n```": "```python\nx = 1\n```",
    "::: {.callout-tip}\nSo.\n:::\nOn": "\n> **Tip**\n>\n> So.\n\nOn",
    ":::{tip}\nout\n:::{note}\nin\n:::\n:::\nOn": (
        "\n> **Tip**\n>\n> out\n>\n> > **Note**\n> >\n> > in\n>\n\nOn"
    ),
    "::: {layout-ncol=2}\ninside\n:::": "inside",
}
LEFT = [
    "```python\n:label:`x`\n```",
    "``:cite:`x` `` and `:label:`",
    "{a} `b`, d[:`x`], 12:30:`x`",
    "~~~\n(part)=\n~~~",
    "a box that never ends:\n```{mermaid}\nx",
]


@pytest.mark.parametrize("text", READ)
def test_what_a_book_adds_is_read_as_its_words(text: str) -> None:
    assert as_markdown(text) == READ[text]


@pytest.mark.parametrize("text", LEFT)
def test_code_and_what_only_looks_like_it_stays(text: str) -> None:
    assert as_markdown(text) == text
