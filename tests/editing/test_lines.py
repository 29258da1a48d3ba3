"""What Enter, tab and commenting do to lines of Python."""

from __future__ import annotations

import pytest

from tui.editing.lines import (
    dedented,
    indentation_after,
    indented,
    spaces_to_next_stop,
    toggled_comments,
)

DEEP = "-" * 20_000 + "1"


@pytest.mark.parametrize(
    ("line", "indentation"),
    [
        ("cost = 1", ""),
        ("    cost = 1", "    "),
        ("for epoch in range(3):", "    "),
        ("    def 비용(w):  # 틀림", "        "),
        ("sizes = [", "    "),
        ("    return cost", ""),
        ("        break", "    "),
        ("    raise ValueError('no')", ""),
        ("    returned = 1", "    "),
        ("    pass  # 끝", ""),
        ('text = "a:"', ""),
        ("# note:", ""),
        ("    return (a +", "    "),
        ("", ""),
        ("\tx = 1", "\t"),
        pytest.param(f"    return {DEEP}", "    ", id="nested too deeply"),
    ],
)
def test_a_new_line_is_indented_as_the_one_before_it_asks(line: str, indentation: str) -> None:
    assert indentation_after(line) == indentation


def test_lines_go_in_and_out_by_a_level_and_empty_ones_stay_empty() -> None:
    assert indented(["a", "", "    한"]) == ["    a", "", "        한"]
    assert dedented(["a", "  b", "", "        한", "\tc"]) == ["a", "b", "", "    한", "c"]


def test_lines_become_comments_where_the_outermost_begins_and_code_again() -> None:
    lines = ["    for x in y:", "", "        비용 = 1"]

    made = toggled_comments(lines)

    assert made == ["    # for x in y:", "", "    #     비용 = 1"]
    assert toggled_comments(made) == lines


def test_lines_of_which_one_is_code_all_become_comments() -> None:
    assert toggled_comments(["# a", "b"]) == ["# # a", "# b"]


def test_tab_goes_to_the_next_stop() -> None:
    assert [len(spaces_to_next_stop(width)) for width in (0, 1, 3, 4)] == [4, 3, 1, 4]
