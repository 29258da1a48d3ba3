"""Source as numbered, highlighted and wrapped lines."""

from __future__ import annotations

import pytest

from tui.rendering.code import LineTime, draw_code, highlight, rows_of_line
from tui.rendering.glyphs import ASCII
from tui.rendering.palette import DARK, LIGHT, Palette
from tui.rendering.widths import cell_width

SOURCE = """W = torch.zeros((3, 1), requires_grad=True)
for epoch in range(1, nb_epochs + 1):
    hypothesis = x_train.matmul(W) + b  # 예측한 값과 정답의 차이를 비용이라고 부릅니다

    cost.backward()"""


def _texts(width: int, running: int | None = None, first_line: int = 98) -> list[str]:
    return [strip.text for strip in draw_code(SOURCE, first_line, running, width, DARK)]


def test_lines_carry_the_numbers_of_their_file() -> None:
    assert _texts(100)[0] == "  98 W = torch.zeros((3, 1), requires_grad=True)"
    assert _texts(100)[4] == " 102     cost.backward()"


def test_the_running_line_is_marked_over_the_full_width() -> None:
    strips = draw_code(SOURCE, 98, 99, 60, DARK)

    assert strips[1].text.startswith("▶ 99 for epoch")
    assert strips[1].cell_length == 60
    grounds = {segment.style.bgcolor.name for segment in strips[1] if segment.style}
    assert grounds == {DARK.running_line}


def test_the_line_that_is_next_has_a_mark_and_a_ground_of_its_own() -> None:
    strips = draw_code(SOURCE, 98, 99, 60, DARK, moment=LineTime.NEXT)

    assert strips[1].text.startswith("▷ 99 for epoch")
    grounds = {segment.style.bgcolor.name for segment in strips[1] if segment.style}
    assert grounds == {DARK.next_line}


def test_no_other_line_has_a_ground() -> None:
    strips = draw_code(SOURCE, 98, 99, 100, DARK)

    others = [segment.style for strip in strips[2:] for segment in strip if segment.style]
    assert all(style.bgcolor is None for style in others)


def test_the_mark_moves_and_leaves_nothing_behind() -> None:
    draw_code(SOURCE, 98, 99, 60, DARK)
    moved = [strip.text for strip in draw_code(SOURCE, 98, 98, 60, DARK)]

    assert [text[0] for text in moved if not text.startswith(" ")] == ["▶"]
    assert moved[0].startswith("▶ 98 W")


def test_a_running_line_elsewhere_in_the_file_marks_nothing() -> None:
    assert _texts(60, running=12) == _texts(60) == _texts(60, running=103)


def test_ascii_marks_the_running_line_with_ascii() -> None:
    strips = draw_code("a = 1", 1, 1, 20, DARK, ASCII)

    assert strips[0].text.startswith(">1 a = 1")


@pytest.mark.parametrize("width", [14, 30, 47, 60])
def test_long_lines_go_on_below_and_lose_nothing(width: int) -> None:
    texts = _texts(width)

    gutter = cell_width(" 102 ")
    joined = "".join(text[gutter:].replace(" ", "") for text in texts)
    assert joined == SOURCE.replace(" ", "").replace("\n", "")
    assert all(cell_width(text) <= width for text in texts)


def test_a_line_that_goes_on_is_indented_deeper_than_itself() -> None:
    texts = _texts(40)

    assert texts[0:2] == ["  98 W = torch.zeros((3, 1), ", "   ↪     requires_grad=True)"]


def test_every_row_of_a_wrapped_running_line_is_on_its_ground() -> None:
    rows = rows_of_line(SOURCE, 98, 100, 40, DARK)
    strips = draw_code(SOURCE, 98, 100, 40, DARK)

    assert len(rows) > 1
    for row in rows:
        assert strips[row].cell_length == 40
        assert all(segment.style and segment.style.bgcolor for segment in strips[row])


def test_rows_of_a_line_are_found_for_scrolling() -> None:
    starts = [rows_of_line(SOURCE, 98, line, 40, DARK).start for line in range(98, 103)]
    texts = _texts(40)

    assert [texts[start].split()[0] for start in starts] == ["98", "99", "100", "101", "102"]
    assert rows_of_line(SOURCE, 98, 500, 40, DARK) == range(0)


def test_a_string_over_several_lines_is_one_colour_on_each() -> None:
    strips = highlight('x = """one\ntwo\n"""', DARK)

    assert [strip.text for strip in strips] == ['x = """one', "two", '"""']
    assert {str(segment.style) for segment in strips[1]} == {DARK.good}


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_the_palette_decides_the_colours(palette: Palette) -> None:
    (comment,) = highlight("# 주석", palette)[0]

    assert comment.style is not None
    assert comment.style.color is not None
    assert comment.style.color.name == palette.dim


def test_tabs_are_expanded_and_control_characters_never_reach_the_screen() -> None:
    texts = [strip.text for strip in highlight("\ta\x0c = '\x1b[31m'", DARK)]

    assert texts == ["    a· = '·[31m'"]


def test_code_that_is_no_python_is_shown_as_it_is() -> None:
    source = "%timeit f(x)\n!ls\ndef ("

    assert [strip.text for strip in highlight(source, DARK)] == source.split("\n")


def test_moving_the_running_line_reuses_the_other_strips() -> None:
    before = draw_code(SOURCE, 98, 98, 60, DARK)
    after = draw_code(SOURCE, 98, 99, 60, DARK)

    assert all(one is other for one, other in zip(before[2:], after[2:], strict=True))


def test_drawing_in_a_pane_too_narrow_for_code_stays_within_it() -> None:
    assert all(strip.cell_length <= 6 for strip in draw_code(SOURCE, 98, 99, 6, DARK))


def test_a_line_of_thousands_of_rows_is_drawn_whole() -> None:
    source = f"x = {'1+' * 15_000}1\n\ny = 2"

    drawn = [strip.text for strip in draw_code(source, 1, None, 60, DARK)]

    assert sum(text.count("+") for text in drawn) == 15_000
    assert [text.strip() for text in drawn[-2:]] == ["2", "3 y = 2"]
