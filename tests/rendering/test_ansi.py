from __future__ import annotations

import plotext
import pytest
from rich.color import Color
from rich.style import Style

from tui.scrollback.ansi import parse_drawing


def style_of_first(text: str) -> Style:
    segment = next(iter(parse_drawing(text)[0]))
    assert segment.style is not None
    return segment.style


def plain(text: str) -> list[str]:
    return [strip.text for strip in parse_drawing(text)]


@pytest.mark.parametrize(
    ("sequence", "colour"),
    [
        ("31", Color.from_ansi(1)),
        ("94", Color.from_ansi(12)),
        ("38;5;208", Color.from_ansi(208)),
        ("38;2;10;20;30", Color.from_rgb(10, 20, 30)),
        ("38:5:208", Color.from_ansi(208)),
        ("38:2::10:20:30", Color.from_rgb(10, 20, 30)),
    ],
)
def test_a_foreground_colour_reaches_the_style(sequence: str, colour: Color) -> None:
    style = style_of_first(f"\x1b[{sequence}mcost")

    assert style.color == colour


@pytest.mark.parametrize(
    ("sequence", "colour"),
    [("41", Color.from_ansi(1)), ("104", Color.from_ansi(12)), ("48;5;17", Color.from_ansi(17))],
)
def test_a_background_colour_reaches_the_style(sequence: str, colour: Color) -> None:
    style = style_of_first(f"\x1b[{sequence}mcost")

    assert style.bgcolor == colour


@pytest.mark.parametrize(
    ("code", "attribute"),
    [(1, "bold"), (2, "dim"), (3, "italic"), (4, "underline"), (7, "reverse"), (9, "strike")],
)
def test_an_attribute_reaches_the_style(code: int, attribute: str) -> None:
    style = style_of_first(f"\x1b[{code}mcost")

    assert getattr(style, attribute) is True


@pytest.mark.parametrize("reset", ["0", "", "22;39"])
def test_a_reset_ends_colour_and_bold(reset: str) -> None:
    strips = parse_drawing(f"\x1b[1;31mhigh\x1b[{reset}mlow")

    assert [segment.style for segment in strips[0]][1] == Style()


def test_a_colour_lasts_over_the_end_of_a_line() -> None:
    strips = parse_drawing("\x1b[32mone\ntwo")

    assert [next(iter(strip)).style for strip in strips] == [Style(color=Color.from_ansi(2))] * 2


@pytest.mark.parametrize("sequence", ["38;5", "38;5;999", "38;2;1;2", "38;9", "123"])
def test_a_broken_colour_is_no_colour(sequence: str) -> None:
    style = style_of_first(f"\x1b[{sequence}mcost")

    assert style == Style()


@pytest.mark.parametrize(
    "sequence",
    ["\x1b[2J", "\x1b[?25l", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\", "\x1b(B", "\x1bc"],
)
def test_other_sequences_are_dropped(sequence: str) -> None:
    assert plain(f"a{sequence}b") == ["ab"]


def test_a_sequence_that_never_ends_is_dropped() -> None:
    assert plain("a\x1b") == plain("a\x1b[") == plain("a\x1b]0;title") == ["a"]


def test_an_endless_number_in_a_sequence_does_no_harm() -> None:
    lines = plain("a\x1b[" + "9" * 10_000 + "mb")

    assert lines == ["ab"]


def test_control_characters_never_reach_a_strip() -> None:
    lines = plain("a\x00\x07\x7f\x85b\r\nc\ud800")

    assert lines == ["ab", "c\ufffd"]


def test_tabs_go_to_the_next_eighth_cell_also_behind_korean() -> None:
    lines = plain("a\tb\n한글\tb")

    assert lines == ["a       b", "한글    b"]


def test_a_strip_is_as_wide_as_its_cells() -> None:
    strips = parse_drawing("\x1b[1m비용\x1b[0m = 1")

    assert strips[0].cell_length == 8


def test_a_last_newline_makes_no_line_and_an_empty_one_between_does() -> None:
    assert plain("a\n\nb\n") == ["a", "", "b"]
    assert plain("") == []


def test_a_drawing_loses_the_paper_that_plotext_draws_on() -> None:
    figure = plotext._core._figure.__class__()
    figure.plot_size(40, 10)
    figure.plot([1, 2, 3], color="red")

    strips = parse_drawing(figure.build())

    styles = {segment.style for strip in strips for segment in strip}
    assert styles == {Style(), Style(color=Color.from_ansi(1))}
    assert [strip.cell_length for strip in strips] == [40] * 10


def test_a_drawing_keeps_a_background_that_means_something() -> None:
    strips = parse_drawing("\x1b[48;5;15m\x1b[38;5;0m \x1b[0m\x1b[48;2;9;9;9mx\x1b[0m")

    assert [segment.style for segment in strips[0]] == [
        Style(),
        Style(bgcolor=Color.from_rgb(9, 9, 9)),
    ]
