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
        (
            "<table><tr><th></th><th>loss</th></tr>\n<tr><th>first</th><td>1</td></tr></table>end",
            "       loss\nfirst  1\nend",
        ),
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


def test_what_is_for_a_browser_has_its_text_or_says_what_a_terminal_cannot_do(
    play_apart: Play,
) -> None:
    player = play_apart(r"""
from IPython.display import *

class Styled:
    def _repr_html_(self):
        return "<table><tr><td>1</td><td>2</td></tr></table>"

class Broken:
    def _repr_html_(self):
        raise ValueError

class Bundled:
    def _repr_mimebundle_(self, include, exclude):
        return {"image/svg+xml": "<svg><text>node</text></svg>"}, {}

display(Styled(), Bundled(), Math(r"\alpha^2"), JSON({"a": 1}), Audio(b"RIFF", rate=8000))
display(Image(url="http://here/a.png"), [Styled] == [Styled])
print("object at" in repr(Broken()), end=" ")
display(Broken())
display({"text/plain": "plain", "text/html": "<b>page</b>"}, raw=True)
display_html("<b>raw</b>", raw=True)
publish_display_data({"text/html": "<b>published</b>"})
publish_display_data({"application/vnd.vega+json": {}})
display(HTML("<style>b {}</style>"), HTML("<form>Once</form><script>f()</script>"))
Styled()
""")

    player.run()

    lines = player.output().splitlines()
    assert lines.pop(7).startswith("True <")
    assert lines == [
        *("1  2", "(a drawing in SVG) node", r"\alpha^2", "{'a': 1}"),
        *("(sound, which a terminal cannot play)", "(a picture: http://here/a.png)", "True"),
        *("plain", "raw", "published", "(application/vnd.vega+json: for a browser alone)"),
        "(a page for a browser alone)",
        "1  2",
    ]


def test_what_a_widget_cannot_do_is_said_once(play_apart: Play) -> None:
    player = play_apart("""
class Widget:
    def __repr__(self):
        return f"{type(self).__name__}()"

Widget.__module__ = "ipywidgets.widgets.widget"

class Slider(Widget):
    pass

display(Slider())
Slider()
""")

    player.run()

    said, *shown = sorted(player.output().splitlines(), reverse=True)
    assert said.startswith("ipywidgets: nothing can be moved or clicked here")
    assert shown == ["Slider()", "Slider()"]


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
