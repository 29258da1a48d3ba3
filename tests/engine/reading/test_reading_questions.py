"""Questions and exercises of a file: their parts, their languages, their lines."""

from pathlib import Path

from reading import HEADER, lesson_of

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
