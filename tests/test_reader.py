import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.lesson.header import read_header
from engine.lesson.model import Lesson, LessonError
from engine.lesson.reader import read_lesson, read_with_mistakes

HEADER = "# ---\n# tutorch:\n#   title: A lesson\n# ---\n\n"


def lesson_of(folder: Path, text: str, name: str = "lesson.py") -> Lesson:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_lesson(path)


def problem_of(folder: Path, text: str | bytes, name: str = "lesson.py") -> LessonError:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(LessonError) as caught:
        read_lesson(path)
    return caught.value


def notebook_of(*cells: tuple[str, str], **metadata: object) -> str:
    listed = [
        {"cell_type": kind, "metadata": {}, "source": source, "id": str(at)}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for at, (kind, source) in enumerate(cells)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": listed})


def code_lines(lesson: Lesson) -> list[str]:
    """The line of the file that each code cell says it starts on."""
    lines = lesson.source.split("\n")
    return [lines[step.cell.line - 1] for step in lesson.steps if step.cell]


# Steps


def test_a_step_is_the_prose_before_a_cell_together_with_it(tmp_path: Path) -> None:
    text = "# %% [markdown]\n# First.\n\n# %%\na = 1\n\n# %% [markdown]\n# Second.\n\n# %%\nb = 2\n"

    steps = lesson_of(tmp_path, text).steps

    assert [(step.prose[0].markdown, step.cell and step.cell.source) for step in steps] == [
        ("First.", "a = 1"),
        ("Second.", "b = 2"),
    ]


def test_prose_after_the_last_cell_is_a_closing_step(tmp_path: Path) -> None:
    text = "# %%\na = 1\n\n# %% [markdown]\n# ## Farewell\n"

    closing = lesson_of(tmp_path, text).steps[-1]

    assert closing.cell is None
    assert (closing.index, closing.title) == (1, "Farewell")


def test_a_view_cell_belongs_to_the_step_before(tmp_path: Path) -> None:
    text = '# %% Train\na = 1\n\n# %% Ball view="every epoch"\nprint(a)\n\n# %% Next\nb = 2\n'

    steps = lesson_of(tmp_path, text).steps

    assert [step.title for step in steps] == ["Train", "Next"]
    assert [(view.title, view.view) for view in steps[0].views] == [("Ball", "every epoch")]


def test_a_title_comes_from_the_cell_then_the_heading_then_the_number(tmp_path: Path) -> None:
    text = (
        "# %% [markdown]\n# # Heading\n\n# %% Own title\na = 1\n\n"
        "# %% [markdown]\n# ## Heading ##\n\n# %%\nb = 2\n\n# %%\nc = 3\n"
    )

    titles = [step.title for step in lesson_of(tmp_path, text).steps]

    assert titles == ["Own title", "Heading", "Step 3"]


def test_a_heading_in_a_language_is_the_title_in_it(tmp_path: Path) -> None:
    text = '# %% [markdown] lang="ko"\n# ## 데이터 준비\n\n# %% The data\na = 1\n'

    step = lesson_of(tmp_path, text).steps[0]

    assert step.title_in("ko") == "데이터 준비"
    assert step.title == "The data"


def test_a_comment_in_a_code_fence_is_no_heading(tmp_path: Path) -> None:
    text = "# %% [markdown]\n# ```python\n# # not this\n# ```\n# ## This\n\n# %%\na = 1\n"

    step = lesson_of(tmp_path, text).steps[0]

    assert step.title == "This"


def test_prose_is_kept_for_each_language(tmp_path: Path) -> None:
    text = (
        '# %% [markdown] lang="en"\n# Cost\n\n# %% [markdown] lang="ko"\n# 비용\n\n'
        "# %% [markdown]\n# $w$\n\n# %%\na = 1\n"
    )

    step = lesson_of(tmp_path, text).steps[0]

    assert step.prose_in("ko") == "비용\n\n$w$"
    assert step.prose_in("en") == "Cost\n\n$w$"


def test_a_cell_keeps_its_metadata_and_tags(tmp_path: Path) -> None:
    text = '# %% Train watch="cost accuracy" show="W b" tags=["slow", "long"]\na = 1\n'

    cell = lesson_of(tmp_path, HEADER + text).steps[0].cell

    assert cell is not None
    assert (cell.title, cell.watch, cell.show) == ("Train", ("cost", "accuracy"), ("W", "b"))
    assert cell.tags == ("slow", "long")


# Questions and exercises


ASKED = """\
# %% [markdown] lang="en"
# ## Training
#
# Where does it end?
#
# - [ ] Above
# - [x] Below
#
# How will it look?
#
# - [~] `cost`

# %% [markdown] lang="ko"
# ## 학습
#
# 어디에서 끝날까요?
#
# - [ ] 위
# - [x] 아래
#
# 어떤 모양일까요?
#
# - [~] `cost`

# %%
cost = 1
"""


def test_questions_come_in_each_language_and_leave_the_prose(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, HEADER + ASKED)

    step = lesson.steps[0]
    assert [question.text for question in step.questions_in("ko")] == [
        "어디에서 끝날까요?",
        "어떤 모양일까요?",
    ]
    assert len(step.questions_in("en")) == len(step.questions_in("fr")) == 2
    assert step.prose_in("ko") == "## 학습"
    assert "- [x] 아래" in lesson.source


def test_a_question_knows_its_line(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, HEADER + ASKED)

    lines = lesson.source.split("\n")
    for language in ("en", "ko"):
        first, second = lesson.steps[0].questions_in(language)
        assert lines[first.line - 1].startswith("# - [ ]")
        assert lines[second.line - 1] == "# - [~] `cost`"


def test_a_question_in_a_string_knows_its_line(tmp_path: Path) -> None:
    text = '# %% [markdown]\n"""\nWhat?\n\n- [ ] a\n- [x] b\n"""\n\n# %%\na = 1\n'

    lesson = lesson_of(tmp_path, HEADER + text)

    question = lesson.steps[0].questions_in("en")[0]
    assert lesson.source.split("\n")[question.line - 1] == "- [ ] a"


def test_prose_of_nothing_but_a_question_is_empty(tmp_path: Path) -> None:
    text = "# %% [markdown]\n# What?\n#\n# - [ ] a\n# - [x] b\n\n# %%\na = 1\n"

    step = lesson_of(tmp_path, HEADER + text).steps[0]

    assert step.prose_in("en") == ""
    assert len(step.questions_in("en")) == 1


EXERCISE = """\
# %% [markdown]
# Make it small.

# %% Your turn tags=["exercise"]
cost = 9

# %% View view="every epoch"
print(cost)

# %% [markdown] lang="en" tags=["hint"]
# A nudge.

# %% [markdown] lang="ko" tags=["hint"]
# 힌트

# %% tags=["solution"]
cost = 0

# %% tags=["check"]
assert cost < 1

# %% tags=["check"]
assert cost >= 0

# %% Next
after = 1
"""


def test_an_exercise_is_one_step(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, HEADER + EXERCISE)

    step, after = lesson.steps
    assert step.exercise is not None
    assert step.cell is not None
    assert (step.title, step.cell.source, len(step.views)) == ("Your turn", "cost = 9", 1)
    assert step.exercise.solution.source == "cost = 0"
    assert [check.source for check in step.exercise.checks] == [
        "assert cost < 1",
        "assert cost >= 0",
    ]
    assert after.exercise is None


def test_hints_come_in_the_language_asked_for(tmp_path: Path) -> None:
    step = lesson_of(tmp_path, HEADER + EXERCISE).steps[0]

    assert step.exercise is not None
    assert step.exercise.hints_in("ko") == ("힌트",)
    assert step.exercise.hints_in("fr") == ("A nudge.",)
    assert step.prose_in("en") == "Make it small."


def test_the_cells_of_an_exercise_know_their_lines(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, HEADER + EXERCISE)

    exercise = lesson.steps[0].exercise
    assert exercise is not None
    lines = lesson.source.split("\n")
    for cell in (exercise.solution, *exercise.checks):
        assert lines[cell.line - 1] == cell.source


def test_the_last_exercise_is_whole_before_the_closing(tmp_path: Path) -> None:
    text = EXERCISE.partition("# %% Next")[0] + "# %% [markdown]\n# Farewell.\n"

    steps = lesson_of(tmp_path, HEADER + text).steps

    assert steps[0].exercise is not None
    assert steps[1].prose_in("en") == "Farewell."


def test_other_tools_lists_and_tags_mean_nothing_without_a_header(tmp_path: Path) -> None:
    text = (
        "# %% [markdown]\n# - [ ] to do\n\n"
        '# %% tags=["exercise"]\na = 1\n\n# %% tags=["solution"]\na = 2\n'
    )

    steps = lesson_of(tmp_path, text).steps

    assert [step.exercise for step in steps] == [None, None]
    assert (steps[0].questions_in("en"), steps[0].prose_in("en")) == ((), "- [ ] to do")


# Lines


@pytest.mark.parametrize("header", ["", HEADER, "#!/usr/bin/env python\n# coding: utf-8\n"])
def test_a_cell_knows_the_line_it_starts_on(tmp_path: Path, header: str) -> None:
    text = (
        "# %% One\n\n\nfirst = 1\n\n\n# %%\nsecond = 2\n# %% [markdown]\n# 말\n\n#%%\nthird = 3\n"
    )

    lesson = lesson_of(tmp_path, header + text)

    assert code_lines(lesson) == ["first = 1", "second = 2", "third = 3"]


def test_code_before_the_first_marker_is_a_cell(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, "\n\nfirst = 1\n\n# %%\nsecond = 2\n")

    assert code_lines(lesson) == ["first = 1", "second = 2"]


def test_a_marker_in_a_string_starts_no_cell(tmp_path: Path) -> None:
    text = '# %%\ntext = """\n# %% not a cell\n"""\n\n# %%\nsecond = 2\n'

    lesson = lesson_of(tmp_path, text)

    assert [step.cell and step.cell.source for step in lesson.steps] == [
        'text = """\n# %% not a cell\n"""',
        "second = 2",
    ]
    assert code_lines(lesson) == ['text = """', "second = 2"]


def test_prose_in_a_string_leaves_the_lines_right(tmp_path: Path) -> None:
    text = '# %% [markdown]\n"""\n# A title\n\n한국어\n"""\n\n# %%\nsecond = 2\n'

    lesson = lesson_of(tmp_path, text)

    assert lesson.steps[0].prose[0].markdown == "# A title\n\n한국어"
    assert code_lines(lesson) == ["second = 2"]


def test_a_form_feed_and_a_line_separator_break_no_line(tmp_path: Path) -> None:
    text = "# %%\ntext = 'a\u2028b'\n\x0c\n# %%\nsecond = 2\n"

    lesson = lesson_of(tmp_path, text)

    assert code_lines(lesson) == ["text = 'a\u2028b'", "second = 2"]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lesson.py"
    path.write_bytes(b"\xef\xbb\xbf# %%\r\na = 1\r\n\r\n# %%\r\nb = 2\r\n")

    lesson = read_lesson(path)

    assert lesson.source == "# %%\na = 1\n\n# %%\nb = 2\n"
    assert code_lines(lesson) == ["a = 1", "b = 2"]


def test_commented_magics_come_alive_where_they_stand(tmp_path: Path) -> None:
    text = "# %%\na = 1\n# %timeit a\n# !ls\n\n# %%\nb = 2\n"

    lesson = lesson_of(tmp_path, text)

    assert lesson.steps[0].cell is not None
    assert lesson.steps[0].cell.source == "a = 1\n%timeit a\n!ls"
    assert code_lines(lesson) == ["a = 1", "b = 2"]


def test_comments_that_look_like_commands_stay_comments(tmp_path: Path) -> None:
    comments = '# cat the tensors\n# copy of w\n# %d is a number\n# why?\nt = """\n# %time it\n"""'

    cell = lesson_of(tmp_path, f"# %%\n{comments}\n").steps[0].cell

    assert cell is not None
    assert cell.source == comments


def test_a_cell_in_another_language_keeps_the_lines_right(tmp_path: Path) -> None:
    text = '# %% language="bash"\n# ls\n\n# %%\nsecond = 2\n'

    lesson = lesson_of(tmp_path, text)

    assert lesson.steps[0].cell is not None
    assert lesson.steps[0].cell.source == "%%bash\nls"
    assert code_lines(lesson)[1] == "second = 2"


# Other files that are lessons


def test_a_plain_script_is_a_lesson_of_one_step(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, "import math\n\nprint(math.pi)\n", name="03_round_things.py")

    assert len(lesson.steps) == 1
    assert lesson.header.title.in_language("ko") == "round things"


GALLERY = '''# licence
"""
A tutorial
==========

What it is about, with :math:`w^2`
and `a link <https://example.org>`_.
"""
import math

{block}
# Second part
# -----------
# Some text.
second = 2

{block}
# Third, only text.
'''


@pytest.mark.parametrize("block", ["# %%", "#" * 70, "# " + "#" * 68])
def test_a_sphinx_gallery_script_is_a_lesson(tmp_path: Path, block: str) -> None:
    lesson = lesson_of(tmp_path, GALLERY.format(block=block))

    assert lesson.header.title.in_language("en") == "A tutorial"
    assert lesson.header.summary.in_language("en") == (
        "What it is about, with $w^2$ and [a link](https://example.org)."
    )
    assert [step.title for step in lesson.steps] == ["A tutorial", "Second part", "Step 3"]
    assert lesson.steps[1].prose[0].markdown == "## Second part\nSome text."
    assert code_lines(lesson) == ["import math", "second = 2"]


def test_a_notebook_is_a_lesson_whose_lines_count_in_its_text(tmp_path: Path) -> None:
    text = notebook_of(
        ("markdown", "# 제목\n\nA summary."),
        ("code", "# copy of w\nfirst = 1\n%timeit first"),
        ("code", "second = 2"),
        kernelspec={"language": "python", "name": "python3"},
    )

    lesson = lesson_of(tmp_path, text, name="lesson.ipynb")

    assert lesson.header.title.in_language("en") == "제목"
    assert lesson.header.summary.in_language("en") == "A summary."
    assert code_lines(lesson) == ["# copy of w", "second = 2"]
    assert lesson.steps[0].cell is not None
    assert lesson.steps[0].cell.source == "# copy of w\nfirst = 1\n%timeit first"


def test_a_notebook_may_hold_a_header(tmp_path: Path) -> None:
    text = notebook_of(
        ("raw", "---\ntutorch:\n  title: 공책\n  minutes: 5\n---"), ("code", "a = 1")
    )

    lesson = lesson_of(tmp_path, text, name="lesson.ipynb")

    assert lesson.header.title.in_language("ko") == "공책"
    assert lesson.header.minutes == 5


def test_keys_of_other_tools_are_welcome_where_nothing_says_tutorch(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, '# %% colab={"base_uri": "x"} slideshow="skip"\na = 1\n')

    assert len(lesson.steps) == 1


@pytest.mark.parametrize(
    "code",
    ["%matplotlib inline\na = 1", "files = !ls\nfiles", "%%time\na = 1", "print?", "await a"],
)
def test_what_ipython_runs_is_no_syntax_error(tmp_path: Path, code: str) -> None:
    cell = lesson_of(tmp_path, f"# %%\n{code}\n").steps[0].cell

    assert cell is not None
    assert cell.source == code


# Problems


def test_a_problem_is_one_line_with_path_line_and_mend(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, "# %%\na = 1\n\n# %%\nb = (2,\nc = 3\n")

    path = tmp_path / "lesson.py"
    assert (problem.path, problem.line) == (path, 5)
    assert str(problem) == f"{path}:5: {problem.message}"
    assert "'(' was never closed" in problem.message
    assert "; mend" in problem.message


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    missing = tmp_path / "missing.py"

    with pytest.raises(LessonError, match="no such file") as caught:
        read_lesson(missing)
    with pytest.raises(LessonError, match="this is a folder"):
        read_lesson(tmp_path)

    assert str(caught.value).startswith(f"{missing}: ")


def test_a_file_that_cannot_be_opened_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lesson.py"
    path.write_text("a = 1\n")

    def refuse(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(LessonError, match=r"cannot be read \(Permission denied\); check"):
        read_lesson(path)


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    path = tmp_path / "lesson.py"
    os.mkfifo(path)

    with pytest.raises(LessonError, match="a pipe or a device; save the lesson as a file"):
        read_lesson(path)


def test_a_name_that_no_file_can_have_is_named(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match=r"cannot be read \(.+\); check its name"):
        read_lesson(tmp_path / ("long" * 100 + ".py"))


@pytest.mark.parametrize("read", [read_lesson, read_header])
def test_a_file_of_5_mb_is_refused_whether_it_is_listed_or_opened(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    path = tmp_path / "lesson.py"
    path.write_text("a = 1\n" * 850_000)

    with pytest.raises(LessonError, match=r"5\.1 MB are too large for a lesson; split it"):
        read(path)


def test_code_nested_beyond_what_python_takes_is_named(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, f"# %%\n# %time a\na = {'-' * 50_000}1\n")

    assert problem.line == 2
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
        ("# ---\n# tutorch:\n#   title: [a\n# ---\n# %%\na = 1\n", 3, "YAML cannot be read"),
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
            "differ in hints (2 in en, 1 in ko)",
        ),
        (STARTER + HINT.replace("hint", "hints") + SOLUTION + CHECK, 8, "did you mean hint?"),
        ('# %% tags=["exercise", "check"]\na = 1\n', 6, "exercise and check, not both"),
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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON"),
        ("{}", "not a notebook of format 4"),
        (notebook_of(("code", "x"), kernelspec={"language": "R"}), "written in R"),
        ("[" * 100_000, "not JSON"),
        ("9" * 5_000, "not JSON"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code"}]}', "a broken cell"),
        (notebook_of(("heading", "x")), "a broken cell"),
        (notebook_of(("code", "a = '\0'")), "a broken cell"),
        (notebook_of(("code", "a = '\ud800'")), "a broken cell"),
        (notebook_of(("code", "x")).replace('"metadata": {}', '"metadata": 3'), "a broken cell"),
        (notebook_of(("code", "x"), a=0).replace("{}", '{"tags": [3]}'), "a broken cell"),
        (notebook_of(("code", "x"), a=0).replace("{}", '{"title": {}}'), "a broken cell"),
        (notebook_of(("code", "a = 1\n" * 100_000)), "0.6 MB are too large for a lesson"),
    ],
)
def test_a_broken_notebook_says_why(tmp_path: Path, text: str, message: str) -> None:
    problem = problem_of(tmp_path, text, name="lesson.ipynb")

    assert message in problem.message


def test_a_notebook_is_read_by_its_cells_whatever_else_is_wrong(tmp_path: Path) -> None:
    metadata = {"language": {}, "a b": 1, "lines_to_next_cell": "x", "collapsed": True}
    cell = {"cell_type": "code", "source": ["a = 1\n", "b = 2"], "metadata": metadata}

    lesson = lesson_of(tmp_path, json.dumps({"nbformat": 4, "cells": [cell]}), name="lesson.ipynb")

    assert lesson.steps[0].cell is not None
    assert lesson.steps[0].cell.source == "a = 1\nb = 2"


def test_a_markdown_marker_on_the_last_line_is_an_empty_cell(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, "# %%\na = 1\n# %% [markdown]")

    assert len(lesson.steps) == 1


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, "a = 1\n", name="lesson.txt")

    assert "not a .py or .ipynb file" in problem.message
