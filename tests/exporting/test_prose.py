"""Prose as HTML: Markdown and formulas are readable, and nothing of it is obeyed or fetched."""

from __future__ import annotations

from markup import Markup

from tui.exporting.images import Image, image_of
from tui.exporting.prose import prose_html

PNG = b"\x89PNG\r\n\x1a\n and more"


def nothing(_name: str) -> None:
    return None


def test_formulas_are_characters() -> None:
    html = prose_html("## Cost\nWith $w^2$ it is\n\n$$\\hat{y} = XW$$\n", nothing)

    assert "<h2>Cost</h2>" in html
    assert '<span class="math">w²</span>' in html
    assert '<p class="display math">ŷ = XW</p>' in html
    bare = prose_html("Here\n\\begin{align}\na\n\\end{align}\n", nothing)
    assert '<p class="display math">a</p>' in bare


def test_prices_and_code_are_no_formulas() -> None:
    text = Markup(prose_html("It costs $5 or $6.\n\n`$x$` is code.", nothing)).text

    assert text == "It costs $5 or $6. $x$ is code."


def test_the_title_of_the_page_is_above_every_heading() -> None:
    assert "<h2>Top</h2>" in prose_html("# Top", nothing)


def test_html_and_scripts_are_shown_as_they_are_written() -> None:
    markup = Markup(prose_html("<script>alert(1)</script>\n\n[x](javascript:alert(1))", nothing))

    assert markup.all("script") == []
    assert markup.all("a") == []
    assert "<script>alert(1)</script>" in markup.text


def test_a_picture_that_is_elsewhere_is_told_by_its_words() -> None:
    markup = Markup(prose_html("![A net](https://example.com/net.png)", nothing))

    assert markup.loaded() == []
    assert markup.text == "A net"


def test_a_picture_that_lies_beside_the_lesson_is_in_the_page() -> None:
    images = {"net.png": Image("png", PNG)}

    (image,) = Markup(prose_html("![A net](net.png)", images.get)).all("img")

    assert image["src"].startswith("data:image/png;base64,iVBO")
    assert image["alt"] == "A net"


def test_a_file_that_is_no_picture_is_not_shown() -> None:
    assert image_of(b"root:x:0:0:root") is None
    assert image_of(PNG) == Image("png", PNG)
    assert image_of(b'<?xml version="1.0"?><svg/>') == Image(
        "svg+xml", b'<?xml version="1.0"?><svg/>'
    )


def test_tables_are_tables() -> None:
    markup = Markup(prose_html("| a | b |\n| --- | --- |\n| 1 | 2 |\n", nothing))

    assert len(markup.all("td")) == 2
