"""What every line passes: no controls; colours that can be told, sixteen or none; and ASCII."""

from __future__ import annotations

from itertools import product

import pytest
from controls import controls_in, texts
from hypothesis import given
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.filters.contrast import FOR_MARKS, FOR_TEXT, RGB, contrast, told_from
from tui.filters.line_filters import InAscii, InSixteenColours, Readable, WithoutColours, together
from tui.themes import Colours, line_filters

GROUND = Color.parse("#202020")
SOME = (0, 60, 128, 190, 255)


def passed(line_filter: LineFilter, text: str, style: str) -> Segment:
    (segment,) = line_filter.apply([Segment(text, Style.parse(style))], GROUND)
    return segment


def styled(line_filter: LineFilter, text: str, style: str) -> Style:
    found = passed(line_filter, text, style).style
    assert found is not None
    return found


def parts(style: Style) -> tuple[RGB, RGB]:
    assert style.color is not None
    ground = GROUND.rgb if style.bgcolor is None else style.bgcolor.get_truecolor()
    red, green, blue = style.color.get_truecolor()
    return (red, green, blue), (ground[0], ground[1], ground[2])


def test_black_on_white_is_the_most_contrast_there_is() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", [(0, 0, 0), (255, 255, 255), (120, 120, 120), (0, 60, 200)])
def test_every_colour_can_be_told_from_its_ground(ground: RGB) -> None:
    for colour in product(SOME, repeat=3):
        red, green, blue = colour
        told = told_from((red, green, blue), (ground,), FOR_TEXT)

        assert contrast(told, ground) >= FOR_TEXT


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert styled(Readable(), "text", "#ffffff on #000000") == Style.parse("#ffffff on #000000")


@pytest.mark.parametrize(
    ("text", "least"), [("word", FOR_TEXT), ("─", FOR_MARKS), ("⠁", FOR_MARKS)]
)
def test_a_colour_too_near_to_its_ground_is_moved(text: str, least: float) -> None:
    style = styled(Readable(), text, "bold #333333")

    assert contrast(*parts(style)) >= least
    assert style.bold


def test_the_colours_of_pictures_stay() -> None:
    assert styled(Readable(), "▀▀ █", "#222222 on #212121") == Style.parse("#222222 on #212121")


@pytest.mark.parametrize("text", ["word", "─"])
def test_among_sixteen_colours_text_is_told_from_its_ground(text: str) -> None:
    for colour, ground in product(product(SOME, repeat=3), product(SOME[::2], repeat=3)):
        style = styled(
            InSixteenColours(),
            text,
            "#{:02x}{:02x}{:02x} on #{:02x}{:02x}{:02x}".format(*colour, *ground),
        )

        assert style.bgcolor is not None
        assert style.bgcolor.number in range(8)
        assert contrast(*parts(style)) >= FOR_MARKS


@pytest.mark.parametrize(
    ("colour", "number"), [("#ffa62b", 11), ("#56b4e9", 14), ("#8a8f98", 7), ("#f07178", 9)]
)
def test_among_sixteen_colours_the_hue_counts(colour: str, number: int) -> None:
    style = styled(InSixteenColours(), "word", f"{colour} on #121212")

    assert style.color is not None
    assert style.color.number == number


def test_without_colours_weight_stays() -> None:
    style = styled(WithoutColours(), "word", "bold underline #ff0000 on #202020")

    assert (style.bold, style.underline, style.reverse) == (True, True, False)
    assert style.color is not None
    assert style.color.is_default


@pytest.mark.parametrize(
    ("style", "is_reversed"),
    [
        ("#202020 on #e0e0e0", True),
        ("reverse #e0e0e0", True),
        ("reverse #000000 on #e0e0e0", False),
    ],
)
def test_without_colours_what_its_ground_lights_is_reversed(style: str, is_reversed: bool) -> None:
    assert bool(styled(WithoutColours(), "word", style).reverse) is is_reversed


def test_in_ascii_styles_stay() -> None:
    assert passed(InAscii(), "─●", "bold") == Segment("-*", Style(bold=True))


@pytest.mark.parametrize("colours", Colours)
@given(text=texts())
def test_no_line_holds_what_a_terminal_obeys_and_each_is_as_wide_as_it_was(
    colours: Colours, text: str
) -> None:
    every = together(*line_filters(colours, (), in_ascii=False))

    (shown,) = every.apply([Segment(text, Style())], GROUND)

    assert controls_in(shown.text) == []
    assert cell_len(shown.text) == cell_len(text)
