"""Drawings of a terminal as SVG: each cell in its place, whatever its characters are."""

from __future__ import annotations

import re

from markup import Markup

from tui.exporting.cells import drawing_svg
from tui.exporting.colours import PageColours
from tui.exporting.written import aligned, written_html
from tui.scrollback.ansi import parse_drawing
from tui.scrollback.scrollback import Scrollback

CELL = 8.0


def drawn(text: str, colours: PageColours | None = None) -> Markup:
    return Markup(drawing_svg(parse_drawing(text), colours or PageColours(), "A drawing"))


def written(text: str) -> Scrollback:
    output = Scrollback()
    output.write(text)
    return output


def test_words_are_as_wide_as_their_cells() -> None:
    (word,) = drawn("  cost").all("text")

    assert (float(word["x"]), float(word["textlength"])) == (2 * CELL, 4 * CELL)


def test_what_follows_korean_stands_two_cells_behind_each_letter() -> None:
    words = drawn("비용|").all("text")

    assert [float(one["x"]) for one in words] == [0, 2 * CELL, 4 * CELL]
    assert [float(one["textlength"]) for one in words] == [2 * CELL, 2 * CELL, CELL]


def test_dots_of_braille_are_drawn_one_by_one() -> None:
    (dots,) = drawn("⣿⠁").all("path", "mark")

    assert dots["d"].count("z") == 9


def test_blocks_fill_their_part_of_a_cell_whatever_the_font() -> None:
    markup = drawn("█▄▌▓")

    assert markup.all("text") == []
    (whole, shade) = markup.all("path", "mark")
    assert whole["d"].startswith("M0 0h8v17")
    assert "shade-3" in shade["class"].split()


def test_a_colour_is_told_from_a_light_ground_and_from_a_dark_one() -> None:
    colours = PageColours()
    (word,) = drawn("\x1b[38;2;255;255;0mbright\x1b[0m", colours).all("text")

    rules = re.findall(rf"\.{word['class']}{{fill:(#\w+)", colours.styles())
    on_light, on_dark = rules
    assert on_dark == "#ffff00"
    assert on_light < "#8"


def test_what_stands_on_a_colour_keeps_its_own() -> None:
    colours = PageColours()
    markup = drawn("\x1b[38;2;1;2;3;48;2;250;250;250mcell\x1b[0m", colours)

    (paper,) = [one for one in markup.all("path") if one["class"].startswith("p-")]
    assert paper["d"].startswith("M0 0h32")
    assert colours.styles().count("#010203") == 2


def test_wide_letters_of_an_output_take_two_columns() -> None:
    assert aligned("a비용b") == 'a<span class="wide" style="width:4ch">비용</span>b'


def test_what_an_output_says_is_no_markup() -> None:
    html = written_html(written("<b>&\x1b[31m</pre>\x1b[0m\n"), PageColours())

    assert Markup(html).text == "<b>& </pre>"


def test_a_bar_that_is_drawn_over_itself_stands_there_once() -> None:
    html = written_html(written("10%\r 50%\r100%\ndone\n"), PageColours())

    assert Markup(html).text == "100% done"
