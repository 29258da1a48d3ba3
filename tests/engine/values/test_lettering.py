"""Texts of drawings: in the reader's language, and where the terminal's cells have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from rich.cells import cell_len

from engine.lesson.drawing_words import DrawingWords
from engine.lesson.model import Cell
from engine.protocol.frame import FrameRequest
from engine.values.lettering import closed_up, spread
from engine.values.views import ViewArtist

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
KOREAN = {
    "hours": "강의 시간",
    "self-study": "자습",
    "very high": "아주 높음",
    "failed": "불합격",
    "passed with ease": "가볍게 합격",
    "here": "바로 여기",
    "epoch {}: {}": "에포크 {}: {}",
    "The line": "직선",
}
VIEW = """
import plotext as plt

plt.clear_figure()
plt.theme("clear")
plt.plot([0, 1], [0, 0], marker="x", label="failed")
plt.plot([0, 1], [0, 0], marker="o", label="passed with ease")
plt.text(" here ", 0.5, 1, alignment="center")
plt.xlim(0, 1)
plt.ylim(0, 4)
plt.xlabel("hours")
plt.ylabel("self-study")
plt.xticks([0, 1], ["0", "1"])
plt.yticks([0, 3], ["0", "very high"])
plt.title("epoch 12: 0.5")
plt.show()
"""


def drawn(width: int, language: str, source: str = VIEW) -> list[str]:
    words = DrawingWords({"ko": KOREAN})
    artist = ViewArtist("lesson.py", lambda: words)
    request = FrameRequest(width, 16, language=language)
    drawing = artist.draw_live(Cell("The line", source, 1), {}, request, 0)
    assert drawing.suits(request)
    return COLOURS.sub("", drawing.text).rstrip("\n").split("\n")


def column(rows: Sequence[str], text: str) -> int:
    """The cell of the terminal at which a text begins."""
    (row,) = [row for row in rows if text in row]
    return cell_len(row[: row.index(text)])


@pytest.mark.parametrize("width", [80, 120])
def test_korean_texts_stand_in_the_cells_where_plotext_wants_them(width: int) -> None:
    rows = drawn(width, "ko")

    assert {cell_len(row) for row in rows} == {width}
    first = cell_len("아주 높음┤")
    middle = first + (width - first - 1) // 2
    for text in ("에포크 12: 0.5", "강의 시간", " 바로 여기 "):
        assert abs(column(rows, text) + cell_len(text) // 2 - middle) <= 1, text
    assert column(rows, "불합격") == column(rows, "가볍게 합격") == first + 4
    assert column(rows, "자습") == 0


def test_without_words_for_a_language_a_drawing_is_in_its_own() -> None:
    assert drawn(80, "fr") == drawn(80, "") != drawn(80, "ko")
    assert "epoch 12: 0.5" in drawn(80, "")[0]


def test_a_drawing_in_korean_alone_is_in_line_too() -> None:
    source = VIEW.replace("very high", "아주 높음").replace("here", "바로 여기")

    assert {cell_len(row) for row in drawn(80, "", source)} == {80}


def test_an_upright_text_is_said_from_its_top() -> None:
    upright = VIEW.replace('" here ", 0.5, 1,', '"here", 0.5, 2, orientation="v",')

    rows = drawn(80, "ko", upright)

    assert {cell_len(row) for row in rows} == {80}
    found = [row.strip("│┤ 0123")[:1] for row in rows if any(one in row for one in "바로여기")]
    assert "".join(found).endswith("바로여기")


def test_a_step_prints_and_draws_as_before_once_a_view_has_drawn() -> None:
    from plotext._build import build_class
    from plotext._matrix import matrix_class

    before = build_class.build_plot, matrix_class.set_canvas
    with pytest.raises(ZeroDivisionError):
        drawn(80, "ko", "1 / 0")

    assert (build_class.build_plot, matrix_class.set_canvas) == before


@pytest.mark.parametrize(
    ("row", "written"),
    [
        (list(spread("a강b")), "a강b"),
        (list(spread("강의")), "강의"),
        (["x", *spread("강")[1:], "y"], "x y"),
        (["강", "x", "y"], "강y"),
        (["x", "강"], "x "),
        (["강", "의", "실", "x"], "강실"),
    ],
)
def test_a_row_keeps_its_width_where_characters_cover_each_other(
    row: list[str], written: str
) -> None:
    assert "".join(closed_up(row)) == written
    assert cell_len(written) == len(row)


def test_letters_that_are_written_in_parts_are_put_together() -> None:
    assert "".join(closed_up(list(spread("\u1100\u1161\u11bc")))) == "강"


@pytest.mark.parametrize("heights", ["[float('nan')] * 2", "[9, 9]"], ids=["nan", "out of sight"])
def test_a_legend_of_what_is_not_in_sight_ends_no_drawing(heights: str) -> None:
    rows = drawn(60, "en", VIEW.replace('[0, 1], [0, 0], marker="x"', f"[0, 1], {heights}"))

    assert any("epoch 12: 0.5" in row for row in rows)
    assert any("here" in row for row in rows)


PRINTED = """
names = ["hours", "very high", "unlisted words"]
print("".join(f"{name:<12}" for name in names) + "end")
print("3: \\x1b[1mhours\\x1b[0m      left")
print("\\x1b[38;2;1;2;3m▀▀\\x1b[0m  0.5")
"""


def test_words_that_a_view_prints_are_said_where_they_are_listed() -> None:
    rows = drawn(80, "ko", PRINTED)

    assert rows == [
        "강의 시간   아주 높음   unlisted wordsend",
        "3: 강의 시간  left",
        "▀▀  0.5",
    ]
    assert drawn(80, "", PRINTED)[0] == "hours       very high   unlisted wordsend"
