import time
from pathlib import Path

import pytest
from playing import lesson_from

from engine.authoring.mends import Mend
from engine.authoring.rehearsal import CannotRun, RehearsedStep, rehearse
from engine.kernel.session import Session
from engine.running.setup import Setup

HEADER = "# ---\n# tutorch:\n#   title: A lesson\n# ---\n\n"
EXERCISE = """\
# %% Double tags=["exercise"]
{starter}
# %% tags=["solution"]
{solution}
# %% tags=["check"]
{check}
"""
TRAINING = '# %% watch="{watch}"\nfor epoch in range({epochs}):\n    cost = 1 / (epoch + 1)\n'
QUESTION = "# %% [markdown]\n# What?\n#\n# - {answer}\n"


def exercise(
    starter: str = "a = 1", solution: str = "a = 2", check: str = "assert a == 2, f'a is {a}'"
) -> str:
    return EXERCISE.format(starter=starter, solution=solution, check=check)


def rehearsed(folder: Path, text: str) -> list[RehearsedStep | Mend]:
    lesson = lesson_from(HEADER + text, folder)
    return list(rehearse(lesson, Session(lesson), time.sleep))


def findings_of(folder: Path, text: str) -> list[tuple[int | None, str]]:
    told = rehearsed(folder, text)
    return [(each.line, each.message) for each in told if isinstance(each, Mend)]


@pytest.mark.parametrize(
    "text",
    [
        "# %%\nprint('hello')\n",
        TRAINING.format(watch="cost", epochs=20),
        exercise() + "# %%\nb = a + 1\n",
        QUESTION.format(answer="[?] `cost` ± 10 %") + TRAINING.format(watch="cost", epochs=20),
        QUESTION.format(answer="[~] `cost`") + TRAINING.format(watch="cost", epochs=20),
        QUESTION.format(answer="[?] `a` ± 1") + exercise(starter="a = None"),
        exercise(starter="def f(): raise NotImplementedError", solution="def f(): pass",
                 check="f()\nassert f() is None, 'no'"),
        exercise(starter="pass", check="assert a == 2, 'no'"),
    ],
)  # fmt: skip
def test_a_lesson_that_plays_gives_no_finding(tmp_path: Path, text: str) -> None:
    assert findings_of(tmp_path, text) == []


def test_a_lesson_with_an_exercise_is_played_twice(tmp_path: Path) -> None:
    told = rehearsed(tmp_path, "# %%\na = 0\n" + exercise())

    assert [
        (scene.step.index, scene.with_solution)
        for scene in told
        if isinstance(scene, RehearsedStep)
    ] == [(0, False), (1, False), (0, False), (1, True)]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("# %%\na = 1\nb = 1 / 0\n", 8, "this step fails when it runs (ZeroDivisionError: divi"),
        ("# %%\nimport sys\nsys.exit(3)\n", 8, "(it ends with status 3); mend it here or above"),
        ("# %%\nraise ValueError('one\\ntwo')\n", 7, "(ValueError: one); mend"),
        ('# %%\na = 1\n# %% view="every epoch"\nc\n', 9, "NameError: name 'c' is not defined"),
        (TRAINING.format(watch="cost acuracy", epochs=3), 7, "gives `acuracy` a number; mend"),
        (exercise(starter="1 / 0"), 7, "this step fails when it runs (ZeroDivisionError"),
        (exercise(starter="a = 2"), 11, "the starter passes the checks already"),
        (exercise(solution="a = 3"), 11, "the solution does not pass: a is 3; mend it or the"),
        (exercise(solution="b = 1\na = 1 / 0"), 10, "the solution fails when it runs (Zero"),
        (exercise(starter="a = []", check="c = 1\nassert a[0] if type(a) is list else a, 'no'"),
         12, "of the starter, the check itself failed at line 12: IndexError"),
        (exercise(starter="pass", solution="def f():\n    1 / 0", check="f()\nassert f, 'no'"),
         10, "the check called it, and it raised ZeroDivisionError: division by zero; mend"),
    ],
)  # fmt: skip
def test_what_fails_is_found_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    found = findings_of(tmp_path, text)

    assert message in found[0][1]
    assert found[0][0] == line


@pytest.mark.parametrize(
    ("answer", "epochs", "message"),
    [
        ("[?] `loss` ± 1", 3, "`loss` cannot be computed (NameError: name 'loss'"),
        ("[?] `cost * float('nan')` ± 1", 3, "the answer to this question is nan; ask for"),
        ("[?] `[cost]` ± 1", 3, "`[cost]` is a list, not a number; ask what it can answer"),
        ("[~] `cost`", 2, "cost has 2 values; a shape takes at least 3; ask what"),
    ],
)
def test_a_question_that_the_run_cannot_answer_is_found(
    tmp_path: Path, answer: str, epochs: int, message: str
) -> None:
    text = QUESTION.format(answer=answer) + TRAINING.format(watch="cost", epochs=epochs)

    ((line, found),) = findings_of(tmp_path, text)

    assert message in found
    assert line == 9


def test_a_step_that_fails_after_the_solution_alone_is_found(tmp_path: Path) -> None:
    text = exercise() + "# %%\nassert a == 1\n"

    (finding,) = findings_of(tmp_path, text)

    assert finding == (13, "this step fails when it runs (AssertionError); mend it here or above")


def test_a_finding_of_both_plays_is_told_once(tmp_path: Path) -> None:
    found = findings_of(tmp_path, TRAINING.format(watch="cost loss", epochs=3) + exercise())

    assert len(found) == 1


def test_a_device_that_is_missing_is_said_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    lesson = lesson_from(HEADER + "# %%\na = 1\n", tmp_path)

    with pytest.raises(CannotRun, match="torch finds no device 'cuda' here"):
        list(rehearse(lesson, Session(lesson, Setup(device="cuda")), time.sleep))


BOTH = '# %% [markdown] lang="en"\n# Text.\n# %% [markdown] lang="ko"\n# 글.\n'
DRAWN = """\
# %%
epoch = 12
# %% The curve view="every epoch"
import plotext as plt
plt.clear_figure()
plt.plot([1, 2], label="SGD")
plt.title(f"epoch {epoch}: cost {0.25:.2f}")
plt.show()
"""
LISTED = """\
# %% [markdown] lang="ko" tags=["words"]
# - `The curve`: 곡선
# - `epoch {}: cost {}`: 에포크 {}, cost {}
"""


def test_a_text_of_a_drawing_that_no_list_has_is_named_with_its_places(tmp_path: Path) -> None:
    assert findings_of(tmp_path, BOTH + DRAWN) == [
        (
            13,
            "no list has what this drawing says in ko; write - `epoch {}: cost {}`: ..."
            ' in a cell `# %% [markdown] lang="ko" tags=["words"]`',
        )
    ]
    assert findings_of(tmp_path, BOTH + DRAWN + LISTED) == []
    assert findings_of(tmp_path, DRAWN) == []
