"""What readers would not get as the author meant it is found in the lesson's text."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.authoring.checking import check_text
from engine.authoring.reading import columns_of

HEADER = "# ---\n# tutorch:\n#   title: A lesson\n# ---\n"
TWO_LANGUAGES = (
    '# %% [markdown] lang="en"\n# Words.\n# %% [markdown] lang="ko"\n# 글.\n# %%\na = 1\n'
)
EXERCISE = '# %% tags=["exercise"]\na = 1\n# %% tags=["solution"]\na = 2\n# %% tags=["check"]\n'
CHOICE = "# %% [markdown]\n# What?\n# - [ ] a\n# - [x] b\n# %%\na = 1\n"
NUMBER = "# %% [markdown]\n# What?\n# - [?] `a` ± 1\n# %%\na = 1\n"
TO_DO = "# %% [markdown]\n# To do:\n# - [x] a\n# - [x] b\n# - [ ] c\n# %%\na = 1\n"
WIDE_CODE = f"# %%\na = 1\nb = '{'x' * 80}'\n"
WIDE_KOREAN = f"# %%\na = '{'글' * 38}'\n"
LONG_PROSE = f"# %% [markdown]\n# {'word ' * 40}\n# %%\na = 1\n"
WIDE_FENCE = f"# %% [markdown]\n# ```\n# {'x' * 81}\n# ```\n# %%\na = 1\n"
WIDE_TABLE = f"# %% [markdown]\n# | {'x' * 80} |\n# | --- |\n# %%\na = 1\n"
COMMENTS = "# %% [markdown]\n# Run this.\n# %%\n# a = 1\n"
BLANK_PAGE = (
    '# %% [markdown]\n# Yours.\n# %% tags=["exercise"]\n# Write here.\n'
    '# %% tags=["solution"]\na = 2\n# %% tags=["check"]\nassert a == 2, "a is not 2"\n'
)


def found(folder: Path, text: str) -> list[tuple[str, int | None]]:
    """The kinds of what is found, each with its line."""
    path = folder / "lesson.py"
    path.write_text(text, encoding="utf-8")
    return [(mend.finding.kind, mend.line) for mend in check_text(path)[1]]


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        (EXERCISE + "assert a == 2\n", "tag-unheard", 1),
        (CHOICE, "question-unheard", 3),
        (NUMBER, "question-unheard", 3),
        (WIDE_CODE, "too-wide", 3),
        (WIDE_KOREAN, "too-wide", 2),
        (WIDE_FENCE, "too-wide", 3),
        (WIDE_TABLE, "too-wide", 2),
        (COMMENTS, "nothing-runs", 4),
        (
            HEADER + TWO_LANGUAGES + "# %% [markdown]\n# And four more words.\n",
            "text-one-language",
            11,
        ),
        (
            HEADER.replace("A lesson", "What four words say") + TWO_LANGUAGES,
            "header-one-language",
            3,
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_line(tmp_path: Path, text: str, kind: str, line: int) -> None:
    assert found(tmp_path, text) == [(kind, line)]


@pytest.mark.parametrize(
    "text",
    [
        TO_DO,
        LONG_PROSE,
        HEADER + CHOICE,
        HEADER + NUMBER,
        HEADER + BLANK_PAGE,
        HEADER + TWO_LANGUAGES + "# %% [markdown]\n# $a + b = c$ and `four words in code`\n",
        "# %% [markdown]\n# One language needs no other one.\n# %%\na = 1\n",
    ],
)
def test_what_is_as_it_was_meant_is_left_alone(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


def test_wide_characters_take_two_columns_and_marks_on_letters_none() -> None:
    assert [columns_of(text) for text in ("abc", "글자", "e\u0301", "α")] == [3, 4, 1, 1]
