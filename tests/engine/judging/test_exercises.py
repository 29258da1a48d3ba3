"""What the checks of an exercise say of an attempt, and that they leave nothing behind."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import torch
from judged import FIRST_LINE, LESSON, attempt, exercise_of, judged
from playing import wait_until

from engine.judging.exercises import judge
from engine.protocol.verdicts import Fault
from engine.reading.reader import read_lesson
from engine.stopping.exceptions import LessonStopped
from engine.stopping.interruptible import Interruptible

# Assertions


def test_an_attempt_passes_when_every_assertion_holds() -> None:
    verdict = judged("assert cost < 1\nassert cost >= 0", cost=0.5)

    assert verdict.passed
    assert verdict.findings == ()


def test_an_assertion_that_fails_says_the_authors_words() -> None:
    verdict = judged('assert cost < 1, f"expected a cost below 1, got {cost:.1f}"', cost=7.0)

    assert not verdict.passed
    assert verdict.messages_in("en") == ("expected a cost below 1, got 7.0",)


def test_an_assertions_words_come_in_the_learners_language() -> None:
    verdict = judged('assert cost < 1, {"en": "too high", "ko": "너무 높아요"}', cost=7.0)

    assert verdict.messages_in("ko") == ("너무 높아요",)
    assert verdict.messages_in("fr") == ("too high",)


def test_an_assertion_without_words_is_named_by_its_source() -> None:
    verdict = judged("assert (cost <\n        1)", cost=7.0)

    assert verdict.messages_in("ko") == ("assert (cost < 1)",)


def test_a_comparison_that_fails_says_what_was_expected_and_what_came() -> None:
    check = "assert 0 < cost < limit * 2\nassert W.shape == (3, 1)\nassert name == 'W'"

    verdict = judged(check, cost=torch.tensor([9.5]), limit=1, W=torch.zeros(1, 3), name="b")

    assert [(finding.expected, finding.got) for finding in verdict.findings] == [
        ("0 < cost < limit * 2", "cost = 9.5, limit * 2 = 2"),
        ("W.shape == (3, 1)", "W.shape = torch.Size([1, 3])"),
        ("name == 'W'", "name = 'b'"),
    ]


def test_a_large_tensor_is_told_by_its_shape() -> None:
    verdict = judged("assert W is None", W=torch.zeros(300, 200))

    assert verdict.findings[0].got == "W = a tensor of shape [300, 200]"


def test_what_a_comparison_did_not_come_to_is_not_told() -> None:
    verdict = judged("assert a == 1\nassert b < 0 < a", a=2, b=3)

    assert [finding.got for finding in verdict.findings] == ["a = 2", "b = 3"]


def test_each_assertion_that_fails_gives_its_own_message_and_line() -> None:
    check = "assert a == 1, 'first'\nassert a == 2, 'second'\n\nassert a == 3, 'third'"

    verdict = judged(check, a=2)

    assert [(finding.line, finding.message_in("en")) for finding in verdict.findings] == [
        (FIRST_LINE, "first"),
        (FIRST_LINE + 3, "third"),
    ]


def test_an_assertion_inside_a_loop_or_a_helper_counts() -> None:
    check = (
        "import torch\n"
        "for w in weights:\n    assert w > 0, {'en': 'a weight is negative', 'ko': '음수'}\n"
        "torch.testing.assert_close(torch.tensor(weights), torch.tensor([1.0, 1.0]))"
    )

    verdict = judged(check, weights=[1.0, -1.0])

    first, second = verdict.findings
    assert {first.fault, second.fault} == {Fault.FAILED}
    assert first.message_in("ko") == "음수"
    assert "not close" in second.message_in("en")


def test_each_check_cell_is_judged_on_its_own() -> None:
    verdict = judged(
        "seen = 1\nassert cost == 1, 'first'", "assert 'seen' not in globals()", cost=0
    )

    assert verdict.messages_in("en") == ("first",)


# Errors that are no assertions


def test_a_name_that_the_solution_makes_is_asked_of_the_learner_once() -> None:
    verdict = judged("assert cost < 1", "assert cost > 0")

    assert [finding.fault for finding in verdict.findings] == [Fault.MISSING]
    assert verdict.messages_in("en") == ("your code makes no `cost`, and the check needs it",)


def test_a_name_that_nobody_makes_is_the_checks_own_mistake() -> None:
    verdict = judged("assert cost < 1\nassert cots < 1", cost=0)

    assert [finding.fault for finding in verdict.findings] == [Fault.BROKEN]
    assert verdict.messages_in("en")[0].startswith(
        f"the check itself failed at line {FIRST_LINE + 1}: NameError"
    )


def test_what_follows_from_a_missing_name_is_not_told_again() -> None:
    check = "out = model(3)\nassert out == 6\nassert other == 1, 'and this'"

    verdict = judged(check, solution="def model(x): return x", out=6, other=2)

    assert [finding.fault for finding in verdict.findings] == [Fault.MISSING, Fault.FAILED]
    assert verdict.messages_in("en")[1] == "and this"


@pytest.mark.parametrize(
    ("check", "told"),
    [
        ("assert cost.grad.sum() == 0", "AttributeError: 'int' object has no attribute 'grad'"),
        ("assert 1 / cost", "ZeroDivisionError: division by zero"),
        ("import sys\nsys.exit(3)", "SystemExit: 3"),
        ("assert cost == 1, f'{cost:%Q%}'", "ValueError"),
        ("def f():\n    made\n    made = 1\nf()", "UnboundLocalError"),
    ],
)
def test_an_error_of_the_check_is_told_as_its_own(check: str, told: str) -> None:
    verdict = judged(check, cost=0)

    assert [finding.fault for finding in verdict.findings] == [Fault.BROKEN]
    assert told in verdict.messages_in("en")[0]


def test_an_error_in_a_function_of_the_learners_is_told_with_its_line() -> None:
    namespace = attempt("def update(w):\n    scale = 0\n    return w / scale\n")

    verdict = judge(exercise_of("assert update(1) == 1"), namespace, LESSON)

    finding = verdict.findings[0]
    assert (finding.fault, finding.line) == (Fault.RAISED, 3)
    assert verdict.messages_in("en") == (
        "line 3 raised an error when the check called it: ZeroDivisionError: division by zero",
    )


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "net = torch.nn.Sequential(torch.nn.Linear(3, 1))",
            "the model was given float32 [5, 2] and raised an error: RuntimeError: mat1 and mat2",
        ),
        (
            "inner = torch.nn.Linear(2, 1).double()\ndef net(x):\n    return inner(x)",
            "line 3 raised an error when the check gave the model float32 [5, 2]: RuntimeError:",
        ),
    ],
)
def test_an_error_of_a_model_is_told_with_what_the_check_gave_it(code: str, told: str) -> None:
    namespace = attempt(f"import torch; {code}")

    verdict = judge(exercise_of("assert net(torch.zeros(5, 2)).sum() == 0"), namespace, LESSON)

    assert verdict.messages_in("en")[0].startswith(told)


def test_a_function_of_the_learners_that_exits_takes_nothing_down() -> None:
    namespace = attempt("import sys\ndef update(w):\n    sys.exit('bye')\n")

    verdict = judge(exercise_of("update(1)", "assert True"), namespace, LESSON)

    assert [finding.fault for finding in verdict.findings] == [Fault.RAISED]


def test_the_statements_after_an_error_are_judged_too() -> None:
    verdict = judged("nothing.at_all\nassert cost == 1, 'expected 1'", cost=0)

    assert [finding.fault for finding in verdict.findings] == [Fault.BROKEN, Fault.FAILED]


# No trace


def test_a_check_leaves_no_name() -> None:
    namespace: dict[str, object] = {"cost": 0}

    judge(exercise_of("cost = 5\nextra = 1\nassert cost < 1"), namespace, LESSON)

    assert namespace == {"cost": 0}


def test_a_check_leaves_the_random_numbers_that_come_next() -> None:
    random.seed(1)
    torch.manual_seed(1)
    expected = random.random(), torch.rand(1).item()
    random.seed(1)
    torch.manual_seed(1)

    judged("import random, torch\nassert random.random() + torch.rand(1) < 0")

    assert (random.random(), torch.rand(1).item()) == expected


def test_a_check_that_hangs_can_be_stopped_from_outside() -> None:
    namespace: dict[str, object] = {"turns": []}
    interruptible = Interruptible()
    outcomes: list[BaseException | None] = []
    check = "while True:\n    try:\n        turns.append(1)\n    except Exception:\n        pass"

    def work() -> BaseException | None:
        judge(exercise_of(check), namespace, LESSON)
        return None

    thread = threading.Thread(target=lambda: outcomes.append(interruptible.run(work)), daemon=True)
    thread.start()
    wait_until(lambda: namespace["turns"], "the check to run")
    interruptible.interrupt()
    wait_until(lambda: outcomes, "the check to stop")

    assert isinstance(outcomes[0], LessonStopped)


# A whole file


FILE = """\
# ---
# tutorch:
#   title: A lesson
# ---

# %%
grad = 3.0

# %% tags=["exercise"]
w = 2.0
w = ...

# %% tags=["solution"]
w = 2.0
w = w - 0.1 * grad

# %% tags=["check"]
assert isinstance(w, float), "w must be a number"
assert abs(w - 1.7) < 1e-6, f"expected w to be 1.7, got {w}"
"""


def test_an_exercise_runs_as_a_script_and_is_judged_as_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lesson.py"
    path.write_text(FILE, encoding="utf-8")
    done = subprocess.run([sys.executable, str(path)], check=False)
    step = read_lesson(path).steps[1]
    assert step.exercise is not None
    assert step.cell is not None
    outcomes = []
    for cell in (step.cell, step.exercise.solution):
        namespace: dict[str, object] = {"grad": 3.0}
        exec(cell.source, namespace)
        outcomes.append(judge(step.exercise, namespace, path))

    starter, solution = outcomes

    assert done.returncode == 0
    assert solution.passed
    assert starter.findings[0].message_in("en") == "w must be a number"
