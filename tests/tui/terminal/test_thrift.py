"""Fewer bytes for the same picture: every character keeps its style."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.ansi import AnsiDecoder
from rich.color import Color
from rich.console import Console
from rich.segment import Segment
from rich.style import Style

from tui.terminal.thrift import thrifty

CONSOLE = Console()

colours = st.sampled_from([None, "red", "bright_green", "color(59)", "#102030", "default"])
flags = st.sampled_from([None, True])
styles = st.builds(
    Style, color=colours, bgcolor=colours, bold=flags, dim=flags, italic=flags, reverse=flags
)
texts = st.text("ab 가━\n", min_size=1, max_size=3)
pictures = st.lists(st.tuples(styles, texts), max_size=12)


def drawn(picture: list[tuple[Style, str]]) -> str:
    return "".join(style.render(text) for style, text in picture)


def styled(text: str) -> list[list[Segment]]:
    """Each character with its style, line by line."""
    return [
        [
            Segment(character, _plain(segment.style))
            for segment in line.render(CONSOLE)
            for character in segment.text
        ]
        for line in AnsiDecoder().decode(text)
    ]


def _plain(style: Style | None) -> Style:
    style = style or Style()
    return style + Style(
        color=style.color or Color.default(), bgcolor=style.bgcolor or Color.default()
    )


@given(pictures)
def test_every_character_keeps_its_style(picture: list[tuple[Style, str]]) -> None:
    before = drawn(picture)

    assert styled(thrifty(before)) == styled(before)


@given(pictures)
def test_no_style_is_left_on_at_the_end(picture: list[tuple[Style, str]]) -> None:
    written = thrifty(drawn(picture))

    assert styled(f"{written}|")[-1][-1] == Segment("|", _plain(None))


def test_a_style_that_goes_on_is_written_once() -> None:
    red = Style(color="red")

    assert thrifty(red.render("a") + red.render("b")) == "\x1b[31mab\x1b[0m"


def test_only_the_colour_that_changes_is_written() -> None:
    one, other = Style(color="red", bgcolor="blue"), Style(color="green", bgcolor="blue")

    assert thrifty(one.render("a") + other.render("b")) == "\x1b[31;44ma\x1b[32mb\x1b[0m"


def test_text_without_styles_stays_as_it_is() -> None:
    assert thrifty("\x1b[?25l") == "\x1b[?25l"
