"""What a line of code has made, at its right end."""

from __future__ import annotations

import pytest

from engine.protocol.made import LineMade, Made
from tui.rendering.code import draw_code, rows_of_line
from tui.rendering.glyphs import ASCII, UNICODE, Glyphs
from tui.rendering.made import with_made
from tui.rendering.palette import DARK
from tui.rendering.widths import cell_width

SOURCE = "cost = total / count\nweight = build()\n"


def drawn(*lines: LineMade, width: int = 44, glyphs: Glyphs = UNICODE) -> list[str]:
    strips = draw_code(SOURCE, 1, None, width, DARK, glyphs)
    rows = [(one, rows_of_line(SOURCE, 1, one.line, width, DARK, glyphs)) for one in lines]
    return [strip.text for strip in with_made(strips, rows, width, DARK, glyphs)]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((Made("cost", number=0.25),), "0.25"),
        ((Made("cost", number=1234567.0),), "1.23457e+06"),
        ((Made("cost", shape=(3, 1), bars=(1, 0, 2, 0, 0, 0, 0, 4)),), "[3, 1] ▃▁▅▁▁▁▁█"),
        ((Made("cost", shape=()),), "[]"),
        ((Made("cost", length=81),), "×81"),
        ((Made("a", number=1.0), Made("b", number=2.0)), "a 1  b 2"),
    ],
)
def test_a_value_stands_at_the_right_end_of_its_line(values: tuple[Made, ...], words: str) -> None:
    line = drawn(LineMade(1, values))[0]

    assert line.endswith(f"  {words}")
    assert cell_width(line) == 44


def test_a_change_stands_there_with_its_mark() -> None:
    assert drawn(LineMade(1, (), ("W.grad",)))[0].endswith("◆ W.grad")


def test_where_there_is_little_room_the_histogram_goes_first() -> None:
    made = LineMade(1, (Made("cost", shape=(3, 1), bars=(1,) * 8),))

    assert drawn(made, width=33)[0].endswith("  [3, 1]")


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (60, "x [3, 1] ████████  W [1]  n 2"),
        (50, "x [3, 1]  W [1]  n 2"),
        (39, "[3, 1]  [1]  2"),
        (36, "x [3, 1] …"),
    ],
)
def test_of_several_values_the_first_are_told_where_not_all_have_room(
    width: int, words: str
) -> None:
    bars = (1,) * 8
    made = (Made("x", shape=(3, 1), bars=bars), Made("W", shape=(1,)), Made("n", number=2.0))

    assert drawn(LineMade(1, made), width=width)[0].endswith(f" {words}")


@pytest.mark.parametrize(
    ("number", "words"),
    [(9298.5234, "9299"), (29661.8, "29662"), (-0.0123457, "-0.0123"), (2345678.9, "2.35e+06")],
)
def test_where_there_is_little_room_a_number_is_rounded(number: float, words: str) -> None:
    made = LineMade(1, (Made("cost", number=number),))
    code = cell_width(drawn()[0].rstrip())

    assert drawn(made)[0].endswith(f"  {number:.6g}")
    assert drawn(made, width=code + cell_width(f"  {words}"))[0].endswith(f"  {words}")


def test_where_there_is_no_room_the_code_stays_as_it_is() -> None:
    assert drawn(LineMade(1, (Made("cost", number=0.25),)), width=26) == drawn(width=26)


def test_the_ground_of_a_marked_line_goes_on_beyond_what_it_made() -> None:
    strips = draw_code(SOURCE, 1, 1, 44, DARK, UNICODE)
    rows = [(LineMade(1, (Made("cost", number=0.25),)), range(1))]

    (line, *_) = with_made(strips, rows, 43, DARK, UNICODE)

    assert line.text.endswith("  0.25 ")
    *_, number, free = line
    assert free.style is not None
    assert number.style is not None
    assert free.style.bgcolor == number.style.bgcolor is not None


@pytest.mark.parametrize("width", [44, 49, 50, 52, 58])
def test_a_line_that_tells_leaves_room_for_a_number_also_before_it_is_known(width: int) -> None:
    source, telling = "cost = ((hypothesis - targets) ** 2).mean() / 2", frozenset({0})
    made = LineMade(1, (Made("cost", number=-0.0123),))

    code = draw_code(source, 1, None, width, DARK, telling=telling)
    rows = rows_of_line(source, 1, 1, width, DARK, telling=telling)
    said = [strip.text for strip in with_made(code, [(made, rows)], width - 1, DARK, UNICODE)]

    assert [line.removesuffix("-0.0123").rstrip() for line in said] == [
        strip.text.rstrip() for strip in code
    ]
    assert len([line for line in said if line.endswith("  -0.0123")]) == 1


def test_a_line_that_is_marked_keeps_its_ground_to_its_end() -> None:
    strips = draw_code(SOURCE, 1, 1, 44, DARK, UNICODE)
    rows = [(LineMade(1, (Made("cost", number=0.25),)), range(1))]

    line = with_made(strips, rows, 44, DARK, UNICODE)[0]

    grounds = {segment.style.bgcolor for segment in line if segment.style is not None}
    assert len(grounds) == 1
    assert None not in grounds


def test_in_ascii_it_is_ascii() -> None:
    made = (Made("a", shape=(2,), bars=(1, 0, 0, 0, 0, 0, 0, 9)), Made("b", length=3))

    assert all(line.isascii() for line in drawn(LineMade(1, made, ("W",)), glyphs=ASCII))
