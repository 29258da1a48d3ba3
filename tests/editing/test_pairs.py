"""Brackets and quotes that close themselves, and which of them belong together."""

from __future__ import annotations

import pytest

from tui.editing.brackets import partner
from tui.editing.pairs import Typed, is_empty_pair, typed


@pytest.mark.parametrize(
    ("character", "before", "after", "put"),
    [
        ("(", "print", "", Typed("()", back=1)),
        ("[", "x = ", "\n", Typed("[]", back=1)),
        ("(", "x = ", "y", Typed("(")),
        (")", "f(", ")", Typed(")", taken=1)),
        (")", "f(", "", Typed(")")),
        ('"', "x = ", "", Typed('""', back=1)),
        ('"', 'x = "한', '"', Typed('"', taken=1)),
        ('"', 'x = "한', "", Typed('"')),
        ("'", "x = f", "", Typed("''", back=1)),
        ("'", "# don", "", Typed("'")),
        ("'", "don", "", Typed("'")),
        ('"', '""', "", Typed('"')),
        ("(", "# see ", "", Typed("(")),
        ("(", '"a ', '"', Typed("(")),
        ("x", "", "x", Typed("x")),
    ],
)
def test_what_is_opened_is_closed_where_that_helps(
    character: str, before: str, after: str, put: Typed
) -> None:
    assert typed(character, before, "", after) == put


def test_what_is_selected_is_put_between_the_pair() -> None:
    assert typed("(", "", "학습률", "") == Typed("(학습률)")
    assert typed("'", "", "x", "") == Typed("'x'")
    assert typed("y", "", "x", "") == Typed("y")


def test_a_pair_with_nothing_in_it_is_known() -> None:
    assert is_empty_pair("f(", ")")
    assert is_empty_pair("x = '", "'")
    assert not is_empty_pair("f(a", ")")
    assert not is_empty_pair("x = ''", "'")
    assert not is_empty_pair("", "")


def test_partners_are_found_over_lines_and_past_text_and_comments() -> None:
    source = 'f(\n  "(한",  # )\n  [1, 2],\n)\n'

    assert partner(source, (0, 1)) == (3, 0)
    assert partner(source, (3, 0)) == (0, 1)
    assert partner(source, (2, 2)) == (2, 7)


def test_a_bracket_without_partner_has_none() -> None:
    assert partner("f(", (0, 1)) is None
    assert partner("f(]", (0, 2)) is None
    assert partner('"("', (0, 1)) is None
    assert partner('"""\n(\n"""\n(x)', (3, 0)) == (3, 2)
