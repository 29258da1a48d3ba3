"""HTML in the prose of a lesson: what it says is read, in Markdown's own marks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import lesson_of

from engine.markup.hypertext import as_markdown


def squeezed(text: str) -> str:
    """Without empty lines around, and with one at most between two others."""
    return re.sub(r"\n{3,}", "\n\n", as_markdown(text)).strip("\n")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<img src="images/cat.png" alt="A cat" width="300">', "![A cat](images/cat.png)"),
        ("<img src='images/cat.png'/>", "![cat](images/cat.png)"),
        ("<img src='my cat.png'>", "![my cat](<my cat.png>)"),
        ("<img src='data:image/png;base64,AAAA' alt='plot'>", "![plot]()"),
        ('<a href="https://x.y/z">a link</a>', "[a link](https://x.y/z)"),
        ("<a name='here'>no link</a>", "no link"),
        (
            '<div align="center"><a href="https://c"><img src="https://c/badge.svg"></a></div>',
            "[![badge](https://c/badge.svg)](https://c)",
        ),
        ('<h1 align="center">My net</h1>', "# My net"),
        ("<h3>Part</h3>\n<p>Some\n  text</p>", "### Part\n\nSome text"),
        ("<b>bold</b> <em>it</em> <code>x < 1</code>", "**bold** *it* `x < 1`"),
        ("<p>x &lt; y <code>a &lt; b</code></p>", "x &lt; y `a < b`"),
        ("<ul><li>one</li><li>two<ol><li>deep</li></ol></li></ul>", "- one\n- two\n    1. deep"),
        ("<ol>\n <li>one</li>\n <li>two</li>\n</ol>", "1. one\n2. two"),
        ("<p>one<br>two<br/>three</p>", "one\\\ntwo\\\nthree"),
        (
            "<table><tr><th>a</th><th>b</th></tr>\n<tr><td>1</td><td>2</td></tr></table>",
            "| a | b |\n| --- | --- |\n| 1 | 2 |",
        ),
        ("<pre>\n a  b\n   <b>c</b>\n</pre>", "```\n a  b\n   c\n```"),
        (
            "<details><summary>More</summary>\n\nIt *goes* on.\n\n</details>",
            "More\n\nIt *goes* on.",
        ),
        ("<iframe src='https://v.x/watch'></iframe>", "[watch](https://v.x/watch)"),
        ("<hr>", "---"),
        ("<center>\n    <p>Not code</p>\n</center>", "Not code"),
        ("<p><i class='icon'></i><b>Note: </b>see</p>", "**Note:** see"),
        ("<p>경사 <b>하강</b>법</p>", "경사 **하강**법"),
    ],
)
def test_html_becomes_what_markdown_has_for_it(html: str, markdown: str) -> None:
    assert squeezed(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("hit <b><i class='icon'></i></b>now", "hit now"),
        ("<b>Note: </b>see<em> <b> it </b></em>.", "**Note:** see  ***it*** ."),
        ("see <b>this</b> and `a <b> c`", "see **this** and `a <b> c`"),
        ("for $a<b>c$ and $$x<i>y$$", "for $a<b>c$ and $$x<i>y$$"),
        ("one<br>\ntwo", "one\\\ntwo"),
        ("10<sup>2</sup>, x<sub>i</sub>", "10^2, x_i"),
        ("a <font color='red'>red</font> word", "a red word"),
        ("a <!-- hidden --> word", "a  word"),
        ("see\n<b>this</b>\nnow", "see\n**this**\nnow"),
        ("> said <i>so</i>", "> said *so*"),
        ("1. item <code>x</code>\n   <br/>more", "1. item `x`\n   more"),
    ],
)
def test_tags_within_a_line_do_too(html: str, markdown: str) -> None:
    assert as_markdown(html) == markdown


@pytest.mark.parametrize(
    "text",
    [
        "for a < b and c > d",
        "write <your name> or List<T>",
        "<https://example.org> and <me@example.org>",
        "```html\n<b>code</b>\n```",
        "~~~\n<p>code</p>\n~~~",
        "text\n\n    <b>indented code</b>",
        "`<b>` and ``a ` <i>``",
        "# Heading\n\n- [ ] a\n- [x] b\n",
    ],
)
def test_what_is_no_html_stays_as_it_is(text: str) -> None:
    assert as_markdown(text) == text


@pytest.mark.parametrize("hidden", ["<style>p { x }</style>", "<script>\nx\n\ny\n</script>"])
def test_what_no_browser_would_show_is_left_out(hidden: str) -> None:
    assert squeezed(f"{hidden}\n\nshown") == "shown"


@pytest.mark.parametrize(
    "html", ["<b>", "</p>", "<a href='x'>open", "<table><td>", "<!-- open", "<"]
)
def test_broken_html_loses_no_words(html: str) -> None:
    assert "words" in as_markdown(f"before {html} words")


_WORDS = st.text("abc가나 ", min_size=1, max_size=6).map(str.strip).filter(bool)
_TAGS = st.sampled_from(["p", "b", "div", "h2", "li", "ul", "td", "tr", "table", "a", "center"])
_TREE = st.recursive(
    _WORDS,
    lambda inner: st.tuples(_TAGS, st.lists(inner, min_size=1, max_size=3)).map(
        lambda made: f"<{made[0]}>{' '.join(made[1])}</{made[0]}>"
    ),
    max_leaves=8,
)


@given(_TREE)
def test_the_words_in_tags_stay_in_their_order(html: str) -> None:
    words = re.sub(r"<[^>]*>", " ", html).split()

    shown = re.sub(r"[*#|\\-]|\d+\.", " ", as_markdown(html)).split()

    assert "".join(shown) == "".join(words)


def test_the_prose_of_a_lesson_has_no_html(tmp_path: Path) -> None:
    lesson = lesson_of(
        tmp_path,
        "# %% [markdown]\n# <h1>My net</h1>\n# <img src='a.png' alt='A picture'>\n# %%\na = 1\n",
    )

    assert lesson.header.title.in_language("en") == "My net"
    assert "![A picture](a.png)" in lesson.steps[0].prose[0].markdown


def test_questions_keep_their_lines_below_html(tmp_path: Path) -> None:
    lesson = lesson_of(
        tmp_path,
        "# ---\n# tutorch:\n#   title: T\n# ---\n# %% [markdown]\n# <p>One</p>\n#\n# What?\n#\n"
        "# - [ ] a\n# - [x] b\n# %%\na = 1\n",
    )

    prose = lesson.steps[0].prose[0]

    assert [question.line for question in prose.questions] == [10]
    assert "<p>" not in prose.markdown


def test_no_control_comes_out_of_a_reference(tmp_path: Path) -> None:
    lesson = lesson_of(
        tmp_path, "# %% [markdown]\n# <p>&amp;#x202e; <code>&#x202e;</code></p>\n# %%\na = 1\n"
    )

    markdown = lesson.steps[0].prose[0].markdown

    assert "\u202e" not in markdown
    assert "&#x202e;" not in markdown
