from pathlib import Path

import pytest

from engine.authoring.checking import check_text
from engine.authoring.mends import Mend

HEADER = "# ---\n# tutorch:\n#   title: A lesson\n# ---\n\n"
BOTH = '# %% [markdown] lang="en"\n# Text.\n# %% [markdown] lang="ko"\n# 글.\n'
EXERCISE = '# %% tags=["exercise"]\na = 1\n# %% tags=["solution"]\na = 2\n# %% tags=["check"]\n'
CODE = "# %%\nb = 1\n"


def findings_of(folder: Path, text: str) -> tuple[Mend, ...]:
    path = folder / "lesson.py"
    path.write_text(text, encoding="utf-8")
    return check_text(path)[1]


def test_a_finding_is_one_line_with_path_line_and_mend(tmp_path: Path) -> None:
    path = tmp_path / "lesson.py"
    path.write_text("# %%\na = (\n")

    lesson, findings = check_text(path)

    assert lesson is None
    assert [str(finding) for finding in findings] == [
        f"{path}:2: Python cannot read this line ('(' was never closed);"
        " mend it, or the line above it"
    ]


def test_a_finding_without_a_line_names_the_path_alone(tmp_path: Path) -> None:
    path = tmp_path / "missing.py"

    _, findings = check_text(path)

    assert [str(one) for one in findings] == [f"{path}: there is no such file; check the name"]


@pytest.mark.parametrize(
    "text",
    [
        "a = 1\n",
        HEADER + "# %% [markdown]\n# Text for all.\n" + CODE,
        HEADER + BOTH + CODE,
        HEADER + EXERCISE + 'assert a == 2, f"a is {a}"\n',
        HEADER + BOTH + EXERCISE + 'assert a == 2, {"en": f"a is {a}", "ko": f"a가 {a}입니다"}\n',
        HEADER + BOTH + EXERCISE + "words = {}\nassert a == 2, words[a]\n",
    ],
)
def test_a_lesson_that_is_whole_gives_none(tmp_path: Path, text: str) -> None:
    assert findings_of(tmp_path, text) == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (EXERCISE + "assert a == 2\n", 11, 'has no message for the learner; write `assert ..., "'),
        (EXERCISE + "for b in [a]:\n    assert b == 2\n", 12, "has no message"),
        (BOTH + EXERCISE + "assert a == 2\n", 15, '{"en": "...", "ko": "..."}'),
        (BOTH + EXERCISE + 'assert a == 2, "no"\n', 15, "in one language and the lesson in more"),
        (BOTH + EXERCISE + 'assert a == 2, f"{a}"\n', 15, "in one language and the lesson in more"),
        (BOTH + EXERCISE + 'assert a == 2, {"en": "no"}\n', 15, "has no text in ko"),
        (BOTH + CODE + '# %% [markdown] lang="ko"\n# 글.\n' + CODE, 12, "none in en"),
        (BOTH + CODE + '# %% [markdown] lang="en"\n# Bye.\n', 12, 'lang="ko"`'),
        (BOTH + CODE + '# %% The bowl view="every epoch"\nb = 2\n', 12, "write - `The bowl`: ..."),
    ],
)
def test_what_a_learner_would_not_read_is_found(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    (finding,) = findings_of(tmp_path, HEADER + text)

    assert message in finding.message
    assert finding.line == line


def test_hints_in_one_of_two_languages_are_found(tmp_path: Path) -> None:
    hint = '# %% [markdown] lang="en" tags=["hint"]\n# b\n# %% tags=["solution"]'
    exercise = EXERCISE.replace('# %% tags=["solution"]', hint)
    check = 'assert a == 2, {"en": "no", "ko": "아니요"}\n'

    (finding,) = findings_of(tmp_path, HEADER + BOTH + exercise + check)

    assert finding.line == 12
    assert "a hint in en here and none in ko" in finding.message
    assert 'lang="ko" tags=["hint"]`' in finding.message


@pytest.mark.parametrize("key", ["title", "summary"])
def test_a_header_in_one_of_two_languages_is_found(tmp_path: Path, key: str) -> None:
    header = f"# ---\n# tutorch:\n#   minutes: 3\n#   {key}:\n#     en: A lesson\n# ---\n\n"

    (finding,) = findings_of(tmp_path, header + BOTH + CODE)

    assert finding.line == 4
    assert f"the {key} has no text in ko" in finding.message


def test_all_findings_are_told_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = HEADER + EXERCISE + "assert a == 2\nassert a\n" + BOTH + CODE

    findings = findings_of(tmp_path, text)

    assert [finding.line for finding in findings] == [11, 12]
