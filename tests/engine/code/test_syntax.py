"""Where a source is no Python, told before it runs."""

from __future__ import annotations

import warnings

import pytest

from engine.code.syntax import syntax_trouble


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("a = 1\nb = (2", 1, "SyntaxError: '(' was never closed"),
        ("a = 1 +\nb = 2\n", 0, "SyntaxError: invalid syntax"),
        ("if a:\nb = 2", 1, "IndentationError: expected an indented block"),
        ("a = 'b", 0, "SyntaxError: unterminated string literal"),
    ],
)
def test_the_line_is_told_and_what_python_says(source: str, line: int, words: str) -> None:
    trouble = syntax_trouble(source, 1)

    assert trouble is not None
    assert (trouble.source, trouble.line) == (source, line)
    assert trouble.words.startswith(words)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "a = 1",
        "await something()",
        "%time a = 1",
        "!ls",
        "files = !ls",
        "print?",
        ">>> a = 1",
        "    a = 1",
        "a = '\\d'",
    ],
)
def test_what_may_run_has_no_trouble(source: str) -> None:
    assert syntax_trouble(source, 1) is None


def test_the_line_is_one_of_the_source() -> None:
    trouble = syntax_trouble("for i in range(3):\n", 40)

    assert trouble is not None
    assert trouble.line in (0, 1)


def test_lines_that_python_names_are_those_of_the_file() -> None:
    trouble = syntax_trouble("for i in range(3):\nx = i", 40)

    assert trouble is not None
    assert trouble.line == 1
    assert trouble.words.endswith("after 'for' statement on line 40")


def test_nothing_is_written_anywhere_of_what_python_warns_of() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")

        assert syntax_trouble("a = '\\d'", 1) is None
