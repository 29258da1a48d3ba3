"""A lesson's drawing where its colours are not seen: shades for pixels, marks for curves."""

from __future__ import annotations

from tui.filters.told_by_characters import told_by_characters
from tui.scrollback.ansi import parse_drawing

RED, BLUE, GREEN = "\x1b[31m", "\x1b[34m", "\x1b[32m"


def told(drawing: str) -> list[str]:
    return [strip.text for strip in told_by_characters(parse_drawing(drawing))]


def test_curves_after_the_first_have_marks_in_their_legend_too() -> None:
    drawing = f"{RED}⠉⠉{BLUE}⠒⠒{GREEN}⠤⠤\n{RED}⢕ first {BLUE}⢕ second"

    assert told(drawing) == ["⠉⠉++oo", "⢕ first + second"]


def test_two_pixels_in_a_cell_are_a_shade() -> None:
    dark, light, grey = "0;0;0", "255;255;255", "60;60;60"
    pairs = [(dark, dark), (grey, grey), (light, dark), (light, light)]

    drawing = "".join(f"\x1b[38;2;{upper};48;2;{lower}m▀" for upper, lower in pairs)

    assert told(drawing) == [" :*@"]


def test_whole_blocks_of_many_colours_are_a_picture_and_of_one_are_bars() -> None:
    picture = "".join(f"\x1b[38;2;{grey};{grey};{grey}m█" for grey in (0, 40, 100, 180, 255))

    assert told(picture) == [" .-*@"]
    assert told(f"{picture}{RED}⠉{BLUE}⠒") == [" .-*@ox"]
    assert told(f"{BLUE}███") == ["███"]


def test_curves_over_pixels_have_marks_that_are_no_shades_and_no_ground() -> None:
    pixels, over = "\x1b[38;2;0;0;0;48;2;60;60;60m▀", "\x1b[38;2;255;170;0;48;2;60;60;60m"
    [strip] = told_by_characters(parse_drawing(f"{pixels}{over}⠒⠒O\x1b[0m{BLUE}⠒"))

    assert strip.text == ".ooOx"
    assert [segment.text for segment in strip if segment.style and segment.style.bgcolor] == []


def test_bars_after_the_first_colour_have_shades_in_their_legend_too() -> None:
    drawing = f"{RED}██ then {BLUE}██ now\n{RED}██{BLUE}██{GREEN}██"

    assert told(drawing) == ["██ then ▒▒ now", "██▒▒░░"]
