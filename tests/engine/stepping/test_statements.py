"""Where statements begin: the first line of the one that each line of a cell belongs to."""

from __future__ import annotations

import textwrap

import pytest

from engine.stepping.statements import statement_starts


def starts_of(source: str, first_line: int = 1) -> dict[int, int]:
    return statement_starts(textwrap.dedent(source).strip("\n"), first_line)


def test_lines_count_in_the_file() -> None:
    assert starts_of("x = (\n  1)\ny = 2", 40) == {40: 40, 41: 40, 42: 42}


@pytest.mark.parametrize(
    ("source", "starts"),
    [
        ("for i in range(\n        3):\n    x = i\n", {1: 1, 2: 1, 3: 3}),
        ("if x:\n    a = 1\nelif y:\n    b = 2\n", {1: 1, 2: 2, 3: 3, 4: 4}),
        ("try:\n    a\nexcept (A,\n        B):\n    b\n", {1: 1, 2: 2, 3: 3, 4: 3, 5: 5}),
        ("match x:\n    case [\n        1]:\n        a\n", {1: 1, 2: 2, 3: 2, 4: 4}),
    ],
    ids=["loop", "branches", "handlers", "cases"],
)
def test_a_head_is_a_statement_and_so_is_each_in_its_body(
    source: str, starts: dict[int, int]
) -> None:
    assert starts_of(source) == starts


def test_a_decorated_function_begins_at_its_def() -> None:
    starts = starts_of("""
        @first
        @second(
            1)
        def f(x,
              y):
            return x
    """)

    assert starts == {1: 4, 2: 4, 3: 4, 4: 4, 5: 4, 6: 6}


def test_statements_on_one_line_are_one() -> None:
    assert starts_of("x = 1; y = [\n  2]") == {1: 1, 2: 1}


def test_where_a_cell_is_not_python_each_line_is_left_to_itself() -> None:
    assert starts_of("%time x = 1\ny = (\n  2)") == {}
