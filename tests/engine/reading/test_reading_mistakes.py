"""Mistakes in a lesson are told with their line, and what to do about them."""

from pathlib import Path

import pytest
from reading import HEADER, problem_of

from engine.lesson.model import LessonError
from engine.reading.reader import read_lesson, read_with_mistakes


def test_a_problem_is_one_line_with_path_line_and_mend(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, "# %%\na = 1\n\n# %%\nb = (2,\nc = 3\n")

    path = tmp_path / "lesson.py"
    assert (problem.path, problem.line) == (path, 5)
    assert str(problem) == f"{path}:5: {problem.message}"
    assert "'(' was never closed" in problem.message
    assert "; mend" in problem.message


def test_code_nested_beyond_what_python_takes_is_named(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, f"# %%\n# %time a\na = {'-' * 50_000}1\n")

    assert problem.line == 3
    assert "nested too deeply" in problem.message


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (b"", 1, "the file is empty"),
        (b" \n\n", 1, "the file is empty"),
        (b"a = 1\n# \xb0\xa1\n", 2, "not UTF-8"),
        (b"a = 1\nb\0\n", 2, "a zero byte"),
        ("# %% [markdown]\n# Only prose.\n", 2, "no code cell"),
        ("# %%\n\n# %%\n\n", 3, "no code cell"),
        ("# ---\n# tutorch:\n#   title: [a\n# ---\n# %%\na = 1\n", 3, "header is not valid YAML"),
        ("# ---\n# tutorch:\n#   title: a\n\n# %%\na = 1\n", 1, "the header has no end"),
        ("# ---\n# tutorch: A lesson\n# ---\n# %%\na = 1\n", 2, "tutorch must be a mapping"),
        ("# ---\n# tutorch:\n#   titel: a\n# ---\n# %%\na = 1\n", 3, "did you mean title?"),
        ("# ---\n# tutorch:\n#   title: 3\n# ---\n# %%\na = 1\n", 3, "title must be a text"),
        ("# ---\n# tutorch:\n#   title:\n#     en: 3\n# ---\na = 1\n", 4, "title must be a text"),
        ("# ---\n# tutorch:\n#   minutes: ten\n# ---\n# %%\na = 1\n", 3, "write `minutes: 15`"),
        ("# ---\n# tutorch:\n#   minutes: true\n# ---\n# %%\na = 1\n", 3, "write `minutes: 15`"),
        ("# ---\n# tutorch:\n#   minutes: 0\n# ---\n# %%\na = 1\n", 3, "write `minutes: 15`"),
        ("# ---\n# tutroch:\n#   title: a\n# ---\na = 1\n", 2, "did you mean tutorch?"),
        ("# ---\n# Tutorch:\n#   title: a\n# ---\na = 1\n", 2, "did you mean tutorch?"),
        ("# ---\n# tutorch:\n#   title: a\n#   title: b\n# ---\na = 1\n", 4, "'title' twice"),
        ("# ---\n# tutorch: " + "[" * 5000 + "\n# ---\na = 1\n", 2, "nested too deeply"),
        (HEADER + '# %% Train wach="cost"\na = 1\n', 6, "did you mean watch?"),
        (HEADER + "# %% Train tags=null\na = 1\n", 6, 'tags=["exercise"]'),
        (
            HEADER + '# %% Train lang="ko"\na = 1\n',
            6,
            "the keys are watch, show, view, canvas, tags",
        ),
        (HEADER + "# %% Train watch=cost\na = 1\n", 6, 'write key="value"'),
        (HEADER + "# %% Train watch=3\na = 1\n", 6, 'write watch="..."'),
        (HEADER + '# %% Train tags="exercise"\na = 1\n', 6, 'tags=["exercise"]'),
        ('# %%\na = 1\n# %% view="each epoch"\na\n', 3, 'write view="every epoch" or'),
        ('# %% [markdown]\n# a\n# %% view="every epoch"\na = 1\n', 3, "no step before it"),
        ("# ---\n# tutorch:\n#   titel:\n#     en: a\n# ---\na = 1\n", 3, "mean title?"),
        ("# ---\n# tutorch:\n#   title: {}\n# ---\na = 1\n", 3, "title must be a mapping"),
        ("# ---\n# tutorch:\n#   [a]: b\n# ---\na = 1\n", 3, "no word"),
        ("# ---\n# tutorch:\n#   title: \x01\n# ---\na = 1\n", 3, "remove that character"),
        ("# %%\na = 1\n# %%\ndef f():\nb = 1\n", 5, "after function definition on line 4"),
        ("# %%\nreturn 3\n", 2, "'return' outside function"),
        ("# %%\n%time a\nb = = 2\n", 3, "Python cannot read this line"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, message: str
) -> None:
    problem = problem_of(tmp_path, text)

    assert problem.line == line
    assert message in problem.message
    assert "\n" not in str(problem)


STARTER = '# %% tags=["exercise"]\na = 1\n'
HINT = '# %% [markdown] lang="en" tags=["hint"]\n# b\n'
SOLUTION = '# %% tags=["solution"]\na = 2\n'
CHECK = '# %% tags=["check"]\nassert a\n'
CHOICE = "# What?\n# - [ ] a\n# - [x] b\n"
EN = '# %% [markdown] lang="en"\n'
KO = '# %% [markdown] lang="ko"\n'
CODE = "# %%\ncost = 1\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (EN + "# What?\n# - [ ] a\n# - [ ] b\n" + CODE, 8, "has no right answer"),
        (EN + CHOICE + KO + "# 무엇?\n" + CODE, 8, "not the same in en and ko"),
        (
            EN + CHOICE + KO + "# 무엇?\n# - [x] a\n# - [ ] b\n" + CODE,
            12,
            "not the same in en and ko; ask the same questions",
        ),
        (EN + '# How?\n# - [~] `loss`\n# %% watch="cost"\na = 1\n', 8, 'watch="cost loss"'),
        (EN + "# How?\n# - [~] `accuracy`\n" + CODE, 8, 'write watch="accuracy"'),
        (CODE + EN + "# How?\n# - [?] `cost` ± 1\n", 10, "no run follows"),
        (STARTER + SOLUTION + CODE, 6, "this exercise has no check"),
        (STARTER + CODE, 6, "this exercise has no solution"),
        (STARTER, 6, "this exercise has no solution"),
        (STARTER + CHECK, 8, "this check has no solution before it"),
        (CODE + HINT, 8, "this hint has no exercise before it"),
        (CODE + SOLUTION, 8, "this solution has no exercise before it"),
        (CODE + CHECK, 8, "this check has no exercise before it"),
        (STARTER + SOLUTION + CHECK + CODE + CHECK, 14, "this check has no exercise before it"),
        (STARTER + SOLUTION + SOLUTION + CHECK, 10, "has a solution already"),
        (STARTER + EN + "# prose\n" + SOLUTION + CHECK, 8, "this prose parts an exercise"),
        (
            STARTER + HINT + HINT + HINT.replace("en", "ko") + SOLUTION + CHECK,
            8,
            "differ in hints (en: 2, ko: 1)",
        ),
        (STARTER + HINT.replace("hint", "hints") + SOLUTION + CHECK, 8, "did you mean hint?"),
        ('# %% tags=["exercise", "check"]\na = 1\n', 6, "exercise, check, not both"),
        ('# %% tags=["hint"]\na = 1\n', 6, "a cell tagged hint must be markdown"),
        ('# %% [markdown] tags=["check"]\n# a\n' + CODE, 6, "a cell tagged check must be code"),
        ('# %% view="every epoch" tags=["exercise"]\na = 1\n', 6, "is no view"),
        (STARTER + SOLUTION + '# %% tags=["check"]\n%time a\n', 11, "Python cannot read"),
        (STARTER + SOLUTION + '# %% tags=["check"]\nawait a\n', 11, "Python cannot read"),
    ],
)
def test_a_question_or_an_exercise_that_is_not_whole_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    problem = problem_of(tmp_path, HEADER + text)

    assert message in problem.message
    assert problem.line == line
    assert "\n" not in str(problem)


@pytest.mark.parametrize(
    "text",
    [
        "# %%\nmodel = # TODO\n# %%\nb = 2\n",
        HEADER + STARTER.replace("1", "# TODO") + SOLUTION + CHECK,
        "def main(:\n    pass\n",
        "",
        "# %% [markdown]\n# Only prose.\n",
    ],
)
def test_a_file_opens_whose_mistake_a_run_would_tell(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lesson.py"
    path.write_text(text, encoding="utf-8")

    assert read_lesson(path).steps
    assert read_with_mistakes(path)[0] is None


@pytest.mark.parametrize(
    "text", ["# %%\na = 1\n" + '# %% view="every epoch"\nb = = 2\n', HEADER + STARTER]
)
def test_a_file_does_not_open_whose_mistake_no_run_would_tell(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lesson.py"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(LessonError):
        read_lesson(path)


EVERY_PART_WRONG = (
    HEADER
    + '# %% One wach="cost" shw="W"\na = (\n'
    + EN
    + "# What?\n# - [ ] a\n"
    + KO
    + "# 무엇?\n# - [x] a\n# - [ ] b\n# %% Two\nb = = 2\n"
    + STARTER.replace("exercise", "exercize")
    + SOLUTION
    + CHECK
    + STARTER
    + HINT.replace("en", "ko").replace("hint", "hints")
    + CHECK
    + STARTER
    + SOLUTION
)


def test_all_mistakes_of_a_file_are_told_and_none_that_follows_from_another(tmp_path: Path) -> None:
    path = tmp_path / "lesson.py"
    path.write_text(EVERY_PART_WRONG, encoding="utf-8")

    lesson, mistakes = read_with_mistakes(path)

    assert lesson is None
    assert [(mistake.line, mistake.message.partition(";")[0]) for mistake in mistakes] == [
        (6, "a cell has no key 'wach' here, and its title holds no \"=\""),
        (6, "a cell has no key 'shw' here, and its title holds no \"=\""),
        (7, "Python cannot read this line ('(' was never closed)"),
        (10, "this question has no right answer"),
        (16, "Python cannot read this line (invalid syntax)"),
        (17, "'exercize' is nearly a tag of an exercise"),
        (25, "'hints' is nearly a tag of an exercise"),
        (29, "this exercise has no check"),
    ]
