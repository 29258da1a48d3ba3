"""What IPython's display shows in a terminal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from remote import RemotePlayer

from engine.notebook.rich_text import text_of_html

Play = Callable[..., RemotePlayer]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<b>bold</b> and &lt;plain&gt;", "bold and <plain>"),
        ("<h1>Title</h1>\n<p>one\n  two</p>", "Title\none two"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a  b\nc"),
        ("<style>b {}</style><script>run()</script>shown<br>below", "shown\nbelow"),
        ("<pre>x = 1\ny = 2</pre>", "x = 1\ny = 2"),
        ("가 <i>나</i>", "가 나"),
    ],
)
def test_a_page_is_shown_as_its_text(page: str, text: str) -> None:
    assert text_of_html(page) == text


def test_display_shows_the_text_of_pages_and_values_as_they_are(play_apart: Play) -> None:
    player = play_apart("""
from IPython.display import HTML, Latex, Markdown, display
display(HTML("<b>bold</b>"), Markdown("**strong**"), Latex("$x^2$"))
display([1, 2])
display("word", display_id="one")
%precision 3
display(3.14159)
import sympy
sympy.init_printing()
display(sympy.Symbol("x") ** 31)
HTML("<i>last</i>")
""")

    player.run()

    assert player.output().splitlines() == [
        *("bold", "**strong**", "$x^2$", "[1, 2]", "'word'", "3.142", " 31", "x  "),
        "last",
    ]


def test_display_needs_no_import(play_apart: Play) -> None:
    player = play_apart("import IPython.display\ndisplay(IPython.display.HTML('<b>bold</b>'))")

    player.run()

    assert player.output() == "bold\n"


def test_clear_output_erases_what_was_written(play_apart: Play) -> None:
    player = play_apart("""
from IPython.display import clear_output
print("before")
clear_output(wait=True)
print("after")
""")

    player.run()

    assert player.output() == "before\n\x1b[2J\x1b[Hafter\n"
